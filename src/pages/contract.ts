import {flagWords, KIND_LABELS} from "../components/contractWords.ts";
import {text} from "../components/html.ts";
import type {Page} from "./page.ts";
import type {Site} from "./site.ts";

/** The page that shows any one contract by the id in its address. A page each would be a million files. */
export function contractPage(site: Site): Page {
  return {
    path: "contract/index.md",
    title: "One contract",
    description:
      "One contract with every judgement and the rule behind it, its suppliers, its notice and how to cite it.",
    body: [
      `<p class="kicker"><a href="/contracts">Contracts</a></p>`,
      `<div data-contract><h1>One contract</h1><p class="lede">The address names a contract by its id, sixteen digits from 0 to f, such as <code>/contract/?id=0123456789abcdef</code>.</p><p class="notice without-script">Looking a contract up needs JavaScript. Without it, the same row stands in the <a href="/data">published tables</a>, contracts and contract-suppliers, under its contract_id.</p></div>`,
      `<h2 id="words">What the words mean</h2>`,
      `<details><summary>Kinds of value, rules and flags</summary>${glossary(site)}</details>`
    ].join("\n\n")
  };
}

/** Explains every code that a contract can carry; the view of a contract takes its sentences from here. */
function glossary(site: Site): string {
  const meanings = site.dataset.codes.filter(({table}) => table === "contracts");
  const kinds = meanings.filter(({column}) => column === "value_kind");
  const flags = meanings.filter(({column}) => column === "flags");
  return [
    `<h3>Kinds of value</h3>`,
    definitions(
      "kind",
      kinds.map(({code, meaning}) => [code, KIND_LABELS[code] ?? code, meaning])
    ),
    `<h3>Rules that decide the kind</h3>`,
    definitions(
      "rule",
      site.value_kind_rules.map(({rule, says}) => [rule, rule, says])
    ),
    `<h3>Flags</h3>`,
    definitions(
      "flag",
      flags.map(({code}) => [code, code, flagWords(code)])
    )
  ].join("");
}

const definitions = (
  kind: string,
  entries: readonly (readonly [code: string, term: string, says: string])[]
): string =>
  entries.length === 0
    ? "<p>None at hand.</p>"
    : `<dl>${entries.map(([code, term, says]) => `<dt>${text(term)}</dt><dd data-${kind}="${text(code)}">${text(says)}</dd>`).join("")}</dl>`;
