import {count, percent} from "../components/format.ts";
import {list, table, text} from "../components/html.ts";
import {deviations} from "./claims.ts";
import type {Page} from "./page.ts";
import type {Site} from "./site.ts";

const RULES = {
  service_line: [
    "Which service a contract is for",
    "By the longest CPV prefix; where a code stands for everything social, by words of the title."
  ],
  buyer: [
    "Whose contract it is",
    "A council is recognised by its exact name or a known alias, never by the word “council”."
  ]
} as const;

/** How a number comes about, and every rule that judged a row, with how many rows it decided. */
export function methodsPage(site: Site): Page {
  return {
    path: "methods.md",
    title: "Methods",
    description: "How contract size, coverage and outcomes are worked out, and every rule that judged a row.",
    body: [
      `<h1>Methods</h1>`,
      `<p class="lede">From a register’s bytes to a dot on a chart: nothing is lost silently, every judgement has a column and a rule, and a row that is left out is counted.</p>`,
      WAY,
      MEASURES,
      NOT_CLAIMED,
      `<h2 id="plan">The plan, and what was changed</h2>`,
      plan(site),
      `<h2 id="rules">The rules, and how many rows each decided</h2>`,
      valueKindRules(site),
      mistyped(site),
      duplicates(site),
      ...(Object.keys(RULES) as (keyof typeof RULES)[]).map((kind) => rules(kind, site)),
      `<p>Why things are built as they are: <a href="/decisions">decisions</a>. How fast, and how much memory it takes: <a href="/performance">performance</a>. What people have changed by hand: <a href="/corrections">corrections</a>.</p>`
    ].join("\n\n")
  };
}

const WAY = `## The way of a number

1. **Raw bytes** are archived with their address, time and SHA-256 before anything reads them.
2. **Every release is checked** against one schema. What does not fit is kept with its place and reason; releases seen are always releases staged plus releases rejected.
3. **Core**: one row for one real contract, in its latest state, whatever its releases, suppliers or registers. Kind, VAT, buyer, service and duplicates are columns, each with the rule that decided.
4. **Marts**: one row for one dot. Adding up happens only here.
5. **Published tables** are what the charts draw, byte for byte.`;

const MEASURES = `<h2 id="measures">What each measure means</h2>

- **Financial year** 2024-25 runs from 1 April 2024 to 31 March 2025. Dates are calendar dates in London, both ends included.
- **Size** of a contract: value × 365 ÷ the greater of 365 and the days of its core term. A contract without a usable term has no size, and is counted as left out.
- **Money in a year**: value × days of the term inside the year ÷ days of the term. The years of a contract add up to its value, to the penny.
- **In force**: the core term overlaps the year by at least a day.
- **Typical pound**: the smallest size at which contracts up to that size hold half of the money of the year.
- **Gate**: fewer than five contracts give no measure. A smaller cell may be drawn as a hollow dot and is never analysed.
- **Coverage**: money in the year as a share of the council’s running expenses for the same service (revenue outturn). It is published contracts as a share of running expenses, not of spending, and may exceed 100 %.
- **Lag**: contract scale in one year stands beside the outcome that ends a year later.
- **Intervals** of percentages are Wilson’s at 95 %. Administrative totals have none.`;

const NOT_CLAIMED = `<h2 id="limits">What we do not claim</h2>

- A published value is not money spent, and a framework’s ceiling is not a contract. Ceilings are never added up.
- A council without contracts here is a council we know nothing about, not one that buys nothing.
- What a children’s trust buys that one council owns outright counts in that council’s scale and is marked; what several councils own together is nobody’s alone. The bodies, their years and the pages that say so are a list that people keep; a specification of each claim leaves their contracts out. Companies of other services are not on it: such a buyer is a company here, and its contracts are nobody’s.
- Councils that ended in 2009, and those of Northern Ireland until 2015, are listed with what followed them, but of their residents and spending nothing is at hand.
- Below which amounts a contract need not be published is known for England only. For Scotland, Wales and Northern Ireland the floor is not at hand, and says so wherever it would stand.
- Figures about councils say nothing about people, and an association says nothing about causes.
- There is no score and no league table. Councils are compared with their own kind, and nations are never pooled.
- No official statistic measures “failure demand”. Repeat-demand indicators are the nearest, and each says how near.`;

