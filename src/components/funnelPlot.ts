import {acrossRound, logarithmic, roomFor, roundAxis, straight} from "./axes.ts";
import type {FunnelLimitRow} from "./claimRows.ts";
import {type ChartOptions, COLOUR, type Frame, figure, inSentence, plural} from "./figure.ts";
import {count, percent} from "./format.ts";
import {text} from "./html.ts";
import {dots, label, line, numbers, picture, rules, words} from "./picture.ts";
import type {IndicatorRow} from "./rows.ts";

interface FunnelOptions extends ChartOptions {
  readonly indicator: Pick<IndicatorRow, "title" | "unit">;
  readonly nameOf: (gss: string) => string;
  readonly among: string; // "unitary councils"
  readonly inClass: number; // councils of the class in force, with or without a figure
  readonly highlight?: string; // the GSS code of the council to name
}

/** Below it a council is drawn faint and not compared: at 20 per cent its interval is 16 points wide. */
const LEAST_DENOMINATOR = 100;

/**
 * Councils of one class by how many cases they have and the share of them that returned, between the limits within which
 * councils like them differ by chance and by their ordinary spread.
 *
 * A funnel and no league table: most councils cannot be told apart, and the small ones spread most. Limits are drawn through the
 * published points, so the picture holds exactly the published numbers.
 * @param rows of one indicator, period and class
 * @throws {RangeError} when the rows are of several classes or periods, whose limits differ
 */
export function funnelPlot(rows: readonly FunnelLimitRow[], options: FunnelOptions): HTMLElement {
  const {document, indicator, highlight, nameOf, among, inClass} = options;
  const kinds = new Set(rows.map(({period, class: ofClass}) => `${ofClass}, ${period}`));
  if (kinds.size > 1) throw new RangeError(`a funnel shows one class and period, not ${[...kinds].join("; ")}`);
  const sorted = rows.toSorted((a, b) => a.denominator - b.denominator || (a.gss < b.gss ? -1 : 1));
  const target = sorted.find(({target_pct}) => target_pct !== null)?.target_pct ?? null;
  const own = sorted.find(({gss}) => gss === highlight);
  const period = sorted[0]?.period ?? "";
  const title = own
    ? `${nameOf(own.gss)} among ${among}: ${inSentence(indicator.title)}, ${period}`
    : `${indicator.title}: ${count(rows.length)} ${among}, ${period}`;
  const missing = Math.max(0, inClass - rows.length);
  const few = sorted.filter(isFew).length;
  return figure({
    ...options,
    title,
    subtitle: `Up, per cent of cases; across, number of cases (logarithmic). ${count(rows.length)} ${among}, ${period}`,
    chart: target === null ? null : (frame) => draw(document, frame, {sorted, target, own, nameOf}),
    caption: [
      target === null
        ? `Too little data for a funnel: it needs five ${among} with ${LEAST_DENOMINATOR} cases or more.`
        : `Dashed lines hold 95% and 99.8% of councils if they differ by chance and by their ordinary spread only. One inside them cannot be told apart from the ${percent(target)} of all together.`,
      few === 0
        ? ""
        : `${plural(few, "council")} with fewer than ${LEAST_DENOMINATOR} cases ${few === 1 ? "is" : "are"} drawn faint and not compared.`,
      missing === 0
        ? `All ${among} are shown.`
        : `${count(missing)} of ${count(inClass)} ${missing === 1 ? "has no figure and is" : "have no figure and are"} left out.`,
      "The order up or down is no ranking."
    ]
      .filter((sentence) => sentence !== "")
      .join(" "),
    altText: altTextOf(sorted, own, options, target),
    numbers: {
      caption: title,
      rows: sorted.toSorted((a, b) => (nameOf(a.gss) < nameOf(b.gss) ? -1 : 1)),
      labelled: own ? [own] : [],
      columns: [
        {heading: "Council", cell: ({gss}) => text(nameOf(gss))},
        {heading: "Per cent", cell: ({value}) => percent(value), isNumber: true},
        {heading: "Of cases", cell: ({denominator}) => count(denominator), isNumber: true},
        {heading: "95% interval", cell: (row) => range(row.low_95, row.high_95), isNumber: true},
        {heading: "95% limits", cell: (row) => range(row.limit_low_95, row.limit_high_95), isNumber: true},
        {heading: "99.8% limits", cell: (row) => range(row.limit_low_998, row.limit_high_998), isNumber: true},
        {heading: "Position", cell: ({limit_position}) => positionInWords(limit_position)}
      ]
    }
  });
}

