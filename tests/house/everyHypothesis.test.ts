import {expect, test} from "vitest";
import {wordingProblems} from "../../pipeline/analysis/wording.ts";
import {hypotheses, publications} from "../../pipeline/discover.ts";

const all = await hypotheses();
const each = all.map((hypothesis) => [hypothesis.id, hypothesis] as const);
const indicators = (await publications()).flatMap((publication) => publication.indicators);

test("the weak and the strong form of H0 are two files, and every rival is there", () => {
  const labels = all.map(({label}) => label);
  expect(labels.filter((label) => label.startsWith("H0"))).toHaveLength(2);
  for (const label of ["H1", "H2", "H3", "H4", "H5", "H6", "A1", "A2", "A3", "N1", "N2"])
    expect(labels).toContain(label);
  for (const {id, rivals, sameEstimateAs} of all)
    for (const other of [...rivals, ...(sameEstimateAs ? [sameEstimateAs] : [])])
      expect(
        all.map((hypothesis) => hypothesis.id),
        id
      ).toContain(other);
});

test.each(each)("%s says who said what, when and where, and what would make it false", (_id, hypothesis) => {
  const {claim, operational, data, supportedIf, contradictedIf, cannotTell} = hypothesis;
  expect(claim.url).toMatch(/^https:\/\//);
  expect(claim.on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  for (const text of [claim.words, claim.speaker, claim.found, operational, data, supportedIf, contradictedIf])
    expect(text.length).toBeGreaterThan(10);
  expect(cannotTell.length).toBeGreaterThan(0);
});

test.each(each)(
  "%s keeps the wording rules outside quotations",
  (_id, {claim, title, operational, data, supportedIf, contradictedIf, cannotTell, notRunBecause}) => {
    const own = [
      title,
      operational,
      data,
      supportedIf,
      contradictedIf,
      ...cannotTell,
      notRunBecause ?? "",
      claim.isQuotation ? "" : claim.words
    ];
    expect(own.flatMap(wordingProblems)).toEqual([]);
  }
);

test.each(each)(
  "%s has a test, shares one, or says why there is none",
  (_id, {kind, test: tested, notRunBecause, sameEstimateAs}) => {
    const isCard = kind === "not-run" || kind === "not-testable";
    expect(notRunBecause !== null).toBe(isCard);
    expect(tested !== null || sameEstimateAs !== null).toBe(!isCard);
  }
);

test.each(all.flatMap(({id, test: tested}) => (tested ? [[id, tested] as const] : [])))(
  "%s is about an indicator of its own service line, with a gate and an effect above 0",
  (_id, tested) => {
    const indicator = indicators.find(({id}) => id === tested.indicatorId);
    expect(indicator?.serviceLine).toBe(tested.serviceLine);
    expect(indicator?.unit === "percent").toBe(tested.outcome === "share");
    expect(tested.smallestEffect).toBeGreaterThan(0);
    expect(tested.gate.councils).toBeGreaterThanOrEqual(30);
    if (tested.outcome === "money") expect(tested.priceFreeMeasures.length).toBeGreaterThan(0);
  }
);
