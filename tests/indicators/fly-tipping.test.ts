import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {readWorkbook} from "../../pipeline/formats/workbook.ts";
import flyTipping from "../../pipeline/indicators/fly-tipping.ts";
import {ROOT} from "../house/imports.ts";

const FIXTURE = join(ROOT, "tests/fixtures/fly-tipping/incidents-2012-13-to-2022-23.ods");
const observations = await flyTipping.observations(recognise(readFileSync(FIXTURE)));
const of = (gss: string, period: string) => observations.find((one) => one.gss === gss && one.period === period);

function changed(from: string, to: string) {
  const entries = unzipSync(readFileSync(FIXTURE));
  const xml = strFromU8(entries["content.xml"]!);
  expect(xml).toContain(from);
  return recognise(
    zipSync({mimetype: [entries.mimetype!, {level: 0}], "content.xml": strToU8(xml.replaceAll(from, to))})
  );
}

test("the cost of an incident is all clearance costs over all incidents, fractions and all: England in 2013-14", () => {
  // 45,407,170.61390841 pounds over 857,655 incidents
  expect(of("E92000001", "2013-14")).toMatchObject({numerator: 45407170.61390841, denominator: 857_655});
  expect(of("E92000001", "2013-14")?.value).toBeCloseTo(52.94, 2);
});

test("rows that the publisher's filter hides are read: all but the newest year", () => {
  const sheet = readWorkbook(recognise(readFileSync(FIXTURE)))[0]!;
  expect(sheet.rows.filter(({isHidden}) => isHidden).length).toBeGreaterThan(50);
  expect(new Set(observations.map(({period}) => period)).size).toBe(11);
});

test("a colon is a figure that is not available, whichever of the two it is", () => {
  expect(of("E08000035", "2022-23")).toMatchObject({value: null, numerator: null, missingReason: ":"});
  expect(of("E08000035", "2022-23")?.denominator).toBeGreaterThan(0);
  expect(of("E06000029", "2014-15")).toMatchObject({value: null, missingReason: ":"}); // Poole made no return
});

test("totals of regions, and England counted on another basis in 2018-19, are left out", () => {
  expect(observations.filter(({gss, period}) => gss === "E92000001" && period === "2018-19")).toHaveLength(1);
  expect(observations.some(({denominator}) => denominator === 231_894)).toBe(false); // London, 2012-13
  expect(observations.every(({gss}) => /^E(0[6-9]|10|92)/.test(gss))).toBe(true);
});

test("a heading that is not there is refused with what was looked for", () => {
  const other = changed("Total Incidents Clearance", "All");
  expect(flyTipping.recognises(other)).toBe(false);
  expect(() => flyTipping.observations(other)).toThrow(
    'no sheet has a row with "Year", "ONS Code", "Region", "Total Incidents", "Total Incidents Clearance Costs (£)"; the sheets are LA_incidents'
  );
});

test("a year that is none is refused with its row", () => {
  expect(() => flyTipping.observations(changed("2016-17", "2016-18"))).toThrow(
    /LA_incidents!row \d+: "2016-18" is not a year/
  );
});

const WHOLE = join(ROOT, "../shared/data/indicators/defra-flytipping/flytipping_la.ods");
const absent = existsSync(WHOLE) ? "" : " (not run: the whole workbook is not at hand)";

test.skipIf(absent !== "")(
  `the whole workbook: 326 councils falling to 309, costs until 2016-17${absent}`,
  async () => {
    const all = (await flyTipping.observations(recognise(readFileSync(WHOLE)))).filter(({gss}) => gss !== "E92000001");
    const count = (period: string) => all.filter((one) => one.period === period).length;
    const valued = (period: string) => all.filter((one) => one.period === period && one.value !== null).length;
    expect(["2012-13", "2018-19", "2019-20", "2020-21", "2022-23"].map(count)).toEqual([326, 326, 317, 314, 309]);
    expect(["2012-13", "2016-17", "2017-18", "2022-23"].map(valued)).toEqual([324, 307, 0, 0]);
  }
);
