import {decode} from "html-entities";
import {wordingProblems} from "../../pipeline/analysis/wording.ts";

const IN_A_LINE = "a|abbr|em|strong|span|b|i|time|q|sup|sub";

/** What a page says, block by block: one paragraph, cell or heading each, without code, styles and scripts. */
export function blocksOf(html: string): string[] {
  const shown = html
    .replaceAll(/<!--[\s\S]*?-->/g, " ")
    .replaceAll(/<(script|style|pre|code)\b[\s\S]*?<\/\1>/g, " ")
    .replaceAll(new RegExp(`</?(${IN_A_LINE})\\b[^>]*>`, "g"), "")
    .replaceAll(/<[^>]+>/g, "\n");
  return decode(shown)
    .split("\n")
    .map((block) => block.replaceAll(/\s+/g, " ").trim())
    .filter((block) => block !== "");
}

/** Every block that breaks a rule of wording, with the rule. */
export const brokenRules = (html: string): string[] =>
  blocksOf(html).flatMap((block) => wordingProblems(block).map((problem) => `${problem}, in: ${block.slice(0, 160)}`));
