import {expect, test} from "vitest";
import {waysToReach, withoutWaysToReach} from "../../pipeline/ocds/personal.ts";
import {stageReleases} from "../../pipeline/ocds/stage.ts";
import {releaseOf} from "../warehouse/world.ts";

test.each([
  "synthetic.person+x@synthetic-council.gov.uk",
  "0113 496 0000",
  "(0113) 496 0000",
  "01134960000",
  "020 7946 0000",
  "07700 900123",
  "07700-900-123",
  "+44 20 7946 0000",
  "+44 (0)20 7946 0000",
  "+447700900123",
  "0044 20 7946 0000",
  "07 700 900 123",
  "07700.900.123",
  "07700\u2011900\u2011123",
  "01632/960001",
  "0800 123 4567",
  "+353 1 234 5678",
  "０７７００９００１２３",
  "synthetic.person＠synthetic-council.gov.uk",
  "synthetic.person @ synthetic-council.gov.uk",
  "synthetic.person@\u200bsynthetic-council.gov.uk",
  "synthetic.o'person (at) synthetic-council dot gov dot uk",
  "synthetic[at]synthetic-council[dot]gov[dot]uk",
  "synthetic at synthetic-council dot org",
  "synthetic%40synthetic-council.gov.uk",
  "synthetic@synthetic-council。org",
  '"synthetic person"@synthetic-council.org',
  "synthetic at synthetic-council.org",
  "synthetic-at-synthetic-council.org",
  "synthetic*at*synthetic-council.org",
  "synthetic_at_synthetic_dot_org",
  "synthetic (at sign) synthetic-council.org",
  "synthetic@synthetic-council . org",
  "synthetic&#64;synthetic-council.org",
  "synthetic%2540synthetic-council.org",
  "synthetic\\u0040synthetic-council.org",
  "syntheticⓐsynthetic-council.org",
  "synthetic@𝐬𝐲𝐧𝐭𝐡𝐞𝐭𝐢𝐜.org",
  "synthetic@[192.0.2.1]",
  "(+44) 7700 900123",
  "(+44)07700900123",
  "44 7700 900123",
  "447700900123",
  "(0)7700 900123",
  "07 70 09 00 12 3",
  "0 7 7 0 0 9 0 0 1 2 3",
  "07700_900123",
  "07700,900,123",
  "O7700 900123",
  "07700\u200b900\u200b123",
  "𝟎𝟕𝟕𝟎𝟎𝟗𝟎𝟎𝟏𝟐𝟑",
  "0113 496 0000x123",
  "0113 496 0000 ext. 12",
  "+1 (212) 555-0100",
  "+353 1 410 03450"
])("%s is a way to reach a person, alone and in a sentence", (way) => {
  expect(waysToReach(way)).toEqual([way]);
  expect(withoutWaysToReach(`Repairs (call ${way}, any time)`)).not.toContain(way);
});

test.each([
  "07-17-19-1-1040 Social Housing Property Repairs",
  "DN 0123456789012",
  "072960-2026",
  "ocds-b5fd17-01134960000",
  "PRJ_01134960000",
  "£0.01134960000",
  "2024-01-02 03:04",
  "CPV 45000000, lots 0100 to 0200",
  "@ £30 an hour",
  "Care at home. The rates are at hand, dot",
  "01/04/2024 31/03/2025, wards 0115/0116/0117",
  "2 sites @ Leeds. More follow",
  "Stay-at-home support. Lots 1,2",
  "Meals at Leeds. More follow",
  "07.04.2024 31.03.2025",
  "Lots 0115,0116,0117",
  "447 homes, 44 7 day places",
  "£+100 000"
])("%s is none", (words) => {
  expect(waysToReach(words)).toEqual([]);
  expect(withoutWaysToReach(words)).toBe(words);
});

test.each(["a", "a.", "07", "(0113) ", "jo at ", "at dot ", "+44 "])(
  "two hundred thousand characters of %j are read in a time in proportion to their length",
  (piece) => {
    const endless = `${piece.repeat(200_000 / piece.length)} @ dot `; // a number of steps that grows with the square takes minutes
    expect(withoutWaysToReach(endless).length).toBeGreaterThan(0);
  }
);

test("what is staged for publishing has none of them in title, name or procedure", () => {
  const words = "SYNTHETIC cleaning, ask bob@example.invalid or 07700 900123";
  const {awards, suppliers, parties} = stageReleases(
    [releaseOf({title: words, buyer: words, suppliers: [`${words} Ltd`], method: words})],
    {register_id: "r", raw_sha256: "0"},
    () => null
  );
  expect(JSON.stringify([awards, suppliers, parties])).not.toMatch(/bob@|07700/);
  expect(awards[0]).toMatchObject({
    tender_title: "SYNTHETIC cleaning, ask [e-mail address withheld] or [telephone number withheld]"
  });
});

test("a process or release that is named by one is rejected, and the reject does not repeat it; nor does an address keep one", () => {
  const {rejects, releases, awards} = stageReleases(
    [
      {...releaseOf({}), ocid: "ocds-private@contact.invalid"},
      {...releaseOf({}), id: "07700 900123"},
      {
        ...releaseOf({}),
        awards: [
          {id: "1", documents: [{documentType: "awardNotice", url: "https://x.invalid/?to=private%40contact.invalid"}]}
        ]
      }
    ],
    {register_id: "r", raw_sha256: "0"},
    () => null
  );
  expect(rejects.map(({path}) => path)).toEqual(["ocid", "id"]);
  expect(JSON.stringify([rejects, awards])).not.toMatch(/private|07700/);
  expect(releases).toHaveLength(1);
});
