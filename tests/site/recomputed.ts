import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {DuckDBInstance} from "@duckdb/node-api";
import {type CheerioAPI, load} from "cheerio";
import type {AnyNode} from "domhandler";
import {serviceLabel} from "../../src/components/services.ts";

// Numbers on built pages against the published files beside them: plain SQL and this file's own way of writing, nothing of the site's.

export type Row = Readonly<Record<string, string | number | null>>;

/** The published tables of a built site, each under its own name: `select * from "council-scale"`. */
export class Published {
  private constructor(
    private readonly connection: Awaited<ReturnType<DuckDBInstance["connect"]>>,
    readonly site: string
  ) {}

  static async open(site: string): Promise<Published> {
    const connection = await (await DuckDBInstance.create()).connect();
    const data = join(site, "data");
    for (const name of readdirSync(data).filter((path) => path.endsWith(".parquet")))
      await connection.run(
        `create view "${name.replace(".parquet", "")}" as select * from read_parquet('${join(data, name).replaceAll("'", "''")}')`
      );
    return new Published(connection, site);
  }

  /** @param values bound to $1, $2 … */
  async rows(sql: string, ...values: (string | number)[]): Promise<Row[]> {
    return (await this.connection.runAndReadAll(sql, values)).getRowObjectsJS() as unknown as Row[];
  }

  page(path: string): CheerioAPI {
    return load(readFileSync(join(this.site, `${path}.html`), "utf8"));
  }

  close(): void {
    this.connection.closeSync();
  }
}

const number = (n: unknown, digits = 0): string =>
  Math.abs(Number(n))
    .toLocaleString("en-GB", {minimumFractionDigits: digits, maximumFractionDigits: digits})
    .replace(/^/, Number(n) < 0 && /[1-9]/.test(Math.abs(Number(n)).toFixed(digits)) ? "−" : "");
const pounds = (n: unknown): string => {
  const digits = Math.abs(Number(n)) < 100 && !Number.isInteger(Number(n)) ? 2 : 0;
  return number(n, digits).replace(/^(−?)/, "$1£");
};
const pct = (n: unknown, digits = 1): string => `${number(n, digits)}%`;
const pctOr = (n: unknown, otherwise: string): string => (n === null ? otherwise : pct(n));
const range = (low: unknown, high: unknown): string => `${pct(low)} to ${pct(high)}`;
const yearOf = (end: unknown): string => `${Number(end) - 1}-${String(Number(end) % 100).padStart(2, "0")}`;
const UNITS: Readonly<Record<string, (n: unknown) => string>> = {
  percent: (n) => pct(n),
  "pounds-per-week": (n) => `${pounds(n)} a week`,
  "pounds-thousand": (n) => `${number(n).replace(/^(−?)/, "$1£")} thousand`,
  "pounds-per-resident": (n) => `${pounds(n)} per resident`,
  "pounds-per-incident": (n) => `${pounds(n)} per incident`,
  "per-thousand-households": (n) => `${number(n, 1)} per thousand households`
};
const written = (unit: unknown, n: unknown): string => UNITS[String(unit)]!(n);

const plain = (words: string): string => words.replaceAll(/\s+/g, " ").trim();

/** A table's cells as a reader sees them, without the labels that only telephones show. */
function cells($: CheerioAPI, table: AnyNode): string[][] {
  return $(table)
    .find("tbody tr")
    .toArray()
    .map((row) =>
      $(row)
        .children()
        .toArray()
        .map((cell) => {
          const copy = $(cell).clone();
          copy.find(".cell-label").remove();
          return plain(copy.text());
        })
    );
}

const tableBy = ($: CheerioAPI, caption: RegExp): AnyNode | undefined =>
  $("main table")
    .toArray()
    .find((table) => caption.test(plain($(table).children("caption").text())));

/** One statement on a page and what the published files say it should be. */
export interface Compared {
  readonly where: string;
  readonly shown: unknown;
  readonly expected: unknown;
}

