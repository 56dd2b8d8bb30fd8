import {spawnSync} from "node:child_process";
import {readdirSync, readFileSync} from "node:fs";
import {join, relative} from "node:path";
import {generatedPages, redirects} from "../../src/pages/all.ts";
import {PARSER_VERSION} from "../ocds/stage.ts";
import {sha256Of} from "../publish/checksums.ts";
import {publish} from "../publish/publish.ts";
import type {Provenance} from "../publish/release.ts";
import {lastReleasedSchema} from "../publish/schemaVersion.ts";
import {readTakedowns} from "../publish/takedowns.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {type DataOption, type Places, ROOT, type Surroundings, withWarehouse} from "./command.ts";
import {count, say} from "./words.ts";

interface PublishOption extends DataOption {
  readonly out?: string;
  readonly site?: string;
}

export async function publishData({siteUrl, places}: Surroundings, {data, out, site}: PublishOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const {version, files, pageCount, note, reissued} = await publish(warehouse, {
      siteSource: site ?? join(places.siteRoot, "src"),
      releaseFolder: out ?? join(data, "release"),
      siteUrl,
      snapshotNote: await snapshotNote(warehouse, places),
      takedowns: readTakedowns(join(places.reference, "takedowns.csv")),
      lastSchema: lastReleasedSchema(places.schema),
      provenance: provenance(places),
      site: {generatedPages, redirects}
    });
    for (const line of note) say(`  ${line}`);
    for (const earlier of reissued) say(`wrote version ${earlier} again, with words withheld and a notice`);
    say(`published version ${version}: ${files.length} files, ${count(pageCount)} pages`);
    return 0;
  });
}

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
