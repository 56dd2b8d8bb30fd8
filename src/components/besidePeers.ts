import {logarithmic, moneyAxis} from "./axes.ts";
import {type ChartOptions, COLOUR, type Frame, figure, plural, quantile, textWidth} from "./figure.ts";
import {count, financialYear, money, moneyShort} from "./format.ts";
import {text} from "./html.ts";
import {dots, label, line, numbers, picture, rules, words} from "./picture.ts";
import type {CouncilScaleRow} from "./rows.ts";
import {serviceLabel} from "./services.ts";

/** One service of a council in one year, and the same of councils like it. */
export interface ServiceBesidePeers {
  readonly own: CouncilScaleRow; // measured
  readonly peers: readonly CouncilScaleRow[]; // of the same service and year, measured, without the council's own
}

interface BesidePeersOptions extends ChartOptions {
  readonly name: string; // "Bristol"
  readonly among: string; // "unitary councils"
  readonly notMeasured: number; // services that the council runs and that have too few contracts
}

interface Row {
  readonly service: string;
  readonly year: string;
  readonly contracts: number;
  readonly own: number; // pounds a year
  readonly peers: readonly number[]; // sorted
  readonly median: number | null; // of the peers; null with fewer than five
}

const FEWEST_PEERS = 5;

/**
 * How large a council's contracts are, service by service, beside those of councils of its class in the same year.
 *
 * One logarithmic axis for all services, so that a doubling is as wide anywhere. No peer is named: it is a background to one
 * council's figure and no league table.
 */
export function besidePeers(services: readonly ServiceBesidePeers[], options: BesidePeersOptions): HTMLElement {
  const {document, name, among, notMeasured} = options;
  const rows = services.flatMap(rowOf);
  const without = rows.filter(({peers}) => peers.length === 0).length;
  return figure({
    ...options,
    title: `${name}: typical pound in ${plural(rows.length, "service")} with five contracts or more`,
    subtitle: `£ a year, logarithmic; the latest year measured of each service, beside other ${among} in the same year`,
    chart: rows.length === 0 ? null : (frame) => draw(document, frame, rows),
    caption: [
      rows.length === 0
        ? "Too little data for a chart: no service has the five contracts in force in one year that a measure needs."
        : "Half of the money is in contracts of at most the size shown. Faint dots are other councils, the upright line their middle, drawn from five of them.",
      notMeasured === 0
        ? ""
        : `Left out: ${plural(notMeasured, "service")} that it runs, with too few contracts at hand to measure.`,
      without === 0 ? "" : `${plural(without, "service")} without any other council measured.`,
      "A published value is not money spent. In cash terms."
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    altText: rows
      .map(
        ({service, year, own, peers, median}) =>
          `${service}, ${year}: ${money(own)} a year; ${peers.length === 0 ? "no other council measured" : `${plural(peers.length, "other council")}${median === null ? "" : `, median ${money(median)}`}`}`
      )
      .join(". ")
      .concat(rows.length === 0 ? "Too little data for a chart." : "."),
    numbers: {
      caption: `${name}: typical pound by service, £ a year, beside other ${among}`,
      rows,
      columns: [
        {heading: "Service", cell: ({service}) => text(service)},
        {heading: "Year", cell: ({year}) => year},
        {heading: "Contracts", cell: ({contracts}) => count(contracts), isNumber: true},
        {heading: "Typical pound", cell: ({own}) => money(own), isNumber: true},
        {heading: "Other councils", cell: ({peers}) => count(peers.length), isNumber: true},
        {
          heading: "Their median",
          cell: ({median}) => (median === null ? "fewer than 5 councils" : money(median)),
          isNumber: true
        },
        {
          heading: "Their typical pounds",
          cell: ({peers}) => (peers.length === 0 ? "–" : peers.map(moneyShort).join(", "))
        }
      ]
    }
  });
}

function rowOf({own, peers}: ServiceBesidePeers): Row[] {
  const pounds = own.typical_pound_gbp;
  if (pounds === null || pounds <= 0) return [];
  const others = peers
    .flatMap(({typical_pound_gbp: value}) => (value !== null && value > 0 ? [value] : []))
    .sort((a, b) => a - b);
  return [
    {
      service: serviceLabel(own.service_line),
      year: financialYear(own.financial_year),
      contracts: own.contract_count,
      own: pounds,
      peers: others,
      median: others.length < FEWEST_PEERS ? null : quantile(others, 0.5)
    }
  ];
}

function draw(document: Document, frame: Frame, rows: readonly Row[]): Element {
  const {width, fontSize, isNarrow} = frame;
  const step = isNarrow ? 52 : 40;
  const nameOf = ({service, year}: Row): string => `${service}, ${year}`;
  const widest = (all: readonly string[]): number => Math.max(...all.map((one) => textWidth(one, fontSize)));
  const left = isNarrow ? 8 : widest(rows.map(nameOf)) + 16;
  const right = widest(rows.map(({own}) => moneyShort(own))) + 14; // the figures have a column of their own, clear of the dots
  const top = 8;
  const bottom = top + rows.length * step;
  const axis = moneyAxis(
    rows.flatMap(({own, peers}) => [own, ...peers]),
    isNarrow ? 4 : 5
  );
  const atX = logarithmic(axis.domain, [left + 6, width - right]);
  return picture(
    document,
    frame,
    bottom + 30,
    rules(
      document,
      axis.ticks.map((tick) => [
        {x: atX(tick), y: top},
        {x: atX(tick), y: bottom}
      ]),
      {stroke: COLOUR.grid}
    ),
    numbers(
      document,
      axis.ticks.map((tick) => ({x: atX(tick), y: bottom + 14, words: moneyShort(tick)})),
      "middle"
    ),
    ...rows.flatMap((row, i) => {
      const y = top + i * step + (isNarrow ? 34 : step / 2);
      return [
        words(document, {x: isNarrow ? left : 0, y: isNarrow ? y - 20 : y}, nameOf(row)),
        dots(
          document,
          row.peers.map((value) => ({x: atX(value), y})),
          {stroke: COLOUR.quiet, "stroke-opacity": 0.4, class: "peers"}
        ),
        ...(row.median === null
          ? []
          : [
              line(
                document,
                [
                  {x: atX(row.median), y: y - 10},
                  {x: atX(row.median), y: y + 10}
                ],
                {
                  stroke: COLOUR.quiet,
                  "stroke-width": 2,
                  class: "median"
                }
              )
            ]),
        dots(document, [{x: atX(row.own), y}], {stroke: COLOUR.accent, "stroke-width": 11, class: "own"}),
        label(document, {x: width, y}, moneyShort(row.own), {
          fill: COLOUR.accent,
          "font-weight": 600,
          "text-anchor": "end"
        })
      ];
    })
  );
}
