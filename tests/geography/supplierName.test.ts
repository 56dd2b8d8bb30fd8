import {expect, test} from "vitest";
import {isAbroad} from "../../pipeline/geography/abroad.ts";
import {companyNumber} from "../../pipeline/geography/companyNumber.ts";
import {officialIdentifier, supplierKey} from "../../pipeline/geography/supplierIdentity.ts";
import {supplierKind} from "../../pipeline/geography/supplierName.ts";
import {committedPersonNames} from "./committed.ts";

// All persons here are invented.

const names = committedPersonNames();
const kind = (name: string) => supplierKind(name, false, names);

test.each([
  "Avery Testcase",
  "Mr J Example",
  "Mrs. Jane Example",
  "Dr Sarah Example-Smith",
  "J. R. Example",
  "JANE ANN EXAMPLE",
  "Example, Jane",
  "Jane Hall",
  "Peter Young",
  "Priya Example",
  "Oluwaseun Adeyemi",
  "Mohammed Ali",
  "Siân O'Example",
  "Jane Example t/a Example Plumbing",
  "John and Mary Example",
  "Jane Example (Childminder)",
  "EXAMPLESON Jane",
  "Tom Butcher",
  "Olena Ezamplenko",
  "Nnamdika Ezeample",
  "Jane Example (Roselands)",
  "Bartosz Przykładowski",
  "Rosa Marie Exemplo Da Silva",
  "Captain Jane Example",
  "Jane Example Childminding",
  "Sir Peter Example KC",
  "Example Dr R",
  "Hope Ezamplenko",
  "Md. Rafiq Ezample",
  "A Ezample & B Ezample",
  "J & M Ezample",
  "EZAMPLE A",
  "FAO Jane Example",
  "Jane Example [telephone number withheld]",
  "Executors of Jane Example",
  "The Estate of the late Jane Example",
  "Project Manager: Jane Example",
  "M\u200brs Jane\u200b Ezample"
])("%s may be a natural person, and is withheld", (name) => {
  expect(kind(name)).toBe("person");
});

test.each([
  "Example Ltd",
  "Jane Example Limited",
  "Jane Example Associates",
  "Grant Thornton",
  "Contact Theatre",
  "Estate of Anytown Parish Council",
  "Turner & Townsend",
  "Harvey House",
  "Making Space",
  "Changing Lives",
  "Systra",
  "Age UK Anytown",
  "The Salvation Army",
  "A1 Taxis",
  "Dr Example & Partners Surgery",
  "Hot Example Catering",
  "Thomas Vale",
  "Boehringer Ingelheim",
  "Troup Bywaters + Anders",
  "Ernst & Young",
  "Jane Example (Consulting) Ltd",
  "Captain Example Removals",
  "Hope Worldwide",
  "DAC Ezample",
  "Reed Business Information",
  "Barnardo's",
  "J & M Cleaning",
  "Example Forster Solictors"
])("%s is an organisation", (name) => {
  expect(kind(name)).toBe("organisation");
});

test("a company number settles it, whatever the name", () => {
  expect(supplierKind("Jane Example", true, names)).toBe("organisation");
});

test.each([
  "n/a",
  "N/A - Requirement Cancelled",
  "See attachment",
  "See PDF for breakdown",
  "REDACTED",
  "Withheld",
  "Private & Confidential",
  "Various",
  "Contract Not Awarded",
  "Not applicable",
  "TBC",
  ""
])("%s is no supplier", (name) => {
  expect(kind(name)).toBe("nobody");
});

test("a firm whose name begins as such words do is still a supplier", () => {
  expect(kind("See Green Media")).toBe("organisation");
  expect(kind("No Limits")).toBe("organisation");
});

test("company numbers are padded to eight characters, and what cannot be one is refused", () => {
  expect(companyNumber("2540814")).toBe("02540814");
  expect(companyNumber(" sc 12345 ")).toBe("SC012345");
  expect(companyNumber("oc31766")).toBe("OC031766");
  expect(companyNumber("NI 612")).toBe("NI000612");
  expect(companyNumber("IP21011R")).toBe("IP21011R");
  for (const wrong of ["n/a", "0", "123456789", "GB123456", "", "Limited"])
    expect(companyNumber(wrong), wrong).toBeNull();
});

test("an identifier counts when its register could have given it", () => {
  expect(officialIdentifier("COMPANIES_HOUSE", "3861209")).toEqual({scheme: "GB-COH", identifier: "03861209"});
  expect(officialIdentifier("GB-CHC", "1234567")).toEqual({scheme: "GB-CHC", identifier: "1234567"});
  expect(officialIdentifier("GB-CHC", " 0203644")).toEqual({scheme: "GB-CHC", identifier: "203644"});
  expect(officialIdentifier("GB-SC", "12345")).toEqual({scheme: "GB-SC", identifier: "SC012345"});
  expect(officialIdentifier("GB-NIC", "nic100123")).toEqual({scheme: "GB-NIC", identifier: "NIC100123"});
  expect(officialIdentifier("GB-COH", "GB-COH-123456")).toEqual({scheme: "GB-COH", identifier: "00123456"});
  expect(officialIdentifier("GB-PPON", "pabc-1234-wxyz")).toEqual({scheme: "GB-PPON", identifier: "PABC-1234-WXYZ"});
  expect(officialIdentifier("GB-PPON", "1234567")).toBeNull();
  expect(officialIdentifier("NONE", "12")).toBeNull();
  expect(officialIdentifier("GB-CFS", "12345")).toBeNull();
  expect(officialIdentifier("GB-COH", "see attached")).toBeNull();
});

test("spellings of one name share a key, and different firms do not", () => {
  const one = ["Change, Grow, Live", "CHANGE GROW LIVE LTD", "Change Grow Live Limited", "change grow live (Lot 2)"];
  expect(new Set(one.map(supplierKey)).size).toBe(1);
  expect(supplierKey("St Mungo's")).toBe(supplierKey("St Mungos"));
  expect(supplierKey("Example North Ltd")).not.toBe(supplierKey("Example South Ltd"));
  expect(supplierKey("Limited")).toBe("limited");
});

test("a country named last, or in its own field, is abroad; the nations of the United Kingdom are not", () => {
  expect(isAbroad("via Roma 47, Siena, Italy, 53100", null)).toBe(true);
  expect(isAbroad("Merrion Road, Dublin 4, Ireland", null)).toBe(true);
  expect(isAbroad("Belfast, Northern Ireland", null)).toBe(false);
  expect(isAbroad("12 High Street, Leeds, United Kingdom", null)).toBe(false);
  expect(isAbroad("12 High Street", "England")).toBe(false);
  expect(isAbroad("12 Rue Haute", "FR")).toBe(true);
  expect(isAbroad(null, null)).toBe(false);
});

test.each([
  ["GB-NHS", "RXH", "RXH"],
  ["GB-NHS", "07700900123", null],
  ["GB-NHS", "Jane Testperson", null],
  ["GB-UKPRN", "10007774", "10007774"],
  ["GB-UKPRN", "private@contact.invalid", null],
  ["GB-LAE", "lbh", "LBH"],
  ["GB-LAS", "S12000033", "S12000033"],
  ["GB-LAE", "AB123456C", null],
  ["GB-GOR", "EA46", "EA46"],
  ["GB-MPR", "IP12345R", "IP12345R"],
  ["GB-MPR", "AB123456C", null]
])("a number of %s that reads %s is published as %s", (scheme, identifier, published) => {
  expect(officialIdentifier(scheme, identifier)?.identifier ?? null).toBe(published);
});
