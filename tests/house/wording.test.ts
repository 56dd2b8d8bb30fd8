import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {wordingProblems} from "../../pipeline/analysis/wording.ts";
import {filesBelow, ROOT} from "./imports.ts";
import {blocksOf, brokenRules} from "./words.ts";

const MADE = /^src\/(data|council|indicator|embed|claims)\//; // by publish, and tested where it is made
const written = filesBelow("src", ".md").filter((path) => !MADE.test(path));
const code = [
  "src/pages",
  "src/components",
  "src/browser",
  "pipeline/analysis",
  "pipeline/hypotheses",
  "pipeline/indicators",
  "pipeline/publish"
]
  .flatMap((folder) => filesBelow(folder, ".ts"))
  .filter((path) => path !== "pipeline/analysis/wording.ts"); // names what it forbids

// The rules must bite here too: a list that matches nothing would pass every page.
test.each([
  ["Buying bigger causes people to come back.", "no causal verbs"],
  ["This proves the report right.", "do not prove"],
  ["The data show that scale matters.", "does not show a cause"],
  ["Larger contracts led to more referrals.", "no causal verbs"],
  ["The failure demand rate is 21 %.", "repeat-demand"],
  ["Leeds is the best council.", "no ranking"],
  ["Leeds ranked first.", "no ranking"],
  ["A statistically significant difference.", "an interval says more"],
  ["Local by default saves £16bn a year.", "if … typical"]
])("%s is found in a paragraph of a page", (sentence, why) => {
  expect(brokenRules(`<p>Some <strong>words</strong>.</p><p>${sentence}</p>`).join()).toContain(why);
});

test("other people's words, code and denials are not ours; a rule looks at one block at a time", () => {
  expect(brokenRules("<p>They say it “proves” the case.</p><pre>causes</pre><p>There is no league table.</p>")).toEqual(
    []
  );
  expect(brokenRules("<td>What £16bn a year would take</td><td>Larger contracts and no saving</td>")).toEqual([]);
  expect(blocksOf("<p>one <em>two</em>&#33;</p><p>three</p>")).toEqual(["one two!", "three"]);
});

test.each(written)("%s says nothing that the rules of wording forbid", (path) => {
  const html = readFileSync(join(ROOT, path), "utf8").replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, " ");
  expect(brokenRules(html)).toEqual([]);
});

test("no string in the code that makes pages and verdicts says it either", () => {
  const found = code.flatMap((path) =>
    strings(readFileSync(join(ROOT, path), "utf8")).flatMap((words) =>
      wordingProblems(words).map((problem) => `${path}: ${problem}`)
    )
  );
  expect(found).toEqual([]);
});

/** Strings and templates of a source file, comments left out. */
function strings(source: string): string[] {
  const literal = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g;
  return (source.match(literal) ?? []).filter((found) => !found.startsWith("/")).map((found) => found.slice(1, -1));
}
