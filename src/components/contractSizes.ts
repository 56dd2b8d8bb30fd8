import * as Plot from "@observablehq/plot";
import {acrossAxis, type MoneyAxis, moneyAxis} from "./axes.ts";
import {reasonsCounted} from "./contractWords.ts";
import {type ChartOptions, COLOUR, type Frame, figure, plot, plural, quantile} from "./figure.ts";
import {count, dayMonthYear, money, moneyShort} from "./format.ts";
import {text} from "./html.ts";
import {type Box, labelMark, wrapped} from "./labels.ts";
import type {ContractFacts} from "./rows.ts";
import {serviceLabel} from "./services.ts";

interface SizesOptions extends ChartOptions {
  readonly leftOut: readonly ContractFacts[]; // outside every scale measure, each with its reason
  readonly groupOf?: (row: ContractFacts) => string; // the row of the chart that a contract is counted in; its service when not given
}

interface Sized extends ContractFacts {
  readonly annual_value_gbp: number; // > 0
}

/** How many contracts of one service fall between two round sizes. */
interface Band {
  readonly from: number; // pounds a year, inclusive
  readonly to: number; // exclusive, but for the last
  readonly n: number;
}

interface Service {
  readonly label: string;
  readonly n: number;
  readonly median: number | null; // pounds a year; null with fewer than five contracts
  readonly bands: readonly Band[];
}

const GATE = 5; // contracts that a measure needs

/**
 * How large contracts are, service by service: how many fall between one round size and the next, on a logarithmic axis.
 *
 * Bands and no dots, for there may be thousands. Bands of 1, 2 and 5 are not equally wide on the axis, so a bar's area, not its
 * height, counts contracts; each service has its own scale, for the largest would flatten all others.
 * @param contracts rows that count; one that does not, or has no size, is counted with those left out
 */
export function contractSizes(contracts: readonly ContractFacts[], options: SizesOptions): HTMLElement {
  const {document, leftOut, groupOf} = options;
  const sized = contracts.filter(isSized);
  const others = [...contracts.filter((row) => !isSized(row)), ...leftOut];
  const axis = sized.length === 0 ? null : moneyAxis(sized.map(size), 6);
  const services =
    axis === null ? [] : byService(sized, axis.steps, groupOf ?? ((row) => serviceLabel(row.service_line)));
  const published = sized.map(({published_on}) => published_on).sort();
  return figure({
    ...options,
    title: `Sizes of ${plural(sized.length, "contract")}${services.length > 1 ? ` in ${services.length} ${groupOf ? "classes of council" : "services"}` : ""}`,
    subtitle: `£ a year of the term, logarithmic${published.length === 0 ? "" : `; published from ${dayMonthYear(published[0]!)} to ${dayMonthYear(published.at(-1)!)}`}`,
    chart:
      axis === null
        ? null
        : (frame) => draw(document, frame, services, moneyAxis(sized.map(size), frame.isNarrow ? 4 : 7)),
    caption: [
      sized.length === 0 ? "No contract with a size is at hand." : READING,
      others.length === 0
        ? "No row is left out."
        : `${plural(others.length, "row")} left out: ${reasonsCounted(others.map(({left_out_because}) => left_out_because ?? "no size above £0"))}.`
    ].join(" "),
    altText: services
      .map(
        ({label, n, median}) =>
          `${label}: ${plural(n, "contract")}, ${median === null ? "too few for a median" : `median ${money(median)} a year`}`
      )
      .join("; ")
      .concat("."),
    numbers: {
      caption: "Contracts by size, £ a year, each band from its first amount to below the next",
      rows: services,
      columns: [
        {heading: groupOf ? "Class" : "Service", cell: ({label}) => text(label)},
        {heading: "Contracts", cell: ({n}) => count(n), isNumber: true},
        {heading: "Median", cell: ({median}) => (median === null ? "fewer than 5" : money(median)), isNumber: true},
        ...(services[0]?.bands ?? []).map(({from, to}, i) => ({
          heading: `${moneyShort(from)} to ${moneyShort(to)}`,
          cell: ({bands}: Service) => count(bands[i]!.n),
          isNumber: true
        }))
      ]
    }
  });
}

const READING = `A bar’s area counts the contracts between two round sizes; each row has its own scale, so bars compare within a row only. The upright line is the median, drawn from ${GATE} contracts. A size is the published value for a year, not money spent.`;

const isSized = (row: ContractFacts): row is Sized =>
  row.left_out_because === null && row.annual_value_gbp !== null && row.annual_value_gbp > 0;

const size = ({annual_value_gbp}: Sized): number => annual_value_gbp;

