import * as fc from "fast-check";
import {expect, test} from "vitest";
import {TEXT} from "../../pipeline/ocds/instrument.ts";
import {phrases, Trigrams} from "../../pipeline/ocds/trigrams.ts";

const trigrams = new Trigrams();

const holds = (text: string, ...wanted: string[]): boolean => {
  trigrams.read(text);
  return trigrams.holdsOne(phrases(...wanted));
};

test("it finds what String.includes finds, whatever was read before", () => {
  const words = fc.string({unit: fc.constantFrom("a", "b", "A", "é", " ", "…"), maxLength: 40});
  fc.assert(
    fc.property(
      words,
      fc.array(fc.string({unit: fc.constantFrom("a", "b", "A", "é", " "), maxLength: 5}), {minLength: 1, maxLength: 4}),
      (text, wanted) => {
        expect(holds(text, ...wanted)).toBe(wanted.some((phrase) => text.includes(phrase)));
      }
    ),
    {numRuns: 2_000, seed: 20_260_402}
  );
});

/** A pattern without what looks around: it matches all that the pattern matches, and more. */
function withoutLooking(source: string): string {
  let text = "";
  for (let i = 0; i < source.length; ) {
    if (/^\(\?<?[=!]/.test(source.slice(i, i + 4))) i = closing(source, i) + 1;
    else if (source[i] === "\\") {
      if (source[i + 1] !== "b") text += source.slice(i, i + 2);
      i += 2;
    } else {
      text += source[i] === "^" && source[i - 1] !== "[" ? "" : source[i];
      i += 1;
    }
  }
  return text;
}

/** Where the bracket that opens at `from` closes. */
function closing(source: string, from: number): number {
  let depth = 0;
  let inClass = false;
  for (let i = from; i < source.length; i += 1) {
    if (source[i] === "\\") i += 1;
    else if (inClass) inClass = source[i] !== "]";
    else if (source[i] === "[") inClass = true;
    else if (source[i] === "(") depth += 1;
    else if (source[i] === ")" && --depth === 0) return i;
  }
  throw new Error(`no bracket closes ${source.slice(from, from + 20)}`);
}

test.each(Object.entries(TEXT))(
  "whatever the pattern of %s matches holds one of its phrases",
  (_name, {cues, pattern}) => {
    let matching = 0;
    fc.assert(
      fc.property(fc.stringMatching(new RegExp(withoutLooking(pattern.source)), {maxLength: 200}), (made) => {
        const text = made.toLowerCase();
        const [found] = pattern.exec(text) ?? [];
        if (found === undefined) return;
        matching += 1;
        trigrams.read(found);
        expect(trigrams.holdsOne(cues), found).toBe(true);
      }),
      {numRuns: 600, seed: 20_260_403}
    );
    expect(matching).toBeGreaterThan(20);
  }
);
