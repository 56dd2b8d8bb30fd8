import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {recognise} from "../../pipeline/formats/recognise.ts";
import {fingertips} from "../../pipeline/indicators/discovery/fingertips.ts";
import readmissions from "../../pipeline/indicators/hospital-readmissions.ts";
import {ROOT} from "../house/imports.ts";

// SYNTHETIC rows under the headings of a file of Fingertips.

const text = readFileSync(join(ROOT, "tests/fixtures/hospital-readmissions/SYNTHETIC-2022-23-to-2023-24.csv"), "utf8");
const read = async (csv: string) => readmissions.observations(recognise(new TextEncoder().encode(csv)));
const observations = await read(text);
const of = (gss: string, period = "2022-23") => observations.filter((one) => one.gss === gss && one.period === period);

test("rows with a category break a place down and are no figures of the place; nor are those of one sex or another indicator", () => {
  expect(of("E92000001")).toMatchObject([{value: 14.5}]);
  expect(of("E08000035")).toMatchObject([{value: 15.25, missingReason: null}]);
  expect(of("E08000035", "2023-24")).toMatchObject([{value: 15.5, periodEndOn: "2024-03-31"}]);
  expect(observations.some(({gss}) => gss === "E12000003")).toBe(false);
});

test("a figure of two councils combined is neither's own: missing, with the publisher's words", () => {
  for (const gss of ["E09000012", "E09000001"])
    expect(of(gss)).toMatchObject([{value: null, missingReason: "Value for Hackney and City of London combined"}]);
});

test("England stands twice, with and without a parent: it counts once, and must agree", async () => {
  expect(of("E92000001")).toHaveLength(1);
  await expect(
    read(text.replace("England,14.5", "England,14.5").replace("2022/23,14.5", "2022/23,14.6"))
  ).rejects.toThrow(/line 3: England in 2022-23 is 14.5, but 14.6 on line 2/);
});

test("a note is the reason of an empty figure", () => {
  expect(of("E06000053")).toMatchObject([{value: null, missingReason: "Value not published for data quality reasons"}]);
});

test("the newest area type of upper-tier councils is taken from the list, never a number from memory", () => {
  const types = [
    {Id: 102, Name: "Upper tier local authorities (pre 4/19)", Short: "Counties & UAs (pre Apr 2019)"},
    {Id: 502, Name: "Upper tier local authorities (post 4/23)", Short: "Counties & UAs (from Apr 2023)"},
    {Id: 501, Name: "Lower tier local authorities (post 4/23)", Short: "Districts & UAs"}
  ];
  const discovery = fingertips(41101);
  const answer = (body: unknown) => ({
    url: discovery.start[0]![0]!,
    body: new TextEncoder().encode(JSON.stringify(body))
  });
  expect(discovery.read(answer(types)).files.map(({url}) => url)).toEqual([
    "https://fingertips.phe.org.uk/api/all_data/csv/by_indicator_id?indicator_ids=41101&child_area_type_id=502&parent_area_type_id=15"
  ]);
  expect(discovery.read(answer([types[2]])).files).toEqual([]);
  expect(() => discovery.read(answer({}))).toThrow(/is not a list of area types/);
});