const isFew = ({denominator}: FunnelLimitRow): boolean => denominator < LEAST_DENOMINATOR;

const range = (low: number | null, high: number | null): string =>
  low === null || high === null ? "none" : `${percent(low)} to ${percent(high)}`;

const POSITIONS: Readonly<Record<FunnelLimitRow["limit_position"], string>> = {
  "too few": "too few cases to compare",
  inside: "inside the limits",
  "above 95": "above the 95% limit",
  "above 998": "above the 99.8% limit",
  "below 95": "below the 95% limit",
  "below 998": "below the 99.8% limit"
};

/** Where a council lies among councils like it, without a word of better or worse. */
export const positionInWords = (position: FunnelLimitRow["limit_position"]): string => POSITIONS[position];

function altTextOf(
  sorted: readonly FunnelLimitRow[],
  own: FunnelLimitRow | undefined,
  {nameOf, among}: FunnelOptions,
  target: number | null
): string {
  const of = (position: FunnelLimitRow["limit_position"]) =>
    sorted.filter(({limit_position}) => limit_position === position).length;
  const about = own
    ? `${nameOf(own.gss)} ${percent(own.value)} of ${plural(own.denominator, "case")} (95% interval ${range(own.low_95, own.high_95)}), ${positionInWords(own.limit_position)}. `
    : "";
  if (target === null) return `${about}Too little data for limits.`;
  const outside = sorted.length - of("inside") - of("too few");
  return `${about}All ${among} together ${percent(target)}; ${count(of("inside"))} inside the limits, ${count(outside)} outside, ${count(of("too few"))} with too few cases to compare.`;
}

interface Drawing {
  readonly sorted: readonly FunnelLimitRow[];
  readonly target: number;
  readonly own: FunnelLimitRow | undefined;
  readonly nameOf: (gss: string) => string;
}

const LIMITS = [
  {low: "limit_low_95", high: "limit_high_95", words: "95%", dash: "5 3"},
  {low: "limit_low_998", high: "limit_high_998", words: "99.8%", dash: "2 3"}
] as const;

