import {expect, test} from "vitest";
import {readRelease, unknownKeys} from "../../pipeline/ocds/release.ts";

const good = {ocid: "ocds-b5fd17-1", id: "1", date: "2024-04-30T10:00:00Z"};
const faultOf = (body: unknown) => {
  const read = readRelease(body);
  return "fault" in read ? read.fault : null;
};

test("a release needs an ocid, an id and a date, and nothing else", () => {
  expect(faultOf(good)).toBeNull();
  expect(faultOf({...good, ocid: undefined})?.path).toBe("ocid");
  expect(faultOf({...good, id: 1.5})?.path).toBe("id");
  expect(faultOf({...good, date: "30/04/2024"})).toEqual({
    path: "date",
    reason: "is not a date such as 2024-04-30T10:00:00Z"
  });
});

test.each([
  ["an amount as text", {awards: [{id: "a", value: {amount: "£100"}}]}, "awards[0].value.amount"],
  ["a negative amount", {awards: [{id: "a", value: {amount: -1}}]}, "awards[0].value.amount"],
  [
    "an amount that JSON reads as infinity",
    {awards: [{id: "a", value: {amount: Number.POSITIVE_INFINITY}}]},
    "awards[0].value.amount"
  ],
  ["awards that are text", {awards: "none"}, "awards"],
  ["a tag that is a number", {tag: 3}, "tag"],
  ["a value that is a list of something", {awards: [{id: "a", value: [100]}]}, "awards[0].value"],
  [
    "an impossible date",
    {awards: [{id: "a", contractPeriod: {startDate: "2024-13-45"}}]},
    "awards[0].contractPeriod.startDate"
  ],
  ["a NUL in a name", {buyer: {name: "A\0B"}}, "buyer.name"],
  ["half of a surrogate pair", {buyer: {name: "A\ud800"}}, "buyer.name"]
])("%s", (_name, part, path) => {
  expect(faultOf({...good, ...part})?.path).toBe(path);
});

test("an object keyed 0, 1… stands for the array it replaced", () => {
  const read = readRelease({...good, tender: {items: [{deliveryAddresses: {"1": {region: "UKF24"}}}]}});
  expect("release" in read && read.release.tender?.items?.[0]?.deliveryAddresses).toEqual([{region: "UKF24"}]);
});

test("whole numbers are read as identifiers of parties, as older files have them", () => {
  const read = readRelease({...good, parties: [{id: 7, name: "A"}]});
  expect("release" in read && read.release.parties[0]?.id).toBe("7");
});

test("older shapes say the same: a word for a list of one, an object for a list of it, null or {} for an empty list", () => {
  const older = {
    ...good,
    id: 12,
    tag: "award",
    parties: {id: 7, name: "A", roles: "buyer", identifier: []},
    awards: [{id: 1, value: [], contractPeriod: [], suppliers: {id: 7, name: "A"}}],
    contracts: null,
    relatedProcesses: {},
    tender: []
  };
  expect(readRelease(older)).toMatchObject({
    release: {
      id: "12",
      tag: ["award"],
      parties: [{id: "7", roles: ["buyer"], identifier: null}],
      awards: [{id: "1", value: null, contractPeriod: null, suppliers: [{id: "7"}]}],
      contracts: [],
      relatedProcesses: [],
      tender: null
    }
  });
});

test("a second fault is counted, not lost", () => {
  expect(faultOf({...good, id: 1.5, date: "never"})?.reason).toMatch(/\(and 1 more\)$/);
});

test("a key nobody has looked at is drift, wherever it stands", () => {
  expect(unknownKeys({...good, mood: 1, tender: {colour: 2}, awards: [{id: "a", taste: 3}]})).toEqual([
    "mood",
    "tender.colour",
    "awards[].taste"
  ]);
});

test("an empty array where an object belongs is nothing", () => {
  const body = {ocid: "o", id: "1", date: "2024-04-30", tag: ["award"], buyer: [], buyerID: [], parties: [{id: 7}]};
  expect(readRelease(body)).toMatchObject({release: {buyer: null, parties: [{id: "7"}]}});
});
