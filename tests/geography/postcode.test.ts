import {expect, test} from "vitest";
import {findPostcode, sectorOf} from "../../pipeline/geography/postcode.ts";
import {committedSectors} from "./committed.ts";

const SECTORS = new Set([
  "SW1H 9",
  "BD12 0",
  "EC3N 2",
  "YO32 9",
  "WS10 0",
  "L20 6",
  "NG1 6",
  "LS1 1",
  "B1 1",
  "DE22 3",
  "ST1 5",
  "PR1 0",
  "YO30 1",
  "CO1 1"
]);
const find = (address: string) => findPostcode(address, (sector) => SECTORS.has(sector));

test.each([
  ["12 High Street, Leeds, LS1 1AA", "LS1 1AA", []],
  ["12 High Street, Leeds LS11AA", "LS1 1AA", ["space-missing"]],
  ["ls1 1aa", "LS1 1AA", ["lower-case"]],
  ["LS1  1AA", "LS1 1AA", ["space-too-wide"]],
  ["Liverpool, L20-6NS", "L20 6NS", ["mark-for-space"]],
  ["Bradford BD12 ORY", "BD12 0RY", ["letter-o-for-zero"]],
  ["London, SWIH 9BL", "SW1H 9BL", ["letter-i-for-one"]],
  ["York, Y032 9PT", "YO32 9PT", ["zero-for-letter-o"]],
  ["Wednesbury, WS10 )NN", "WS10 0NN", ["shifted-digit"]],
  ["London EC3 N2LU", "EC3N 2LU", ["space-misplaced"]],
  ["Leeds LS1 1 AA", "LS1 1AA", ["space-misplaced"]],
  ["York YO3 29PT", "YO32 9PT", ["space-misplaced"]],
  ["York YO32/9PT", "YO32 9PT", ["space-misplaced"]],
  ["York YO3O 1AB", "YO30 1AB", ["letter-o-for-zero"]],
  ["Colchester C01 1JB", "CO1 1JB", ["zero-for-letter-o"]],
  ["KingswayDerbyDE22 3LZUnited Kingdom", "DE22 3LZ", ["glued-to-words"]]
])("%s -> %s", (address, postcode, repairs) => {
  expect(find(address)).toMatchObject({postcode, repairs});
});

test.each([
  "SE1 6D",
  "Leeds, LS14",
  "22 Lowbell Lane, AL2 1AXZ",
  "Dublin 2 D02 Y985",
  "1717 Pennsylvania Avenue, Washington DC 20006",
  "5 Priory Street, York",
  "12345",
  "15 Northburgh Street, London, EC1 0JR",
  ""
])("%s holds no whole postcode", (address) => {
  expect(find(address)).toBeNull();
});

test("a mended code counts only when its sector exists", () => {
  expect(find("Bradford BD13 ORY")).toBeNull();
});

test("a code of an area that is known may be of a sector that no table has", () => {
  expect(find("PO Box 1, Manchester M60 2LA")?.postcode).toBe("M60 2LA");
});

test("of two postcodes the last is meant, but the head office's where the text says so, and neither when nothing else is there", () => {
  expect(find("Old House, NG1 6BN, now New House, LS1 1AA")?.postcode).toBe("LS1 1AA");
  expect(find("(Head Office) 1 High Street NG1 6BN (Branch) 2 Low Street LS1 1AA")?.postcode).toBe("NG1 6BN");
  expect(find("NG1 6BN\nLS1 1AA")).toBeNull();
});

test("the sector is all but the last two letters", () => {
  expect(sectorOf("SW1H 9BL")).toBe("SW1H 9");
});

test.each([
  ["9 Long Rd L11 1AA", "L11 1AA"], // "Rd L11" looks like a postcode with slips
  ["Douglas, Isle of Man IM1 2AB", "IM1 2AB"],
  ["MK9  3 EJ", "MK9 3EJ"]
])("%s: a word before it hides no postcode", (address, postcode) => {
  expect(findPostcode(address, (sector) => sector === sectorOf(postcode))?.postcode).toBe(postcode);
});

test.each([
  "Unit B1 2nd Floor",
  "Building W1 2BB",
  "S01 2AL",
  "GIR 0AA",
  "BFPO 57",
  "Tel 0207 123 4AB",
  "Ref B12 3CD4"
])("%s holds no postcode that exists", (address) => {
  expect(findPostcode(address, () => false)).toBeNull();
});

test("the postcodes of every sector are found, whatever stands before them and however they are typed", () => {
  const sectors = committedSectors();
  const isSector = (sector: string) => sectors.has(sector);
  const missed = [...sectors.keys()].flatMap((sector, i) => {
    const postcode = `${sector}${["AB", "ND", "TH", "XY"][i % 4]}`;
    const before = ["9 High Rd", "Isle of Man", "1 The Ave", "Unit 4", "c/o"][i % 5]!;
    const written = [postcode, postcode.toLowerCase(), postcode.replace(" ", "  "), `${postcode}, England`][i % 4]!;
    const found = findPostcode(`${before}, Town ${written}`, isSector)?.postcode;
    const alone = findPostcode(`${before} ${written}`, isSector)?.postcode;
    return found === postcode && alone === postcode ? [] : [`${before} ${written}: ${found} ${alone}`];
  });
  expect(missed).toEqual([]);
});
