import {cpSync, mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import type {Indicator, Observation, Publication} from "../../pipeline/indicators/indicator.ts";
import {type Row, stageReleases} from "../../pipeline/ocds/stage.ts";
import type {Register} from "../../pipeline/registers/register.ts";
import {type BuildOptions, buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";

// A SYNTHETIC world small enough to work out by hand: six invented councils, one register, two indicators.

const FIXTURES = fileURLToPath(new URL("../fixtures/reference/", import.meta.url));
const COMMITTED = fileURLToPath(new URL("../../data/reference/", import.meta.url));

export const register: Register = {
  id: "synthetic-register",
  title: "SYNTHETIC register",
  publisher: "nobody",
  documentation: "https://example.org/",
  licence: "OGL-UK-3.0",
  attribution: "SYNTHETIC",
  publishedSince: "2015-01-01",
  caveats: ["SYNTHETIC"],
  encoding: {},
  noticeUrl: () => null
};

const indicator = (overrides: Partial<Indicator>): Indicator => ({
  id: "children-rereferrals",
  kind: "repeat-demand",
  title: "SYNTHETIC re-referrals",
  question: "SYNTHETIC?",
  unit: "percent",
  polarity: "higher-is-more-repeat-demand",
  tier: "upper",
  serviceLine: "childrens-social-care",
  numerator: null,
  denominator: null,
  per: 100,
  interval: "wilson",
  range: [0, 100],
  periodType: "financial-year",
  caveats: ["SYNTHETIC"],
  ...overrides
});

export const publication: Publication = {
  id: "synthetic-publication",
  title: "SYNTHETIC publication",
  publisher: "nobody",
  licence: "OGL-UK-3.0",
  attribution: "SYNTHETIC",
  page: "https://example.org/",
  discovery: {
    start: [],
    hosts: [],
    forPrograms: [],
    wants: "SYNTHETIC file",
    notTriedLive: "SYNTHETIC.",
    read: () => ({files: [], ask: [], others: []})
  },
  periods: "SYNTHETIC",
  nextUpdate: "not stated",
  caveats: [],
  traps: [],
  indicators: [
    indicator({}),
    indicator({
      id: "running-expenses-childrens-social-care",
      kind: "context",
      unit: "pounds-thousand",
      per: null,
      interval: "none: administrative total",
      range: [0, 1e9]
    })
  ],
  expect: {councilsPerPeriod: [1, 400]},
  recognises: () => true,
  observations: () => []
};

/** An award as a register would publish it; say only what matters to the test. */
export interface AwardSketch {
  readonly ocid?: string;
  readonly awardId?: string;
  readonly releaseId?: string;
  readonly date?: string;
  readonly buyer?: string;
  readonly title?: string;
  readonly amount?: number | null;
  readonly currency?: string;
  readonly start?: string | null;
  readonly end?: string | null;
  readonly suppliers?: readonly string[];
  readonly method?: string;
  readonly cpv?: string;
}

let made = 0;

/** A release body with one award. Every sketch is another process unless it says which. */
export function releaseOf(sketch: AwardSketch): Record<string, unknown> {
  made += 1;
  const suppliers = sketch.suppliers ?? ["SYNTHETIC Supplier Ltd"];
  const parties = suppliers.map((name, i) => ({id: `s${i}`, name, roles: ["supplier"]}));
  return {
    ocid: sketch.ocid ?? `ocds-synth0-${made}`,
    id: sketch.releaseId ?? `release-${made}`,
    date: sketch.date ?? "2024-04-30T10:00:00Z",
    tag: ["award"],
    buyer: {id: "b", name: sketch.buyer ?? "SYNTHETIC Ashshire County Council"},
    tender: {
      id: "t",
      title: sketch.title ?? `SYNTHETIC fostering ${made}`,
      procurementMethodDetails: sketch.method ?? "Open procedure",
      classification: {scheme: "CPV", id: sketch.cpv ?? "85311300", description: "SYNTHETIC label"}
    },
    parties: [{id: "b", name: sketch.buyer ?? "SYNTHETIC Ashshire County Council", roles: ["buyer"]}, ...parties],
    awards: [
      {
        id: sketch.awardId ?? "1",
        status: "active",
        ...(sketch.amount === null
          ? {}
          : {value: {amount: sketch.amount ?? 365_000, currency: sketch.currency ?? "GBP"}}),
        suppliers: parties.map(({id, name}) => ({id, name})),
        contractPeriod: {
          startDate: sketch.start === undefined ? "2023-04-01" : sketch.start,
          endDate: sketch.end === undefined ? "2024-03-31" : sketch.end
        }
      }
    ]
  };
}

export const observation = (overrides: Partial<Observation>): Observation => ({
  indicatorId: "children-rereferrals",
  gss: "E10000001",
  period: "2024-25",
  periodStartOn: "2024-04-01",
  periodEndOn: "2025-03-31",
  value: 20,
  numerator: 200,
  denominator: 1000,
  missingReason: null,
  position: "row 2",
  ...overrides
});

/** A warehouse in memory, built from the given releases and observations. Close it when done. */
export async function worldOf(
  bodies: readonly unknown[],
  observations: readonly Observation[] = [],
  files = 1
): Promise<Warehouse> {
  const warehouse = await Warehouse.open(null);
  await warehouse.prepareStaging();
  for (let file = 0; file < files; file += 1)
    await stage(
      warehouse,
      `file-${file}`,
      bodies.filter((_, i) => i % files === file)
    );
  await stageObservations(warehouse, observations);
  await rebuild(warehouse);
  return warehouse;
}

export async function stage(warehouse: Warehouse, raw_sha256: string, bodies: readonly unknown[]): Promise<void> {
  const staged = stageReleases(bodies, {register_id: register.id, raw_sha256}, register.noticeUrl);
  for (const [table, rows] of Object.entries(staged)) await warehouse.insert(`staging.${table}`, rows as Row[]);
}

async function stageObservations(warehouse: Warehouse, observations: readonly Observation[]): Promise<void> {
  await warehouse.insert("staging.files", [
    {source_id: publication.id, raw_sha256: "observations", origin: "SYNTHETIC", received_at: "2025-01-01T00:00:00Z"}
  ]);
  await warehouse.insert(
    "staging.observations",
    observations.map((o) => ({
      publication_id: publication.id,
      raw_sha256: "observations",
      position: o.position,
      indicator_id: o.indicatorId,
      gss: o.gss,
      period: o.period,
      period_start_on: o.periodStartOn,
      period_end_on: o.periodEndOn,
      value: o.value,
      numerator: o.numerator,
      denominator: o.denominator,
      missing_reason: o.missingReason
    }))
  );
}

/** The committed judgement tables (CPV, words) with invented councils in place of the real ones. */
export async function rebuild(
  warehouse: Warehouse,
  options: Partial<Pick<BuildOptions, "rowsAPart" | "isWhole" | "onModel" | "registers">> = {}
): Promise<{readonly isWhole: boolean}> {
  const folder = mkdtempSync(join(tmpdir(), "contract-scale-reference-"));
  try {
    cpSync(COMMITTED, folder, {recursive: true});
    cpSync(FIXTURES, folder, {recursive: true});
    return await buildWarehouse(warehouse, {
      referenceFolder: folder,
      snapshotFolder: null,
      registers: [register],
      publications: [publication],
      ...options
    });
  } finally {
    rmSync(folder, {recursive: true, force: true});
  }
}
