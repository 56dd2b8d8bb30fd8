import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {type Judgement, withAccepted} from "../gates/gates.ts";
import {PARSER_VERSION} from "../ocds/stage.ts";
import {ChartCache, drawingCode} from "../publish/chartCache.ts";
import {sha256Of} from "../publish/checksums.ts";
import {publish} from "../publish/publish.ts";
import type {Provenance} from "../publish/release.ts";
import {Releases} from "../publish/releases.ts";
import {lastReleasedSchema} from "../publish/schemaVersion.ts";
import {readTakedowns} from "../publish/takedowns.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {count, say} from "../words.ts";
import {type DataOption, type Places, ROOT, type Surroundings, withWarehouse} from "./command.ts";
import {isRefused, judgeData, refusal} from "./gate.ts";
import {recordStatus, siteStatus} from "./record.ts";

export interface PublishOption extends DataOption {
  readonly out?: string;
  readonly site?: string;
  readonly accept?: readonly string[];
}

/** What a schedule knows beside the data. */
export interface Occasion {
  readonly gates: readonly Judgement[]; // of what was fetched just now
  readonly nextRunAt: Date | null;
}

/** Publishes what the gates let through; a red one leaves everything as it is, and its reason in the data folder's status.json. */
export async function publishData(
  around: Surroundings,
  options: PublishOption,
  {gates: fetched, nextRunAt}: Occasion = {gates: [], nextRunAt: null}
): Promise<number> {
  const {siteUrl, places} = around;
  const {data, out, site} = options;
  return withWarehouse(data, async (warehouse) => {
    await warehouse.assertBuilt();
    const made = provenance(places);
    const gates = [
      ...withAccepted(fetched, options.accept ?? []),
      ...(await judgeData(around, options, warehouse, made))
    ];
    const status = await siteStatus(warehouse, {data, at: around.now(), gates, nextRunAt});
    if (isRefused(gates)) {
      const why = refusal(gates);
      recordStatus(data, {...status, published_version: publishedVersion(options), outcome: why});
      say(why);
      return 1;
    }
    const outcome = status.level === "amber" ? "published with reservations" : "published";
    const {version, files, pageCount, note, reissued} = await publish(warehouse, {
      siteSource: site ?? join(places.siteRoot, "src"),
      releaseFolder: out ?? join(data, "release"),
      siteUrl,
      snapshotNote: await snapshotNote(warehouse, places),
      takedowns: readTakedowns(join(places.reference, "takedowns.csv")),
      lastSchema: lastReleasedSchema(places.schema),
      provenance: made,
      status: {...status, outcome},
      site: {generatedPages, redirects},
      charts: ChartCache.open(join(data, "charts.cache"), drawingCode(ROOT))
    });
    recordStatus(data, {...status, published_version: version, outcome});
    for (const line of note) say(`  ${line}`);
    for (const earlier of reissued) say(`wrote version ${earlier} again, with words withheld and a notice`);
    say(`published version ${version}: ${files.length} files, ${count(pageCount)} pages`);
    return 0;
  });
}

const publishedVersion = ({data, out}: PublishOption): string | null =>
  new Releases(out ?? join(data, "release")).latest()?.version ?? null;

/** What a release is made of beside the raw files: the code, and the committed tables it judges by. */
function provenance(places: Places): Provenance {
  const git = spawnSync("git", ["rev-parse", "HEAD"], {cwd: ROOT, encoding: "utf8"});
  const committed = [places.reference, places.snapshot].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map((name) => join(folder, name))
  );
  return {
    code_commit: git.status === 0 ? git.stdout.trim() : null,
    inputs: [...committed, join(ROOT, "package-lock.json")].map((path) => ({
      path: relative(ROOT, path).replaceAll("\\", "/"),
      sha256: sha256Of(path)
    })),
    parameters: {parser_version: PARSER_VERSION}
  };
}

/** What the embedded slice is, when the build used any of it. */
async function snapshotNote(warehouse: Warehouse, places: Places): Promise<string | null> {
  const [row] = await warehouse.rows<{n: number}>(
    "select count(*)::integer as n from core.contracts where is_embedded"
  );
  return row && row.n > 0 ? readFileSync(join(places.snapshot, "note.txt"), "utf8").trim() : null;
}
