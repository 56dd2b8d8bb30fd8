import {expect, test} from "vitest";
import {citationForms} from "../../src/browser/citationForms.ts";

const ADDRESS =
  "https://example.org/scale/v/2025-01-23-1a2b3c4d/council/E06000901/#observations/x/E06000901/2024-25/value";
const GIVEN = {what: "SYNTHETIC Ashby, re-referrals, 2024-25", value: "21.5", unit: "per cent"};

test("a number is cited in four forms, each with the address it was read at, its digits and the version", () => {
  const forms = citationForms(ADDRESS, GIVEN);
  expect(forms.map(([name]) => name)).toEqual(["Text", "Harvard", "BibTeX", "CSL-JSON"]);
  for (const [, words] of forms)
    for (const part of [ADDRESS, "21.5", "2025-01-23-1a2b3c4d"]) expect(words).toContain(part);
  expect(JSON.parse(forms[3]![1])[0]).toMatchObject({type: "dataset", URL: ADDRESS});
});

test("an address that is no number's is refused by name", () => {
  expect(() => citationForms("https://example.org/v/x/", GIVEN)).toThrow("https://example.org/v/x/ is no address");
});
