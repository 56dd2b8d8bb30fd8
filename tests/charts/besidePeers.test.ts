import {expect, test} from "vitest";
import {besidePeers} from "../../src/components/besidePeers.ts";
import {altText, caption, document, expectGolden, scaleCell, tableRows, wide} from "./drawing.ts";

const peers = [100_000, 200_000, 300_000, 400_000, 900_000].map((pounds, i) => scaleCell(`p${i}`, 2024, pounds, 6));
const services = [
  {own: scaleCell("own", 2024, 250_000, 9), peers},
  {own: {...scaleCell("own", 2023, 40_000, 5), service_line: "planning"}, peers: peers.slice(0, 2)}
];

const draw = (given = services) =>
  besidePeers(given, {
    document,
    id: "beside",
    name: "SYNTHETIC Ashby",
    among: "unitary councils",
    notMeasured: 3,
    source: "SYNTHETIC"
  });

test("each service has its own size beside the others', and their middle from five on", () => {
  expect(tableRows(draw())).toEqual([
    ["Adult social care", "2023-24", "9", "£250,000", "5", "£300,000", "£100k, £200k, £300k, £400k, £900k"],
    ["Planning and development", "2022-23", "5", "£40,000", "2", "fewer than 5 councils", "£100k, £200k"]
  ]);
  expect(wide(draw()).querySelectorAll("path.median")).toHaveLength(1);
  expect(altText(draw())).toBe(
    "Adult social care, 2023-24: £250,000 a year; 5 other councils, median £300,000. Planning and development, 2022-23: £40,000 a year; 2 other councils."
  );
});

test("the caption counts services that are left out", () => {
  expect(caption(draw())).toContain("Left out: 3 services that it runs, with too few contracts at hand to measure.");
});

test("a service without a measure is not drawn at zero", () => {
  const none = draw([{own: scaleCell("own", 2024, null, 2), peers}]);
  expect(none.querySelector("svg")).toBeNull();
  expect(caption(none)).toContain("Too little data for a chart");
});

test("looks as it did when it was last looked at", () => expectGolden("besidePeers", draw()));