/** Every measure of contract scale of one council, from its contracts and their money by year. */
const CELLS = `
  with mine as (
    select service_line, financial_year, contract_id, annual_value_gbp::double as size, in_year_gbp as money
    from contracts join "contract-years" using (contract_id)
    where council_gss = $1 and left_out_because is null
      and (terminated_on is null or terminated_on >= make_date(financial_year - 1, 4, 1))
  ),
  running as (
    select *, sum(money) over (partition by service_line, financial_year order by size, contract_id) as so_far,
      sum(money) over (partition by service_line, financial_year) as whole
    from mine
  )
  select service_line, financial_year::integer as financial_year, count(*)::integer as contract_count,
    median(size) as median_size, min(size) filter (where so_far >= whole / 2.0) as typical,
    100 * max(money)::double / sum(money)::double as largest, sum(money)::double as money
  from running group by all`;

const SCALE = `
  select scale.service_line, scale.financial_year, cells.contract_count, cells.median_size, cells.typical, cells.largest,
    scale.left_out_count, 100 * cells.money / nullif(spending.pounds, 0) as coverage, scale.coverage_basis
  from "council-scale" as scale
  join (${CELLS}) as cells using (service_line, financial_year)
  left join (
    select replace(indicator_id, 'running-expenses-', '') as service_line, financial_year, value * 1000 as pounds
    from observations where indicator_id like 'running-expenses-%' and council_gss = $1
  ) as spending on spending.service_line = scale.service_line and spending.financial_year = scale.financial_year
    and scale.coverage_basis = 'revenue outturn running expenses'
  where scale.gss = $1`;

/** What a council's page shows, table by table and sentence by sentence, beside what its published rows say. */
export async function councilNumbers(published: Published, gss: string): Promise<Compared[]> {
  const $ = published.page(`council/${gss}`);
  const found: Compared[] = [];
  const compare = (where: string, shown: unknown, expected: unknown): void =>
    void found.push({where: `${gss} ${where}`, shown, expected});
  const scale = new Map(
    (await published.rows(SCALE, gss)).map((row) => [
      `${serviceLabel(String(row.service_line))} ${yearOf(row.financial_year)}`,
      row
    ])
  );
  const cell = (service = "", year = ""): Row => scale.get(`${service} ${year}`) ?? {};

  const [council = {}] = await published.rows("select * from councils where gss = $1", gss);
  const lede = plain($("main .lede").first().text());
  for (const [column, says] of [
    ["population", (n: unknown) => `${number(n)} residents`],
    ["imd_score", (n: unknown) => `score ${number(n, 1)} `],
    ["rural_pct", (n: unknown) => `${pct(n, 0)} of residents in rural areas`]
  ] as const)
    if (council[column] !== null) compare(`${column} in "${lede}"`, lede.includes(says(council[column])), true);

  await coverage(published, gss, $, compare);
  for (const shown of cellsOf($, /^Services with contracts at hand/)) {
    const row = cell(shown[0], shown[1]);
    compare(`coverage of ${shown[0]}`, shown.slice(2, 5), [
      number(row.contract_count),
      number(row.left_out_count),
      pctOr(row.coverage ?? null, String(row.coverage_basis))
    ]);
  }
  for (const shown of cellsOf(
    $,
    /^Contracts in force in each financial year|combinations? of service and year that are measured$/
  )) {
    const row = cell(shown[0], shown[1]);
    compare(`scale of ${shown[0]}, ${shown[1]}`, shown.slice(2), [
      number(row.contract_count),
      pounds(row.median_size),
      pounds(row.typical),
      pct(row.largest),
      number(row.left_out_count),
      pctOr(row.coverage ?? null, "–")
    ]);
  }
  for (const shown of cellsOf($, /with fewer than five contracts$/)) {
    const row = cell(shown[0], shown[1]);
    compare(`scale of ${shown[0]}, ${shown[1]}`, shown.slice(2), [
      number(row.contract_count),
      number(row.left_out_count),
      pctOr(row.coverage ?? null, "–")
    ]);
  }
  for (const shown of cellsOf($, /: typical pound by service/)) await besidePeers(published, gss, shown, cell, compare);
  for (const sentence of $("main .sentence").toArray()) {
    const id = ($(sentence).attr("id") ?? "").replace("sentence-", "");
    const words = plain($(sentence).text());
    const [, service = "", year = ""] = /, ([^,]+(?:, [^,]+)*), (\d{4}-\d{2}): half of the money/.exec(words) ?? [];
    if (service === "") {
      await outcomeSentence(published, gss, id, words, compare);
      continue;
    }
    const row = cell(serviceLabel(id), year);
    compare(`sentence ${id}`, /of ([\d,]+) published .* at most (\S+) a year/.exec(words)?.slice(1), [
      number(row.contract_count),
      pounds(row.typical)
    ]);
  }
  await histories(published, gss, $, compare);
  await funnels(published, gss, $, compare);
  await costs(published, gss, $, compare);
  await local(published, gss, $, compare);
  await suppliers(published, gss, $, compare);
  await largest(published, gss, $, compare);
  for (const shown of cellsOf($, /published contracts at hand count in measures/)) {
    const row = cell(shown[0], shown[1]);
    compare(`brief, ${shown[0]}`, shown.slice(2, 4), [number(row.contract_count), `${pounds(row.typical)} a year`]);
    if (row.coverage !== null) compare(`brief, coverage of ${shown[0]}`, shown[4], pct(row.coverage));
  }
  return found;
}

