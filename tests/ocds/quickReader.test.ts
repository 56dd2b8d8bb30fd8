import * as fc from "fast-check";
import {expect, test} from "vitest";
import {z} from "zod";
import {MISFIT, quickReader} from "../../pipeline/ocds/quickReader.ts";
import {Release} from "../../pipeline/ocds/release.ts";
import {syntheticRelease} from "../bench/releases.ts";

/** What zod makes of a value, in the quick reader's words. */
function byZod(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value);
  return result.success ? result.data : MISFIT;
}

const ODD = [
  null,
  undefined,
  "",
  "x",
  "12",
  0,
  1.5,
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  true,
  [],
  {},
  ["a"],
  {a: 1}
];
const SMALL: readonly z.ZodType[] = [
  z.string(),
  z.string().min(1).max(2),
  z.number(),
  z.int(),
  z.number().min(0).max(12),
  z.boolean(),
  z.string().nullable(),
  z.string().optional(),
  z.string().nullish(),
  z.array(z.string()),
  z.union([z.string(), z.number().transform(String)]),
  z.string().refine((text) => text !== "x"),
  z.union([z.string(), z.int()]).refine((value) => value !== 0),
  z
    .number()
    .transform(String)
    .refine((text) => text !== "0"),
  z.array(z.string()).min(1),
  z.object({a: z.string().optional()}).refine(({a}) => a === undefined),
  z.object({a: z.number(), b: z.string().optional()}),
  z.object({a: z.string().optional(), c: z.array(z.int()).optional()})
];

test("of every kind of schema the two say the same of odd values", () => {
  for (const schema of SMALL) {
    const quick = quickReader(schema);
    for (const value of ODD) expect(quick(value)).toEqual(byZod(schema, value));
  }
});

test("a schema that it does not know is refused when the reader is made, not when a value comes", () => {
  expect(() => quickReader(z.date())).toThrow(/knows no date/);
  expect(() => quickReader(z.string().regex(/a/))).toThrow(/knows no check string_format/);
});

const names = {councils: ["Leeds City Council"], sectors: ["LS1 4"]};
const releases = fc
  .tuple(fc.integer({min: 1, max: 1e6}), fc.integer({min: 0, max: 5_000}))
  .map(([seed, i]) => syntheticRelease(seed, i, names));

/** The places in a value, each as the way to it. */
function places(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([key, inside]) => places(inside, [...way, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

const readQuickly = quickReader(Release);

test("releases with anything in any place are read as the schema reads them, or left to the schema", () => {
  let fitting = 0;
  fc.assert(
    fc.property(releases, fc.nat(), fc.oneof(fc.constantFrom(...ODD), fc.jsonValue()), (release, where, by) => {
      const all = places(release);
      const changed = replaced(release, all[where % all.length]!, by);
      const [quick, slow] = [readQuickly(changed), byZod(Release, changed)];
      if (quick !== MISFIT) {
        fitting += 1;
        expect(quick).toEqual(slow);
      }
    }),
    {numRuns: 400, seed: 20_260_401}
  );
  expect(fitting).toBeGreaterThan(100);
});

test("what a register publishes all day needs no second look", () => {
  const misfits = {quick: 0, slow: 0};
  for (let i = 0; i < 4_000; i += 1) {
    const release = syntheticRelease(7, i, names);
    if (readQuickly(release) === MISFIT) misfits.quick += 1;
    if (byZod(Release, release) === MISFIT) misfits.slow += 1;
  }
  expect(misfits).toEqual({quick: 8, slow: 8}); // one in 500 is broken, in eight ways
});
