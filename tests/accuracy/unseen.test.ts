import {expect, test} from "vitest";
import {readBuyerName} from "../../pipeline/geography/buyerName.ts";
import {supplierKind} from "../../pipeline/geography/supplierName.ts";
import {committedBuyerWorld, committedPersonNames, committedToday} from "../geography/committed.ts";
import {unseen} from "./unseen.ts";

const world = committedBuyerWorld();
const today = committedToday();
const buyers = unseen<{buyer_name: string; kind: string; gss: string; joint: string}>("buyers").map((label) => {
  const {kind, councils, isJoint} = readBuyerName(label.buyer_name, world);
  return {...label, read: {kind, isJoint, gss: [...new Set(councils.flatMap(today))].sort().join(";")}};
});
const labelled = buyers.filter(({kind}) => kind === "council");

test("no other body is taken for a council, no council for another, and none is joined with one that is not named", () => {
  expect(
    buyers.filter(({kind, read}) => kind !== "council" && read.kind === "council").map(({buyer_name}) => buyer_name)
  ).toEqual([]);
  expect(
    labelled.filter(({gss, read}) => read.kind === "council" && read.gss !== gss).map(({buyer_name}) => buyer_name)
  ).toEqual([]);
  expect(labelled.filter(({joint, read}) => read.isJoint && joint !== "1").map(({buyer_name}) => buyer_name)).toEqual(
    []
  );
});

test("at least 95 of 100 councils are found, and nine of ten that buy together", () => {
  const share = (rows: typeof labelled, isFound: (row: (typeof labelled)[number]) => boolean) =>
    rows.filter(isFound).length / rows.length;
  expect(share(labelled, ({read}) => read.kind === "council")).toBeGreaterThan(0.95);
  expect(
    share(
      labelled.filter(({joint}) => joint === "1"),
      ({read}) => read.isJoint
    )
  ).toBeGreaterThan(0.9);
});

test("no SYNTHETIC person is published, and at most two of 100 organisations are withheld", () => {
  const names = committedPersonNames();
  const suppliers = unseen<{supplier_name: string; is_natural_person: string}>("suppliers").map((label) => ({
    ...label,
    kind: supplierKind(label.supplier_name, false, names)
  }));
  const persons = suppliers.filter(({is_natural_person}) => is_natural_person === "1");
  const organisations = suppliers.filter(({is_natural_person}) => is_natural_person === "0");
  expect(persons.filter(({kind}) => kind === "organisation").map(({supplier_name}) => supplier_name)).toEqual([]);
  expect(organisations.filter(({kind}) => kind !== "organisation").length / organisations.length).toBeLessThan(0.02);
});