type Compare = (where: string, shown: unknown, expected: unknown) => void;

function cellsOf($: CheerioAPI, caption: RegExp): string[][] {
  return $("main table")
    .toArray()
    .filter((table) => caption.test(plain($(table).children("caption").text())))
    .flatMap((table) => cells($, table));
}

async function coverage(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  const reasons = await published.rows(
    `select left_out_because as why, count(*)::integer as n from contracts where council_gss = $1 group by all`,
    gss
  );
  const counted = Number(reasons.find(({why}) => why === null)?.n ?? 0);
  const words = plain($("[data-testid=coverage]").parent().text());
  const [, shown] = /([\d,]+) contracts? counts? in the measures/.exec(words) ?? [];
  if (shown !== undefined) compare("contracts that count", shown, number(counted));
  else compare("contracts that count", counted, 0);
  for (const {why, n} of reasons.filter((row) => row.why !== null))
    compare(`left out as ${why}`, words.includes(`${String(why).replaceAll("-", " ")} (${number(n)})`), true);
  const brief = cellsOfCaption($, /published contracts at hand count in measures/) ?? plain($("#brief").text());
  const all = reasons.reduce((sum, {n}) => sum + Number(n), 0);
  compare("the brief's contracts", /([\d,]+) of ([\d,]+) published contracts/.exec(brief)?.slice(1), [
    number(counted),
    number(all)
  ]);
}

const cellsOfCaption = ($: CheerioAPI, caption: RegExp): string | undefined => {
  const table = tableBy($, caption);
  return table && plain($(table).children("caption").text());
};

async function besidePeers(
  published: Published,
  gss: string,
  shown: string[],
  cell: (service?: string, year?: string) => Row,
  compare: Compare
): Promise<void> {
  const [service, year] = shown;
  const own = cell(service, year);
  const [peers = {}] = await published.rows(
    `select count(*)::integer as n, quantile_cont(typical_pound_gbp::double, 0.5) as middle
     from "council-scale" join councils using (gss)
     where service_line = $2 and financial_year = $3 and gss <> $1 and typical_pound_gbp > 0
       and class = (select class from councils where gss = $1)`,
    gss,
    String(own.service_line),
    Number(own.financial_year)
  );
  compare(`beside others, ${service}`, shown.slice(2, 6), [
    number(own.contract_count),
    pounds(own.typical),
    number(peers.n),
    Number(peers.n) < 5 ? "fewer than 5 councils" : pounds(peers.middle)
  ]);
}