function draw(document: Document, frame: Frame, {sorted, target, own, nameOf}: Drawing): Element {
  const {width, fontSize, isNarrow} = frame;
  const height = isNarrow ? 320 : 340;
  const compared = sorted.filter((row) => !isFew(row) && row.limit_high_998 !== null);
  const values = [
    ...sorted.flatMap(({value}) => value),
    ...compared.flatMap(({limit_low_998, limit_high_998}) => [limit_low_998!, limit_high_998!]),
    ...(own ? [own.low_95, own.high_95] : [])
  ];
  const y = roundAxis(Math.min(0, ...values), Math.max(...values), isNarrow ? 5 : 6);
  const x = acrossRound(
    sorted.map(({denominator}) => denominator),
    isNarrow ? 4 : 6
  );
  const left = roomFor(y.ticks, (value) => percent(value, 0), fontSize);
  const line1 = 12; // the council asked for has the first line above the picture, clear of the dots; what all have together the next
  const line2 = own ? line1 + fontSize * 1.5 : line1;
  const [right, top, bottom] = [isNarrow ? 46 : 62, line2 + 14, height - 44];
  const atX = logarithmic(x.domain, [left + 8, width - right]);
  const atY = straight(y.domain, [bottom, top]);
  const at = ({denominator, value}: FunnelLimitRow) => ({x: atX(denominator), y: atY(value)});
  const quiet = {fill: COLOUR.quiet};
  const isOther = ({gss}: FunnelLimitRow) => gss !== own?.gss;
  const last = compared.at(-1);
  return picture(
    document,
    frame,
    height,
    rules(
      document,
      y.ticks.map((tick) => [
        {x: left, y: atY(tick)},
        {x: width - right, y: atY(tick)}
      ]),
      {stroke: COLOUR.grid}
    ),
    numbers(
      document,
      y.ticks.map((tick) => ({x: left - 6, y: atY(tick), words: percent(tick, 0)})),
      "end"
    ),
    rules(
      document,
      [
        [
          {x: left, y: bottom},
          {x: width - right, y: bottom}
        ]
      ],
      {stroke: COLOUR.quiet}
    ),
    numbers(
      document,
      x.ticks.map((tick) => ({x: atX(tick), y: bottom + 14, words: count(tick)})),
      "middle"
    ),
    words(document, {x: width - right, y: height - 10}, "Cases", {...quiet, "text-anchor": "end"}),
    line(
      document,
      [
        {x: left, y: atY(target)},
        {x: width - right, y: atY(target)}
      ],
      {stroke: COLOUR.quiet, class: "target"}
    ),
    ...LIMITS.flatMap(({low, high, dash}) =>
      [low, high].map((edge) =>
        line(
          document,
          compared.map((row) => ({x: atX(row.denominator), y: atY(row[edge]!)})),
          {stroke: COLOUR.quiet, "stroke-dasharray": dash, class: "limit"},
          8
        )
      )
    ),
    dots(document, sorted.filter((row) => isOther(row) && isFew(row)).map(at), {
      stroke: COLOUR.quiet,
      "stroke-opacity": 0.25,
      class: "too-few"
    }),
    dots(document, sorted.filter((row) => isOther(row) && !isFew(row)).map(at), {
      stroke: own ? COLOUR.quiet : COLOUR.accent,
      "stroke-opacity": own ? 0.55 : 0.85,
      class: "councils"
    }),
    ...(last
      ? limitLabels(last, atY, fontSize).map(({words: said, y: at}) =>
          words(document, {x: width - right + 5, y: at}, said, quiet)
        )
      : []),
    label(document, {x: left + 4, y: line2}, `All together ${percent(target)} (line across)`, {
      ...quiet,
      "text-anchor": "start"
    }),
    ...(own
      ? ownMarks(
          document,
          own,
          at(own),
          [atY(own.low_95), atY(own.high_95)],
          {x: left + 4, y: line1},
          `${nameOf(own.gss)} ${percent(own.value)}`
        )
      : [])
  );
}

/** The names of the limits at their right ends, apart from one another even where the ends meet. */
function limitLabels(
  last: FunnelLimitRow,
  atY: (value: number) => number,
  fontSize: number
): {words: string; y: number}[] {
  const [inner, outer] = [atY(last.limit_high_95!), atY(last.limit_high_998!)];
  const gap = Math.max(0, fontSize * 1.1 - (inner - outer));
  return [
    {words: "95%", y: inner + gap / 2},
    {words: "99.8%", y: outer - gap / 2}
  ];
}

function ownMarks(
  document: Document,
  own: FunnelLimitRow,
  at: {x: number; y: number},
  [low, high]: [number, number],
  above: {x: number; y: number},
  said: string
): Element[] {
  return [
    line(
      document,
      [
        {x: at.x, y: low},
        {x: at.x, y: high}
      ],
      {stroke: COLOUR.accent, "stroke-width": 2, class: "interval"}
    ),
    dots(document, [at], {stroke: COLOUR.accent, "stroke-width": 11, class: isFew(own) ? "own too-few" : "own"}),
    label(document, above, said, {fill: COLOUR.accent, "font-weight": 600, "text-anchor": "start"})
  ];
}
