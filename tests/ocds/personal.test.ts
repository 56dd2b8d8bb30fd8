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
  "+447700900123"
])("%s is a way to reach a person, alone and in a sentence", (way) => {
  expect(waysToReach(way)).toEqual([way]);
  expect(withoutWaysToReach(`Repairs (call ${way}, any time)`)).not.toContain(way);
});

test.each([
  "07-17-19-1-1040 Social Housing Property Repairs",
  "DN 0123456789012",
  "ocds-b5fd17-01134960000",
  "PRJ_01134960000",
  "£0.01134960000",
  "2024-01-02 03:04",
  "CPV 45000000, lots 0100 to 0200",
  "@ £30 an hour"
])("%s is none", (words) => {
  expect(waysToReach(words)).toEqual([]);
  expect(withoutWaysToReach(words)).toBe(words);
});

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