/** What was fixed before any outcome was looked at, and whatever was not kept to. */
function plan(site: Site): string {
  const [primary] = site.claims.estimates.filter(({is_primary, formula}) => is_primary && formula !== "");
  const [verdict] = site.claims.verdicts;
  return [
    `<p>The plan is the claims’ own files: the words, the measure, the smallest effect that would matter, the least data, and what supports or contradicts. Its hash, over all of them, is <code>${text(verdict?.plan_sha256 ?? "not analysed yet")}</code>. Until that hash is committed, outcomes are dealt out anew among councils of the same class before anything is estimated, with a seed made of the hash itself, so the whole machinery can be tried and nothing is learnt.</p>`,
    primary === undefined
      ? ""
      : `<p>The primary analysis${site.claims.claims.length === 0 ? "" : " of each claim is of this form"}: <code>${text(primary.formula)}</code>. Council and year effects where ten councils and half of all have two years or more, else a cross-section within class and year with deprivation, log population and rurality held.</p>`,
    `<p><strong>Deviations.</strong></p>`,
    deviations(site),
    `<p>Everything else that could be defended is in the <a href="/claims">specification curve of each claim</a>, counted, with the false-discovery rate over all of it. Every estimate can be run again: <a href="/data#check">check and rerun</a>.</p>`
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The ordered list, with what each rule decided and how often it was right where a person had labelled the award. */
function valueKindRules(site: Site): string {
  const intro =
    "The first rule that holds decides. Only contracts and call-offs are measured; what a rule is unsure of is held out of every measure. Rules were written with the labelled awards in view, so on awards nobody has looked at they will be right less often.";
  return `<h3 id="value-kinds">What a published number is a number for</h3>\n\n<p>${intro}</p>\n\n${table(
    "Rules in the order in which they are tried",
    site.value_kind_rules,
    [
      {heading: "Rule", cell: ({rule}) => `<code>${text(rule)}</code>`},
      {heading: "It says", cell: ({says}) => text(says)},
      {
        heading: "Decides",
        cell: ({value_kind, is_unsure}) => `${text(value_kind.replaceAll("-", " "))}${is_unsure ? ", unsure" : ""}`
      },
      {heading: "Rows", cell: ({contract_count}) => count(contract_count), isNumber: true},
      {
        heading: "As labelled",
        cell: ({right_count, labelled_count}) =>
          labelled_count === 0 ? "no label" : `${count(right_count)} of ${count(labelled_count)}`,
        isNumber: true
      }
    ]
  )}`;
}

/** How a slip of the keyboard is kept out of every figure, with how many rows each such rule decided. */
function mistyped(site: Site): string {
  const rows = site.value_kind_rules.filter(({rule}) => MISTYPED.has(rule));
  return `<h3 id="mistyped">An amount that somebody mistyped</h3>\n\n<p>One register holds £833,246,352 for a contract whose own process estimates £8,483,535. Such an amount must not carry a total or a mean: it is compared with the estimate of its process, with the amounts in its own text, and with the residents of the council that buys. What fails is marked unsure, stands in no measure, and is counted under <em>left out</em>; <code>trace</code> names the rule.</p>\n\n${list(
    rows.map(
      ({rule, says, contract_count}) => `<code>${text(rule)}</code>: ${text(says)} ${count(contract_count)} rows.`
    )
  )}`;
}

const MISTYPED = new Set([
  "amount-far-above-its-estimate",
  "amount-off-by-a-power-of-ten",
  "amount-beyond-its-council"
]);

/** How many published rows are an award that another row holds already. */
function duplicates(site: Site): string {
  return `<h3 id="duplicates">The same award again</h3>\n\n<p>An award that is published again, under another id, in another process or in another register, is counted once; the row that is not counted stays and points at the one that is.</p>\n\n${table(
    "Rows that are the same award as another row, by register and rule",
    site.duplicate_rules,
    [
      {heading: "Register", cell: ({register_id}) => text(register_id)},
      {
        heading: "Rule",
        cell: ({duplicate_rule}) => (duplicate_rule === "" ? "kept" : `<code>${text(duplicate_rule)}</code>`)
      },
      {heading: "Rows", cell: ({contract_count}) => count(contract_count), isNumber: true},
      {
        heading: "Of the register’s rows",
        cell: ({share_of_register_pct}) => percent(share_of_register_pct),
        isNumber: true
      }
    ]
  )}`;
}

function rules(kind: keyof typeof RULES, site: Site): string {
  const rows = site.rules.filter((rule) => rule.kind === kind);
  const [title, words] = RULES[kind];
  return `<h3>${title}</h3>\n\n<p>${words}</p>\n\n${table(`${title}: rules and rows`, rows, [
    {heading: "Rule", cell: ({rule}) => `<code>${text(rule)}</code>`},
    {heading: "Decides", cell: ({decides}) => text(decides.replaceAll("-", " "))},
    {heading: "Rows", cell: (rule) => count(rule.count), isNumber: true}
  ])}`;
}
