import {expect, test} from "vitest";
import {citationForms, pageForms} from "../../src/browser/citationForms.ts";

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

test("a chart, a contract, an indicator or a verdict is cited in the same four forms, each with its title, version and address", () => {
  const cited = {
    title: "H1, SYNTHETIC claim: too little data",
    version: "2025-01-23-1a2b3c4d",
    url: "https://example.org/claims/h1"
  };
  const forms = pageForms(cited);
  expect(forms.map(([name]) => name)).toEqual(["Text", "Harvard", "BibTeX", "CSL-JSON"]);
  for (const [, words] of forms) for (const part of Object.values(cited)) expect(words).toContain(part);
  expect(forms[2]![1]).toContain("@misc{contract-scale-2025-01-23-1a2b3c4d-claims-h1,");
});