/** What is at hand of a council: its own rows, of whole years where there are any, else of quarters. */
const OWN = `
  select *, row_number() over (partition by indicator_id order by period_end_on desc) as newest,
    row_number() over (partition by indicator_id order by period_end_on) as oldest
  from (
    select observations.*, indicators.title, indicators.unit, indicators.kind from observations join indicators using (indicator_id)
    where coalesce(council_gss, gss) = $1 and coalesce(missing_reason, '') not like '% of 4 quarters%'
      and (period_type = 'year' or period_type = 'quarter' and indicator_id not in (
        select indicator_id from observations where period_type = 'year' and coalesce(missing_reason, '') not like '% of 4 quarters%'))
  )`;

/** A quantile without the dust of binary fractions: 69.65 lies between two published figures and is written as 69.7. */
const at = (p: number): string => `round(quantile_cont(value, ${p}), 9)`;

async function outcomeSentence(
  published: Published,
  gss: string,
  indicator: string,
  words: string,
  compare: Compare
): Promise<void> {
  const [row] = await published.rows(
    `select * from (${OWN}) where indicator_id = $2 and value is not null order by period_end_on desc limit 1`,
    gss,
    indicator
  );
  if (row === undefined) return compare(`sentence ${indicator}`, words.includes("no figure"), true);
  const [funnel] = await published.rows(
    `select * from "funnel-limits" where gss = $1 and indicator_id = $2 and period = $3`,
    gss,
    indicator,
    String(row.period)
  );
  const expected = [
    `${row.period}: ${written(row.unit, row.value)}`,
    ...(row.numerator === null || row.denominator === null
      ? []
      : [`, ${number(row.numerator)} of ${number(row.denominator)}`]),
    ...(row.low_95 === null ? ["No interval"] : [`95% interval ${range(row.low_95, row.high_95)}`]),
    ...(funnel && row.low_95 !== null && funnel.limit_position !== "too few"
      ? [`the ${pct(funnel.target_pct)} of councils`]
      : [])
  ];
  for (const part of expected) compare(`sentence ${indicator}: "${part}" in "${words}"`, words.includes(part), true);
  if (row.interval_method === "wilson") {
    const [low, high] = wilson(Number(row.numerator), Number(row.denominator));
    compare(`interval of ${indicator}`, range(row.low_95, row.high_95), range(low, high));
  }
}

/** Wilson's interval of a share, in per cent (Newcombe 1998, method 3). */
function wilson(cases: number, all: number): [number, number] {
  const z = 1.959963984540054;
  const middle = (cases + (z * z) / 2) / (all + z * z);
  const half = (z / (all + z * z)) * Math.sqrt((cases * (all - cases)) / all + (z * z) / 4);
  return [100 * (middle - half), 100 * (middle + half)];
}

async function histories(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  for (const {indicator_id, unit} of await published.rows("select indicator_id, unit from indicators")) {
    const table = $(`figure[id="${indicator_id}"] table`).get(0);
    if (table === undefined) continue;
    const rows = await published.rows(
      `with peers as (
         select period, count(value)::integer as n, ${at(0.25)} as low, ${at(0.5)} as middle, ${at(0.75)} as high
         from observations join (select gss as own_gss, class from councils) on own_gss = coalesce(council_gss, gss)
         where indicator_id = $2 and period_type = 'year' and coalesce(council_gss, gss) <> $1 and value is not null
           and class = (select class from councils where gss = $1)
         group by period)
       select mine.period, mine.value, mine.low_95, mine.high_95, peers.* exclude (period) from (${OWN}) as mine left join peers using (period)
       where indicator_id = $2 order by mine.period_end_on`,
      gss,
      String(indicator_id)
    );
    for (const shown of cells($, table)) {
      const row = rows.find(({period}) => period === shown[0]);
      if (row === undefined || row.value === null) continue; // a year without the council's figure says why in words
      compare(`history of ${indicator_id}, ${shown[0]}`, shown.slice(1, 3), [
        written(unit, row.value),
        row.low_95 === null ? "none" : range(row.low_95, row.high_95)
      ]);
      if (row.n !== null && shown[6] !== "–")
        compare(`peers of ${indicator_id}, ${shown[0]}`, shown.slice(3), [
          written(unit, row.low),
          written(unit, row.middle),
          written(unit, row.high),
          number(row.n)
        ]);
    }
  }
}

