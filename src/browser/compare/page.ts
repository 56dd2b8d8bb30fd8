import {compareChart} from "../../components/compareChart.ts";
import type {Comparable, CompareData, ComparedIndicator, NeighbourSet} from "../../components/compareData.ts";
import {count, drawnUnit, financialYear, money, percent, valueIn} from "../../components/format.ts";
import {list, table, text} from "../../components/html.ts";
import {serviceLabel} from "../../components/services.ts";
import {offerChartFiles} from "../chartFiles.ts";
import {offerCopies} from "../copySentences.ts";
import {offerCitations} from "../offerCitations.ts";
import {siteRoot} from "../siteRoot.ts";
import {
  type Admitted,
  type Asked,
  admit,
  askedOf,
  type Compared,
  type Comparison,
  type CouncilDocument,
  compared,
  documentOf,
  indicatorsFor,
  interval,
  type PublishedDocument,
  pairsOf,
  parametersOf,
  statement,
  withSimilar
} from "./compare.ts";

/** Makes the page of comparisons work: what is chosen stands in its address, and an address chooses. */
export function compareCouncils(form: HTMLFormElement, document: Document): void {
  const page = new ComparePage(form, document);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", (event) => page.changed(event.target as HTMLSelectElement));
  addEventListener("popstate", () => void page.show());
  void page.show();
}

class ComparePage {
  private readonly root: string;
  private data: Promise<CompareData> | undefined;
  private readonly documents = new Map<string, Promise<CouncilDocument>>();
  private turn = 0; // the latest choice wins, whichever answer comes first

  constructor(
    private readonly form: HTMLFormElement,
    private readonly document: Document
  ) {
    this.root = siteRoot(document);
  }

  private part(name: string): HTMLElement {
    return this.document.querySelector<HTMLElement>(`[data-${name}]`)!;
  }

  private select(name: string): HTMLSelectElement {
    return this.form.elements.namedItem(name) as HTMLSelectElement;
  }

  private get asked(): Asked {
    return askedOf(new URLSearchParams(location.search));
  }

  private go(change: Partial<Asked>): void {
    history.pushState(null, "", `?${parametersOf({...this.asked, ...change})}`);
    void this.show();
  }

  changed({name, value}: HTMLSelectElement): void {
    if (name === "add" && value !== "") {
      this.select("add").value = "";
      this.go({councils: [...this.asked.councils, value], set: ""});
    } else if (name === "indicator") this.go({indicator: value, period: ""});
    else if (name === "period") this.go({period: value});
  }

  async show(): Promise<void> {
    this.turn += 1;
    const turn = this.turn;
    const asked = this.asked;
    if (asked.councils.length === 0) {
      this.part("chosen").replaceChildren();
      this.part("comparison").innerHTML = `<p class="quiet">No council is chosen yet.</p>`;
      return;
    }
    try {
      this.data ??= read<CompareData>(`${this.root}data/compare.json`);
      const data = await this.data;
      const isPreset = asked.set !== "" && asked.councils.length === 1;
      const admitted = admit(isPreset ? withSimilar(asked.councils[0]!, asked.set, data) : asked.councils, data);
      const documents = await Promise.all(admitted.councils.map(({gss}) => this.documentOf(gss)));
      if (turn === this.turn) this.fill(asked, admitted, documents, data);
    } catch (error) {
      if (turn !== this.turn) return;
      this.data = undefined;
      this.documents.clear();
      this.part("comparison").innerHTML =
        `<p>The figures could not be read: ${text((error as Error).message)}. Try again later.</p>`;
    }
  }

  private documentOf(gss: string): Promise<CouncilDocument> {
    const known =
      this.documents.get(gss) ??
      read<PublishedDocument>(`${this.root}data/api/v1/councils/${gss}.json`).then(documentOf);
    this.documents.set(gss, known);
    return known;
  }

  private fill(
    asked: Asked,
    {councils, refused}: Admitted,
    documents: readonly CouncilDocument[],
    data: CompareData
  ): void {
    this.part("refused").innerHTML = refused.length === 0 ? "" : `<div class="notice">${list(refused.map(text))}</div>`;
    const [first] = councils;
    this.chosen(councils, data);
    if (first === undefined) {
      this.part("comparison").innerHTML = `<p class="quiet">No council is chosen yet.</p>`;
      return;
    }
    const indicators = indicatorsFor(first, data);
    const indicator =
      indicators.find(({indicator_id}) => indicator_id === asked.indicator) ?? firstWithFigures(indicators, documents);
    if (indicator === undefined) {
      this.part("comparison").innerHTML = `<p>No measure at hand is about services that these councils run.</p>`;
      return;
    }
    const comparison = compared(councils, documents, indicator, asked.period);
    fillSelect(this.select("indicator"), byService(indicators), indicator.indicator_id);
    fillSelect(this.select("period"), [["", comparison.periods.map((period) => [period, period])]], comparison.period);
    const set = data.sets.find(({set_id}) => set_id === asked.set);
    const holder = this.part("comparison");
    const width = Math.max(260, Math.min(680, holder.clientWidth));
    holder.innerHTML = comparisonHtml(comparison, indicator, {
      width,
      version: data.version,
      root: this.root,
      at: location.href,
      notRun: asked.indicator !== "" && asked.indicator !== indicator.indicator_id ? asked.indicator : null,
      set
    });
    offerCitations(this.document, holder);
    offerCopies(this.document, holder);
    offerChartFiles(this.document, holder);
    holder.querySelector("[data-print]")?.addEventListener("click", () => print());
  }