function byService(
  sized: readonly Sized[],
  steps: readonly number[],
  groupOf: (row: ContractFacts) => string
): Service[] {
  return [...new Set(sized.map(groupOf))]
    .map((label) => {
      const sizes = sized
        .filter((row) => groupOf(row) === label)
        .map(size)
        .sort((a, b) => a - b);
      const bands = steps.slice(1).map((to, i) => {
        const from = steps[i]!;
        return {from, to, n: sizes.filter((value) => value >= from && value < to).length};
      });
      const median = sizes.length < GATE ? null : quantile(sizes, 0.5);
      return {label, n: sizes.length, median, bands};
    })
    .sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1));
}

/** A bar in pixels: `top` to `foot` from the top of the picture. */
interface Bar extends Band {
  readonly top: number;
  readonly foot: number;
  readonly isMeasured: boolean;
}

const ROW = 44; // pixels from one service to the next
const BAR = 30; // pixels of the fullest bar

function draw(document: Document, frame: Frame, services: readonly Service[], {domain, ticks}: MoneyAxis): Element {
  const {width, isNarrow} = frame;
  const row = isNarrow ? ROW + 22 : ROW; // on a telephone the name stands above its bars
  const margins = {
    marginLeft: isNarrow ? 22 : 200,
    marginRight: isNarrow ? 22 : 165,
    marginTop: 26,
    marginBottom: 32
  };
  const height = margins.marginTop + services.length * row + margins.marginBottom;
  const footOf = (i: number) => margins.marginTop + (i + 1) * row - 6;
  const bars = services.flatMap((service, i) => barsOf(service, footOf(i)));
  const medians = services.flatMap(({median}, i) => (median === null ? [] : [{median, foot: footOf(i)}]));
  const words = isNarrow
    ? [
        {words: "Contracts, median", x: width, y: 10, anchor: "end"} as const,
        ...services.flatMap((service, i) => namesAbove(service, footOf(i) - BAR - 16, width))
      ]
    : [...head(width), ...services.flatMap((service, i) => namesAside(service, footOf(i) - BAR / 2, width))];
  return plot(document, frame, {
    height,
    ...margins,
    x: {type: "log", domain, axis: null},
    y: {type: "identity", axis: null}, // pixels from the top
    marks: [
      Plot.gridX({ticks, stroke: COLOUR.grid, strokeOpacity: 1}),
      acrossAxis(ticks, moneyShort),
      Plot.ruleY(
        services.map((_, i) => footOf(i)),
        {stroke: COLOUR.grid}
      ),
      Plot.rect(
        bars.filter(({isMeasured}) => isMeasured),
        {
          x1: "from",
          x2: "to",
          y1: "top",
          y2: "foot",
          insetLeft: 0.5,
          insetRight: 0.5,
          fill: COLOUR.accent,
          fillOpacity: 0.7,
          className: "measured"
        }
      ),
      Plot.rect(
        bars.filter(({isMeasured}) => !isMeasured),
        {
          x1: "from",
          x2: "to",
          y1: "top",
          y2: "foot",
          inset: 0.5,
          fill: COLOUR.paper,
          stroke: COLOUR.accent,
          className: "too-few"
        }
      ),
      Plot.ruleX(medians, {
        x: "median",
        y1: ({foot}) => foot - BAR - 4,
        y2: "foot",
        stroke: COLOUR.ink,
        strokeWidth: 1.5,
        className: "median"
      }),
      ...words.map((label) => labelMark(label, margins))
    ]
  });
}

/** The bars of one service: their area is the number of contracts, the fullest is `BAR` high, and none is thinner than a hair. */
function barsOf({bands, n}: Service, foot: number): Bar[] {
  const density = ({from, to, n: inside}: Band) => inside / Math.log(to / from);
  const fullest = Math.max(...bands.map(density));
  return bands
    .filter(({n: inside}) => inside > 0)
    .map((band) => ({
      ...band,
      top: foot - Math.max(1.5, (density(band) / fullest) * BAR),
      foot,
      isMeasured: n >= GATE
    }));
}

const medianWords = ({median}: Service): string => (median === null ? "too few" : moneyShort(median));

const head = (width: number): Box[] => [
  {words: "Contracts", x: width - 78, y: 10, anchor: "end"},
  {words: "Median", x: width, y: 10, anchor: "end"}
];

function namesAside(service: Service, y: number, width: number): Box[] {
  const name = wrapped(service.label, 22);
  return [
    ...name.map((words, i) => ({words, x: 0, y: y + (i - (name.length - 1) / 2) * 17, anchor: "start"}) as const),
    {words: count(service.n), x: width - 78, y, anchor: "end"},
    {words: medianWords(service), x: width, y, anchor: "end"}
  ];
}

const LETTERS_ABOVE = 31; // of a name that leaves room for its two numbers on a telephone

function namesAbove(service: Service, y: number, width: number): Box[] {
  const [name, ...more] = wrapped(service.label, LETTERS_ABOVE);
  return [
    {words: more.length === 0 ? name! : `${name}…`, x: 0, y, anchor: "start"},
    {words: `${count(service.n)}, ${medianWords(service)}`, x: width, y, anchor: "end"}
  ];
}