async function funnels(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  for (const row of await published.rows(`select * from "funnel-limits" where gss = $1`, gss)) {
    const table = $(`figure[id="${row.indicator_id}-funnel"] table`).get(0);
    if (table === undefined) continue;
    compare(`funnel of ${row.indicator_id}`, cells($, table)[0]?.slice(1, 6), [
      pct((100 * Number(row.numerator)) / Number(row.denominator)),
      number(row.denominator),
      range(row.low_95, row.high_95),
      row.limit_low_95 === null ? "none" : range(row.limit_low_95, row.limit_high_95),
      row.limit_low_998 === null ? "none" : range(row.limit_low_998, row.limit_high_998)
    ]);
  }
  const named = await published.rows(`select * from (${OWN}) where kind = 'repeat-demand' and value is not null`, gss);
  for (const shown of cellsOf($, /^Repeat-demand indicators, beside/)) {
    const row = named.find(({title, period}) => plain(String(title)) === shown[0] && period === shown[1]);
    if (row === undefined) compare(`brief, ${shown[0]}`, /%/.test(shown[2] ?? ""), false);
    else
      compare(`brief, ${shown[0]}`, shown.slice(2, 4), [
        written(row.unit, row.value),
        row.low_95 === null ? "none" : range(row.low_95, row.high_95)
      ]);
  }
}