  /** The chosen councils, each with a button that takes it out, and the sets of similar councils on offer. */
  private chosen(councils: readonly Comparable[], data: CompareData): void {
    const codes = councils.map(({gss}) => gss);
    const button = (label: string, act: () => void): HTMLButtonElement => {
      const made = this.document.createElement("button");
      made.type = "button";
      made.textContent = label;
      made.addEventListener("click", () => {
        act();
        this.select("add").focus();
      });
      return made;
    };
    const [first] = councils;
    this.part("chosen").replaceChildren(
      ...councils.map(({gss, short_name}) =>
        button(`Take out ${short_name}`, () => this.go({councils: codes.filter((code) => code !== gss), set: ""}))
      ),
      ...(first === undefined
        ? []
        : data.sets
            .filter(({neighbours}) => first.gss in neighbours)
            .map(({set_id, title, version}) =>
              button(`${first.short_name} and the councils most like it (${title}; ${version})`, () =>
                this.go({councils: [first.gss], set: set_id})
              )
            ))
    );
  }
}

async function read<T>(url: string): Promise<T> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.json()) as T;
}

/** A repeat-demand measure with figures of these councils goes before one without. */
const firstWithFigures = (
  indicators: readonly ComparedIndicator[],
  documents: readonly CouncilDocument[]
): ComparedIndicator | undefined => {
  const figures = ({indicator_id}: ComparedIndicator): number =>
    documents
      .flatMap(({observations}) => observations)
      .filter((row) => row.indicator_id === indicator_id && row.low_95 !== null).length;
  return [...indicators].sort((a, b) => figures(b) - figures(a))[0];
};

function fillSelect(select: HTMLSelectElement, groups: readonly OptionGroup[], chosen: string): void {
  select.innerHTML = groups
    .map(([name, options]) => {
      const html = options.map(([value, label]) => `<option value="${text(value)}">${text(label)}</option>`).join("");
      return name === "" ? html : `<optgroup label="${text(name)}">${html}</optgroup>`;
    })
    .join("");
  select.value = chosen;
  select.disabled = groups.every(([, options]) => options.length === 0);
}

/** Options under a heading, which is empty where they need none. */
type OptionGroup = readonly [name: string, options: readonly (readonly [value: string, label: string])[]];

/** The service is a heading of the list, so that a narrow field shows the measure's own words. */
function byService(indicators: readonly ComparedIndicator[]): OptionGroup[] {
  const names = [...new Set(indicators.map(({service_line}) => service_line))];
  return names.map((name) => [
    serviceLabel(name),
    indicators
      .filter(({service_line}) => service_line === name)
      .map(({indicator_id, title}): [string, string] => [indicator_id, title])
  ]);
}

interface Around {
  readonly width: number;
  readonly version: string;
  readonly root: string;
  readonly at: string;
  readonly notRun: string | null; // a measure that was asked for and these councils do not run
  readonly set: NeighbourSet | undefined;
}

