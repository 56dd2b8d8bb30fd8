/** A phrase that no sentence of ours may hold, and why. */
interface Rule {
  readonly pattern: RegExp;
  readonly why: string;
}

const RULES: readonly Rule[] = [
  {pattern: /\bprov(e|es|ed|en|ing)\b/i, why: "statistics of councils do not prove"},
  {pattern: /\bshows? that (scale|size|larger|bigger)\b/i, why: "an association does not show a cause"},
  {
    pattern:
      /\b(causes|caused by|causing|leads? to|led to|results? in|resulted in|drives|driven by|because of (larger|bigger))\b/i,
    why: "no causal verbs"
  },
  {pattern: /\b(due to|thanks to|effect of|impact of) (larger|bigger|contract|scale|size)/i, why: "no causal words"},
  {pattern: /\bfailure demand rates?\b/i, why: 'an official indicator is a "repeat-demand indicator"'},
  {pattern: /\b(best|worst|top|bottom)[ -](council|performing|performer|ranked)/i, why: "no ranking"},
  {pattern: /\b(league tables?|rank(s|ed|ing)? (first|last|\d))\b/i, why: "no ranking"},
  {pattern: /\b(statistically significant|insignificant)\b/i, why: "an interval says more"},
  {pattern: /\bmonetary waste|value for money failure\b/i, why: "no judgement on a council"}
];

/** What the site says of itself, that it does none of it; and a term of criminal justice. */
const DENIALS = [
  /\bproven (further|re)[ -]?offen[cd]\w*/gi,
  /\bno (score and no )?league tables?\b/gi,
  /\bsays nothing about causes\b/gi
];

const withoutDenials = (text: string): string => DENIALS.reduce((left, denial) => left.replaceAll(denial, "…"), text);

/** Text without what stands between quotation marks: other people's words are theirs. */
const withoutQuotations = (text: string): string => text.replaceAll(/“[^”]*”|"[^"]*"/g, "“…”");

/**
 * What is wrong with a sentence of ours, in words; empty when nothing is.
 *
 * Checked on every generated sentence and every claim's card: no causal verbs, no proof, no ranking, "failure demand" only in
 * quotation marks, and £16bn never as a saving without "if … typical" within 200 characters.
 */
export function wordingProblems(text: string): string[] {
  const own = withoutDenials(withoutQuotations(text));
  const problems = RULES.flatMap(({pattern, why}) => {
    const found = pattern.exec(own);
    return found ? [`"${found[0]}": ${why}`] : [];
  });
  if (/\bfailure demand\b/i.test(own)) problems.push('"failure demand": only inside quotation marks');
  for (const {index} of own.matchAll(
    /\bsav(e|es|ed|ing|ings)\b[^.]{0,80}£ ?16 ?(bn|billion)|£ ?16 ?(bn|billion)[^.]{0,80}\bsav(e|es|ed|ing|ings)\b/gi
  )) {
    const near = own.slice(Math.max(0, index - 200), index + 200);
    if (!/\bif\b[^.]{0,120}\btypical\b/i.test(near))
      problems.push('"£16bn" as a saving: "if … typical" must stand within 200 characters');
  }
  return problems;
}
