import {dayMonthYear} from "../components/format.ts";
import {address, text} from "../components/html.ts";
import type {CouncilRow} from "../components/rows.ts";
import {brief} from "./council/brief.ts";
import {buying, largestContracts} from "./council/buying.ts";
import {coverage} from "./council/coverage.ts";
import {whatItRuns, whoItIs} from "./council/identity.ts";
import {outcomes} from "./council/outcomes.ts";
import {scale} from "./council/scale.ts";
import {type Subject, subjectOf} from "./council/subject.ts";
import {otherWords} from "./otherWords.ts";
import type {Page} from "./page.ts";
import type {Site} from "./site.ts";

/** The page of one council, in force or abolished, in the order in which a reader needs it. */
export function councilPage(council: CouncilRow, site: Site, document: Document): Page {
  const subject = subjectOf(council, site, document);
  const drawn = [scale(subject), outcomes(subject), buying(subject)] as const;
  const [sizes, returns, suppliers] = drawn;
  const parts = [
    whatItRuns(subject),
    coverage(subject),
    sizes.html,
    returns.html,
    suppliers.html,
    largestContracts(subject),
    reply(subject),
    pack(subject),
    downloads(council)
  ];
  return {
    path: `council/${council.gss}.md`,
    title: council.name,
    description: `How large the published contracts of ${council.name} are, what its services cost, and how often people come back: with intervals, sources and what is missing.`,
    keywords: otherWords(council, site),
    body: [
      `<p class="kicker"><a href="/councils">Councils</a> · ${text(council.region)}</p>`,
      `<h1>${text(council.name)}</h1>`,
      whoItIs(subject),
      onThisPage(parts),
      ...parts,
      brief(subject)
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    files: new Map(drawn.flatMap(({files}) => files))
  };
}

/** Where what is on a long page: its own headings, in their order. */
function onThisPage(parts: readonly string[]): string {
  const items = [...parts.join("").matchAll(/<h2 id="([^"]+)">(.*?)<\/h2>/g)].map(
    ([, id, heading]) => `<li><a href="#${id}">${heading}</a></li>`
  );
  return `<nav class="on-page" aria-label="On this page"><ul>${items.join("")}</ul></nav>`;
}

/** What the council answered, unedited and dated; else how it can. */
function reply({council, site}: Subject): string {
  const own = site.replies.filter(({gss}) => gss === council.gss);
  const heading = `<h2 id="reply">The council’s reply</h2>`;
  if (own.length === 0)
    return `${heading}\n\n<p>None has been sent. A council that finds a figure wrong, or wants words beside it, <a href="/contribute#a-council-s-reply">can reply</a>; the reply stands here, dated and unedited.</p>`;
  const said = own.map(
    ({replied_on, about, reply: words, source_url}) =>
      `<figure class="reply"><blockquote><p>${text(words)}</p></blockquote><figcaption>${text(about)}, ${dayMonthYear(replied_on)}${source_url?.startsWith("https://") ? `, <a href="${address(source_url)}">where it was published</a>` : ""}</figcaption></figure>`
  );
  return `${heading}\n\n${said.join("")}`;
}

/** What a campaigner takes along: the brief, the letter, and similar councils side by side. */
const pack = (subject: Subject): string =>
  `<h2 id="pack">For a meeting</h2>\n\n<p>Printing this page gives a brief of one or two A4 pages: the figures with their intervals, questions to ask, what cannot be said, sources and version. <a href="#brief">See the brief</a>.${subject.council.valid_to === null ? ` What is missing can be asked for: <a href="#contracts">the letter is above</a>.` : ""}</p>${beside(subject)}`;

/** Similar councils by an open and versioned method: the page of comparisons chooses them from the set. */
function beside({council, site}: Subject): string {
  const links = (site.neighboursOf.get(council.gss) ?? []).map(({set_id, version}) => {
    return `<a href="/compare?councils=${council.gss}&amp;set=${text(set_id)}">similar councils by ${text(SETS[set_id] ?? set_id)} (${text(version)})</a>`;
  });
  return links.length === 0 ? "" : `\n\n<p>Beside one another: ${links.join("; ")}.</p>`;
}

const SETS: Readonly<Record<string, string>> = {
  "ons-global": "the Office for National Statistics’ method",
  "dfe-children": "the Department for Education’s method for children’s services"
};

const downloads = ({gss}: CouncilRow): string =>
  `<h2 id="data">The data</h2>\n\n<p>Every figure here stands in the <a href="/data">published tables</a> under the code <code>${gss}</code>: <a href="/data/contracts.csv">contracts</a>, <a href="/data/council-scale.csv">contract scale</a>, <a href="/data/local-share.csv">local shares</a>, <a href="/data/observations.csv">cost and repeat demand</a>, <a href="/data/funnel-limits.csv">funnel limits</a>.</p>`;