/** Table, chart and sentences of one comparison, all from the same rows. */
export function comparisonHtml(comparison: Comparison, indicator: ComparedIndicator, around: Around): string {
  const {rows, period, scale_year} = comparison;
  const {unit} = indicator;
  const [first] = rows;
  const title = `${indicator.title}: ${count(rows.length)} ${rows.length === 1 ? "council" : "councils"}, ${period || "no period at hand"}`;
  const figures = rows.map(
    (row) =>
      `${row.council.short_name} ${row.value === null ? row.missing : `${valueIn(unit, row.value)}, interval ${interval(row, unit)}`}`
  );
  const pairs = pairsOf(rows, unit);
  const charted = rows.map((row) => ({...row, name: row.council.short_name}));
  return [
    around.notRun === null
      ? ""
      : `<p class="notice">The measure “${text(around.notRun)}” is not shown: it is about a service that these councils do not run, or is not at hand.</p>`,
    `<h2>${text(indicator.title)}, ${text(period)}</h2>`,
    around.set === undefined
      ? ""
      : `<p>Compared with the councils most like the first: ${text(around.set.title)}, version “${text(around.set.version)}”. Similar on the publisher’s measures, which say nothing of how well a council does.</p>`,
    comparisonTable(comparison, indicator, around.root),
    `<p class="sentence" id="pairs" data-cite="${text(`/compare${new URL(around.at).search}`)}" data-source="${text(`${indicator.publisher}, ${indicator.publication}`)}">${text(`${indicator.title}, ${period}. ${pairs.sentence}`)}</p>`,
    pairs.apart.length === 0
      ? ""
      : `<ul class="pairs">${pairs.apart.map((words) => `<li>${text(words)}</li>`).join("")}</ul>`,
    `<figure class="chart-figure" id="comparison"><p class="chart-title">${text(title)}</p><p class="chart-subtitle">Dot: figure, ${text(drawnUnit(unit))}. Bar: 95% interval, where one is published. In the order chosen.</p>${compareChart(charted, unit, around.width, figures.join("; "))}<figcaption><p class="chart-caption">${text(leftOut(rows))}</p><p class="chart-source">Source: ${text(`${indicator.publisher}, ${indicator.publication}`)}</p><details class="chart-numbers"><summary>The numbers behind this chart</summary>${chartNumbers(title, rows, unit)}</details></figcaption></figure>`,
    `<h3>What this does not say</h3>`,
    list(
      [
        indicator.caveat,
        "Council averages say nothing about people, and an association says nothing about causes.",
        `Contract scale is of ${scale_year === null ? "the financial year before the figure" : financialYear(scale_year)}, the year before the figure’s, for ${serviceLabel(indicator.service_line).toLowerCase()}; it rests on what registers at hand show, and coverage is published contracts as a share of running expenses, never of spend.`,
        first?.imd_score === null || first === undefined
          ? ""
          : "Deprivation: average score of the English indices of deprivation 2025; higher is more deprived.",
        "With several pairs, one may lie apart by chance alone."
      ]
        .filter((words) => words !== "")
        .map(text)
    ),
    `<p class="print-only">${text(around.at)}</p><p class="print-only">Data version ${text(around.version)}. Contract Scale.</p>`,
    `<p class="no-print"><button type="button" class="copy" data-print>Print</button></p>`
  ]
    .filter((part) => part !== "")
    .join("");
}

function comparisonTable({rows, scale_year}: Comparison, {unit}: ComparedIndicator, root: string): string {
  const first = rows[0]!;
  const year = scale_year === null ? "" : `, ${financialYear(scale_year)}`;
  return `<div class="stacks">${table(
    "Each council’s figure, its contract scale the year before, and what may be said beside the first",
    rows,
    [
      {
        heading: "Council",
        cell: ({council}) => `<a href="${root}council/${council.gss}">${text(council.name)}</a>`
      },
      labelled("Figure (95% interval)", (row) => figureWords(row, unit)),
      labelled("Beside the first", (row) => statement(row, first), "statement"),
      labelled(`Typical pound${year}`, ({scale}) => typicalPound(scale)),
      labelled("Coverage", ({scale}) => coverage(scale)),
      {
        ...labelled("Residents", ({population}) => (population === null ? "not at hand" : count(population))),
        isNumber: true
      },
      {
        ...labelled("Deprivation", ({imd_score}) => (imd_score === null ? "not at hand" : imd_score.toFixed(1))),
        isNumber: true
      }
    ]
  )}</div>`;
}

const labelled = (heading: string, words: (row: Compared) => string, className = "") => ({
  heading,
  cell: (row: Compared) =>
    `<span class="cell-label">${text(heading)}: </span><span class="${className}">${text(words(row))}</span>`
});

const figureWords = (row: Compared, unit: string): string =>
  row.value === null ? (row.missing ?? "no figure") : `${valueIn(unit, row.value)} (${interval(row, unit)})`;

const typicalPound = (scale: Compared["scale"]): string =>
  scale === null || scale.contract_count === 0
    ? "no contract at hand"
    : scale.typical_pound_gbp === null
      ? `fewer than 5 contracts: ${count(scale.contract_count)}`
      : `${money(scale.typical_pound_gbp)} (${count(scale.contract_count)} contracts)`;

const coverage = (scale: Compared["scale"]): string =>
  scale === null ? "–" : scale.coverage_pct === null ? scale.coverage_basis : percent(scale.coverage_pct);

function leftOut(rows: readonly Compared[]): string {
  const missing = rows.filter(({value}) => value === null);
  return missing.length === 0
    ? "Every council chosen is shown."
    : `Not drawn: ${missing.map(({council, missing: why}) => `${council.short_name} (${why})`).join(", ")}.`;
}

const chartNumbers = (caption: string, rows: readonly Compared[], unit: string): string =>
  table(caption, rows, [
    {heading: "Council", cell: ({council}) => text(council.short_name)},
    {
      heading: "Figure",
      cell: ({value, missing}) => text(value === null ? missing : valueIn(unit, value)),
      isNumber: true
    },
    {heading: "95% interval", cell: (row) => text(row.value === null ? "none" : interval(row, unit)), isNumber: true}
  ]);
