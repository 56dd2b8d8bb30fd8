import {lstatSync, mkdirSync, mkdtempSync, readlinkSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {publications, registers} from "../../pipeline/discover.ts";
import {filesIn, sha256Of} from "../../pipeline/publish/checksums.ts";
import {type Publication, type PublishOptions, publish} from "../../pipeline/publish/publish.ts";
import {publishedTables} from "../../pipeline/publish/publishedTables.ts";
import {readDictionary} from "../../pipeline/publish/release.ts";
import {shapeOf} from "../../pipeline/publish/schemaVersion.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {ROOT} from "../house/imports.ts";

/** A warehouse of the embedded rows, in memory. */
export async function embeddedWarehouse(threads?: number): Promise<Warehouse> {
  const warehouse = await Warehouse.openFile(":memory:", threads === undefined ? {} : {threads});
  await warehouse.prepareStaging();
  await buildWarehouse(warehouse, {
    referenceFolder: join(ROOT, "data/reference"),
    snapshotFolder: join(ROOT, "data/snapshot"),
    registers: await registers(),
    publications: await publications()
  });
  return warehouse;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "contract-scale-publish-"));

/** Publishes into `<folder>/release` and `<folder>/src`, with two small pages in place of the site's. */
export async function publishInto(
  warehouse: Warehouse,
  folder: string,
  overrides: Partial<PublishOptions> = {}
): Promise<Publication> {
  mkdirSync(join(folder, "src"), {recursive: true});
  const shape = shapeOf(publishedTables, await readDictionary(warehouse));
  return publish(warehouse, {
    siteSource: join(folder, "src"),
    releaseFolder: join(folder, "release"),
    siteUrl: null,
    snapshotNote: null,
    takedowns: [],
    lastSchema: {version: "1.0.0", tables: shape},
    provenance: {code_commit: null, inputs: [], parameters: {}},
    site: {
      generatedPages: ({version}) =>
        new Map([
          ["index.md", `version ${version}`],
          ["council/one.md", `version ${version}`]
        ]),
      redirects: () => [{from: "/a", to: "/b"}]
    },
    ...overrides
  });
}

/** Every file of a folder with the hash of its bytes; a link with where it leads. */
export const fingerprints = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesIn(folder).map((path) => {
      const full = join(folder, path);
      return [path, lstatSync(full).isSymbolicLink() ? `-> ${readlinkSync(full)}` : sha256Of(full)];
    })
  );