async function costs(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  const own = await published.rows(`select * from (${OWN}) where kind = 'cost'`, gss);
  const find = (title = "", words = ""): Row | undefined =>
    own.find((row) => plain(String(row.title)) === title && words.endsWith(String(row.period)));
  for (const [title, newest = "", ...rest] of cellsOf($, /^What its services cost/)) {
    const shown = [title, newest.replace(/ \(none for .*/, ""), rest.length > 1 ? rest[0] : "", rest.at(-1)];
    for (const figure of [shown[1], shown[3]]) {
      const row = find(shown[0], figure);
      if (row && row.value !== null)
        compare(`cost, ${shown[0]}`, figure, `${written(row.unit, row.value)} ${row.period}`);
      else compare(`cost, ${shown[0]}, ${figure}`, /£/.test(figure ?? ""), false);
    }
    const row = find(shown[0], shown[1]);
    if (!row || !/£/.test(shown[2] ?? "")) continue;
    const [peers = {}] = await published.rows(
      `select count(*)::integer as n, ${at(0.5)} as middle from observations join (select gss as own_gss, class from councils) on own_gss = coalesce(council_gss, gss)
       where indicator_id = $2 and period = $3 and period_type = 'year' and coalesce(council_gss, gss) <> $1 and value is not null
         and class = (select class from councils where gss = $1)`,
      gss,
      String(row.indicator_id),
      String(row.period)
    );
    compare(`median beside ${shown[0]}`, shown[2], `${written(row.unit, peers.middle)} of ${number(peers.n)} others`);
  }
  for (const shown of cellsOf($, /^Administrative totals without intervals/)) {
    const row = find(shown[0], shown[1]);
    if (row && row.value !== null) compare(`brief, ${shown[0]}`, shown[2], written(row.unit, row.value));
    else compare(`brief, ${shown[0]}`, /£/.test(shown[2] ?? ""), false);
  }
}

const LOCAL: Readonly<Record<string, RegExp>> = {
  "same-council": /^In the council/,
  "same-area": /^In its county/,
  "same-region": /^In its region/
};

async function local(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  const title = plain($("#local .chart-title").text());
  const [year] = /\d{4}-\d{2}/.exec(title) ?? [];
  if (year === undefined) return;
  const rows = await published.rows(
    `select definition, sum(contract_count)::integer as n, sum(total_in_year_gbp)::double as whole, sum(local_gbp)::double as here,
       sum(partly_gbp)::double as partly, sum(elsewhere_gbp)::double as elsewhere, sum(unknown_gbp)::double as unknown
     from "local-share" where gss = $1 and financial_year = $2 group by definition`,
    gss,
    Number(year.slice(0, 4)) + 1
  );
  for (const shown of cellsOf($, /: money by where suppliers are/)) {
    const row = rows.find(({definition}) => LOCAL[String(definition)]?.test(shown[0] ?? ""));
    const share = (part: unknown): string => `${pounds(part)} (${pct((100 * Number(part)) / Number(row?.whole))})`;
    compare(`local, ${shown[0]}`, shown.slice(1), [
      number(row?.n),
      share(row?.here),
      share(row?.partly),
      share(row?.elsewhere),
      share(row?.unknown)
    ]);
  }
}

async function suppliers(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  const rows = await published.rows(
    `select supplier_name, count(distinct contract_id)::integer as n, sum(value_gbp) filter (where contracts.supplier_count = 1)::double as alone
     from "contract-suppliers" join contracts using (contract_id)
     where council_gss = $1 and left_out_because is null group by supplier_id, supplier_name`,
    gss
  );
  for (const [name, , n, alone] of cellsOf($, /^Suppliers with the most contracts/)) {
    const own = rows.filter((row) => plain(String(row.supplier_name)) === name);
    compare(
      `supplier ${name}`,
      own.some((row) => number(row.n) === n && (row.alone === null ? "none alone" : pounds(row.alone)) === alone),
      true
    );
  }
}

async function largest(published: Published, gss: string, $: CheerioAPI, compare: Compare): Promise<void> {
  const table = tableBy($, /^Value of the whole term as published/);
  if (table === undefined) return;
  const ids = $(table)
    .find("tbody th a")
    .toArray()
    .map((link) => new URLSearchParams(($(link).attr("href") ?? "").split("?")[1]).get("id"));
  const rows = await published.rows(
    `select *, starts_on::varchar as from_day, ends_on::varchar as to_day from contracts
     where council_gss = $1 and left_out_because is null order by value_gbp desc nulls last`,
    gss
  );
  cells($, table).forEach((shown, i) => {
    const row = rows.find(({contract_id}) => contract_id === ids[i]);
    compare(`contract ${ids[i]}`, shown.slice(2, 6), [
      `${row?.from_day ?? "?"} to ${row?.to_day ?? "?"}`,
      row?.value_gbp == null ? "–" : pounds(row.value_gbp),
      row?.annual_value_gbp == null ? "–" : pounds(row.annual_value_gbp),
      number(row?.supplier_count)
    ]);
    compare(`place of contract ${ids[i]}`, Number(row?.value_gbp ?? 0), Number(rows[i]?.value_gbp ?? 0));
  });
}

/** The front page: its verdicts, its sum of what is measured, and the councils of each region by how much is at hand. */
export async function homeNumbers(published: Published): Promise<Compared[]> {
  const $ = published.page("index");
  const verdicts = await published.rows(
    "select hypothesis_id, verdict, is_blinded from claims join verdicts using (hypothesis_id) where claim_kind = 'tested' order by hypothesis_id"
  );
  const chips = $(".verdict li")
    .toArray()
    .map((item) => [
      ($(item).find("a").attr("href") ?? "").split("/").pop(),
      plain($(item).find("[data-testid=verdict]").text()).toLowerCase(),
      /\bblinded\b/.test($(item).text())
    ])
    .sort();
  const [cells = {}] = await published.rows(
    `select count(*)::integer as n, count(*) filter (where not_measured_reason is null)::integer as measured from "council-scale"`
  );
  const regions = await published.rows(
    `with each as (
       select gss, case when nation = 'England' then region else nation end as place, count(contract_id)::integer as n
       from councils left join (select * from contracts where left_out_because is null) as counted on counted.council_gss = gss
       where valid_to is null group by all)
     select place, count(*)::integer as councils, count(*) filter (where n = 0)::integer as none,
       count(*) filter (where n between 1 and 4)::integer as few, count(*) filter (where n between 5 and 19)::integer as some,
       count(*) filter (where n between 20 and 99)::integer as many, count(*) filter (where n >= 100)::integer as most,
       sum(n)::integer as contracts
     from each group by place`
  );
  const all = regions.reduce((sum, {contracts}) => sum + Number(contracts), 0);
  return [
    {
      where: "verdicts",
      shown: chips,
      expected: verdicts.map((row) => [row.hypothesis_id, row.verdict, row.is_blinded]).sort()
    },
    {
      where: "what is measured",
      shown: /([\d,]+) of ([\d,]+) combinations/.exec(plain($(".verdict").text()))?.slice(1),
      expected: [number(cells.measured), number(cells.n)]
    },
    {
      where: "contracts that count",
      shown: plain($("main").text()).includes(`${number(all)} contracts counted`),
      expected: true
    },
    ...cellsOf($, /^Councils in force by number of contracts/).map((shown) => {
      const row = regions.find(({place}) => place === shown[0]);
      const {councils, none, few, some, many, most, contracts} = row ?? {};
      return {
        where: `councils of ${shown[0]}`,
        shown: shown.slice(1, 8),
        expected: [councils, none, few, some, many, most, contracts].map((n) => number(n))
      };
    })
  ];
}

/** One claim's page: its verdict, and every specification in figures. */
export async function claimNumbers(published: Published, claim: string): Promise<Compared[]> {
  const $ = published.page(`claims/${claim}`);
  const [verdict] = await published.rows("select * from verdicts where hypothesis_id = $1", claim);
  const rows = await published.rows(
    "select * from estimates where hypothesis_id = $1 and estimate is not null and low_95 is not null",
    claim
  );
  const three = (n: unknown): string => String(Number(Number(n).toPrecision(3))).replace("-", "−"); // figures that count
  return [
    {
      where: `verdict of ${claim}`,
      shown: plain($("[data-testid=verdict]").first().text()).toLowerCase(),
      expected: verdict?.verdict
    },
    ...cellsOf($, /^[\d,]+ specifications that could be estimated$/).map((shown) => {
      const name = (shown[0] ?? "").replace(/ \(primary\)$/, "");
      const row = rows.find(({spec_id}) => plain(String(spec_id)) === name);
      return {
        where: `${claim}, ${name}`,
        shown: shown.slice(1, 5),
        expected: [
          number(row?.council_count),
          number(row?.n),
          three(row?.estimate),
          `${three(row?.low_95)} to ${three(row?.high_95)}`
        ]
      };
    })
  ];
}

/** The pages of each scale measure: its column, and how they write it. */
export const MEASURES: Readonly<Record<string, readonly [column: string, write: (n: unknown) => string]>> = {
  "typical-pound": ["typical_pound_gbp", pounds],
  "median-contract": ["median_annual_gbp", pounds],
  "largest-share": ["largest_pct", (n) => pct(n)],
  "supplier-concentration": ["supplier_hhi", (n) => Number(n).toFixed(2)]
};

/** Scale by one measure beside one indicator: every council that a chart of the page draws. */
export async function besideNumbers(
  published: Published,
  path: string,
  indicator: string,
  measure = "typical-pound"
): Promise<Compared[]> {
  const [column, size] = MEASURES[measure]!;
  const $ = published.page(path);
  const rows = await published.rows(
    `select pairs.*, councils.short_name, indicators.unit from "scale-and-outcome" as pairs join councils using (gss) join indicators using (indicator_id)
     where indicator_id = $1 and scale_measure = $2`,
    indicator,
    column
  );
  return $("main figure")
    .toArray()
    .flatMap((figure) => {
      const period = /outcome of (\S+?)[.;,]?(?:\s|$)/.exec(plain($(figure).find(".chart-subtitle").text()))?.[1];
      const table = $(figure).find("table").get(0);
      if (table === undefined) return [];
      return cells($, table).map((shown) => {
        const row = rows.find((one) => one.short_name === shown[0] && one.outcome_period === period);
        const isHollow = row?.scale_value === null;
        return {
          where: `${path}, ${shown[0]}, ${period}`,
          shown: shown.slice(2),
          expected: [
            number(row?.contract_count),
            isHollow ? `${size(row?.scale_value_below_gate)} (hollow)` : size(row?.scale_value),
            row ? written(row.unit, row.outcome_value) : undefined,
            row?.low_95 == null ? "none" : range(row.low_95, row.high_95)
          ]
        };
      });
    });
}

/** Who holds the money of each year: organisations alone, and what cannot be given to one. */
export async function supplierNumbers(published: Published): Promise<Compared[]> {
  const $ = published.page("suppliers");
  const found: Compared[] = [];
  for (const table of $("main table").toArray()) {
    const caption = plain($(table).children("caption").text());
    const [year = ""] = /\d{4}-\d{2}/.exec(caption) ??
      /\d{4}-\d{2}/.exec(plain($(table).parents("details").first().find("caption").first().text())) ??
      /\d{4}-\d{2}/.exec(plain($("main .sentence").first().text())) ?? [""];
    const end = Number(year.slice(0, 4)) + 1;
    const counted = `select contract_id, supplier_key, supplier_count, council_gss, in_year_gbp from contracts join "contract-years" using (contract_id)
      where left_out_because is null and financial_year = ${end}
        and (terminated_on is null or terminated_on >= make_date(${end} - 1, 4, 1))`;
    const [whole = {}] = await published.rows(`select sum(in_year_gbp)::double as pounds from (${counted})`);
    const held = await published.rows(
      `select string_agg(distinct supplier_name, '|') as names, count(distinct contract_id)::integer as n, count(distinct council_gss)::integer as councils, sum(in_year_gbp)::double as pounds
       from (${counted}) as counted
       join (select distinct contract_id, supplier_id from "contract-suppliers" where not is_natural_person) using (contract_id)
       join suppliers using (supplier_id)
       where counted.supplier_count = 1 group by supplier_id`
    );
    for (const shown of cells($, table)) {
      if (/^Who holds/.test(caption)) {
        const share = (100 * Number((shown[2] ?? "").replaceAll(/[£,]/g, ""))) / Number(whole.pounds);
        found.push({where: `share of ${shown[0]}, ${year}`, shown: shown[3], expected: pct(share)});
      } else {
        const own = held.filter(({names}) =>
          String(names)
            .split("|")
            .map(plain)
            .includes(shown[0] ?? "")
        );
        const says = [shown[1], shown[2], shown[3]].join(" ");
        const sums = own.map(
          ({n, councils, pounds: sum}) => `${number(n)} ${number(councils)} £${number(Math.round(Number(sum)))}`
        );
        found.push({
          where: `${shown[0]}, ${year}: ${says} of ${sums.join("; ")}`,
          shown: sums.includes(says),
          expected: true
        });
      }
    }
    if (/^Who holds/.test(caption)) {
      const shown = cells($, table).reduce((sum, row) => sum + Number((row[2] ?? "").replaceAll(/[£,]/g, "")), 0);
      found.push({where: `all money of ${year}`, shown: Math.abs(shown - Number(whole.pounds)) <= 3, expected: true});
    }
  }
  return found;
}
