import {count, dayMonthYear} from "../components/format.ts";
import {table, text} from "../components/html.ts";
import {reservations, type SiteStatus, type SourceStateRow} from "../components/statusRows.ts";
import type {Page} from "./page.ts";
import type {Site} from "./site.ts";

/** When each source was last fetched, what came of it, and what the checks before publishing found. */
export function statusPage({status, version}: Site): Page {
  return {
    path: "status.md",
    title: "Status",
    description: "When each source was last fetched, what was rejected, how complete it is, and what the checks found.",
    body: [
      `<h1>Status of the sources</h1>`,
      ...(status === null
        ? [`<p>This build was made without the checks that stand before a publication.</p>`]
        : [lede(status, version), sources(status), ...months(status), gates(status)]),
      `<p>For programs: <a href="/status.json" rel="external">status.json</a>, the same as here. What each failure looks like and what mends it: <a href="/operations">operations</a>.</p>`
    ].join("\n\n")
  };
}

function lede(status: SiteStatus, version: string): string {
  const found = reservations(status);
  const said =
    found.length === 0
      ? "Every check before publishing is passed or has nothing to compare with yet."
      : `${count(found.length)} ${found.length === 1 ? "check has" : "checks have"} a reservation, which stands on every page.`;
  const next = status.next_run_at === null ? "" : ` The next run is due at ${moment(status.next_run_at)}.`;
  return `<p class="lede">Version <code>${text(version)}</code> was published at ${moment(status.at)}. ${said}${next}</p>`;
}

/** "24 November 2026, 05:10 UTC" */
const moment = (at: string): string =>
  `<time datetime="${text(at)}">${dayMonthYear(at.slice(0, 10))}, ${text(at.slice(11, 16))} UTC</time>`;

const at = (time: string | null): string => {
  const iso = time === null ? null : new Date(time);
  return iso === null || Number.isNaN(iso.getTime()) ? "never" : moment(iso.toISOString());
};

const sources = ({sources: rows}: SiteStatus): string =>
  `<h2 id="sources">Sources</h2>\n\n${table<SourceStateRow>("Every source, and where it stands", rows, [
    {heading: "Source", cell: ({title}) => text(title)},
    {
      heading: "State",
      cell: ({state, problem}) => (problem === null ? text(state) : `${text(state)}: ${text(problem)}`)
    },
    {heading: "Last success", cell: ({last_success_at}) => at(last_success_at)},
    {heading: "Rows", isNumber: true, cell: ({rows: n}) => count(n)},
    {heading: "Embedded rows", isNumber: true, cell: ({embedded_rows}) => count(embedded_rows)},
    {heading: "Rejects", isNumber: true, cell: ({rejects}) => count(rejects)},
    {heading: "Files refused", isNumber: true, cell: ({refused_files}) => count(refused_files)},
    {heading: "Unknown keys", isNumber: true, cell: ({drift_keys}) => count(drift_keys)},
    {heading: "Next run", cell: ({next_run_at}) => (next_run_at === null ? "by hand" : at(next_run_at))}
  ])}`;

const MONTHS_SHOWN = 12;

/** The last months of every register that is fetched. */
function months({sources: rows}: SiteStatus): string[] {
  const shown = rows.flatMap(({title, months: all}) => all.slice(-MONTHS_SHOWN).map((month) => ({title, ...month})));
  if (shown.length === 0) return [];
  return [
    `<h2 id="completeness">How complete the registers are</h2>\n\n${table("Register and month", shown, [
      {heading: "Register", cell: ({title}) => text(title)},
      {heading: "Month", cell: ({month}) => text(month)},
      {heading: "Days answered", isNumber: true, cell: ({days_answered}) => count(days_answered)},
      {heading: "Releases", isNumber: true, cell: ({releases}) => count(releases)},
      {heading: "Windows incomplete", isNumber: true, cell: ({incomplete_windows}) => count(incomplete_windows)},
      {heading: "Days looked at again", isNumber: true, cell: ({days_looked_at_again}) => count(days_looked_at_again)},
      {heading: "Notices missed at first", isNumber: true, cell: ({notices_missed}) => count(notices_missed)}
    ])}`
  ];
}

const gates = ({gates: rows}: SiteStatus): string =>
  `<h2 id="checks">Checks before publishing</h2>\n\nRed stops a publication and the site stays as it was; amber is published with its reason on every page.\n\n${table(
    "Every check and its answer",
    rows,
    [
      {heading: "Check", cell: ({gate, subject}) => `${text(gate)}, ${text(subject)}`},
      {heading: "Answer", cell: ({level, is_accepted}) => `${text(level)}${is_accepted ? ", accepted by hand" : ""}`},
      {heading: "Because", cell: ({because}) => text(because)}
    ]
  )}`;
