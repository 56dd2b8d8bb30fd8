import {count} from "../components/format.ts";
import {table, text} from "../components/html.ts";
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
      `<h2 id="rules">The rules, and how many rows each decided</h2>`,
      valueKindRules(site),
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
- Figures about councils say nothing about people, and an association says nothing about causes.
- There is no score and no league table. Councils are compared with their own kind, and nations are never pooled.
- No official statistic measures “failure demand”. Repeat-demand indicators are the nearest, and each says how near.`;

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

function rules(kind: keyof typeof RULES, site: Site): string {
  const rows = site.rules.filter((rule) => rule.kind === kind);
  const [title, words] = RULES[kind];
  return `<h3>${title}</h3>\n\n<p>${words}</p>\n\n${table(`${title}: rules and rows`, rows, [
    {heading: "Rule", cell: ({rule}) => `<code>${text(rule)}</code>`},
    {heading: "Decides", cell: ({decides}) => text(decides.replaceAll("-", " "))},
    {heading: "Rows", cell: (rule) => count(rule.count), isNumber: true}
  ])}`;
}
