import {readdirSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {randomOf, shuffled} from "../../pipeline/statistics/random.ts";
import {
  besideNumbers,
  type Compared,
  claimNumbers,
  councilNumbers,
  homeNumbers,
  MEASURES,
  Published,
  supplierNumbers
} from "./recomputed.ts";

// Councils by chance, and what else shows numbers: recomputed from the files that the site offers. Another seed draws others.

const SEED = Number(process.env.RECOMPUTE_SEED ?? 1);
const COUNCILS = Number(process.env.RECOMPUTE_COUNCILS ?? 8);
const MINUTES = 60_000;

/** Registers the recomputations of a built site; its folder is asked for when they run. */
export function recomputations(built: () => string): void {
  describe("every number on a page is that of the published files", () => {
    let published: Published;
    beforeAll(async () => {
      published = await Published.open(built());
    });
    afterAll(() => published?.close());

    test(
      `on the pages of ${COUNCILS} councils drawn with seed ${SEED}, and of one with measured contracts`,
      async () => {
        for (const gss of ["E06000023", ...(await drawn(published))]) {
          const found = await councilNumbers(published, gss);
          expect(found.length, `${gss} shows too few numbers to be a council's page`).toBeGreaterThan(0);
          expect(wrong(found)).toEqual([]);
        }
      },
      2 * MINUTES
    );

    test("on the front page", async () => expect(wrong(await homeNumbers(published))).toEqual([]), MINUTES);

    test(
      "on the page of suppliers",
      async () => {
        const found = await supplierNumbers(published);
        expect(found.length).toBeGreaterThan(20);
        expect(wrong(found)).toEqual([]);
      },
      MINUTES
    );

    test(
      "on the page of every claim",
      async () => {
        for (const claim of pagesIn(built(), "claims")) expect(wrong(await claimNumbers(published, claim))).toEqual([]);
      },
      MINUTES
    );

    test(
      "on every page of scale beside cost or repeat demand",
      async () => {
        const found: Compared[] = [];
        for (const kind of ["cost", "repeat-demand"])
          for (const indicator of pagesIn(built(), kind)) {
            found.push(...(await besideNumbers(published, `${kind}/${indicator}`, indicator)));
            for (const measure of pagesIn(built(), `${kind}/${indicator}`).filter((name) => name in MEASURES))
              found.push(...(await besideNumbers(published, `${kind}/${indicator}/${measure}`, indicator, measure)));
          }
        expect(found.length).toBeGreaterThan(50);
        expect(wrong(found)).toEqual([]);
      },
      MINUTES
    );
  });
}

const wrong = (found: readonly Compared[]): Compared[] =>
  found.filter(({shown, expected}) => JSON.stringify(shown) !== JSON.stringify(expected));

const pagesIn = (built: string, folder: string): string[] =>
  readdirSync(join(built, folder), {withFileTypes: true})
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map(({name}) => name.replace(".html", ""))
    .sort();

/** Councils in force and abolished alike, as the seed shuffles them. */
async function drawn(published: Published): Promise<string[]> {
  const councils = await published.rows(
    "select gss from councils where not (is_recode_only and council_gss <> gss) order by gss"
  );
  const codes = councils.map(({gss}) => String(gss));
  return shuffled(codes, randomOf(SEED)).slice(0, COUNCILS);
}
