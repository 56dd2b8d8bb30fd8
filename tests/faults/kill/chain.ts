import {cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {Archive, type ArchivedFile, sha256} from "../../../pipeline/archive/archive.ts";
import {Client} from "../../../pipeline/archive/client.ts";
import {fetchRegister} from "../../../pipeline/archive/fetch.ts";
import {armFailpoint, failpoint} from "../../../pipeline/failpoint.ts";
import {checksums} from "../../../pipeline/publish/checksums.ts";
import {recoverSite, swap} from "../../../pipeline/site/build.ts";
import {buildWarehouse} from "../../../pipeline/warehouse/build.ts";
import {ingest} from "../../../pipeline/warehouse/ingest.ts";
import {Warehouse} from "../../../pipeline/warehouse/warehouse.ts";
import {publishInto} from "../../publish/released.ts";
import {publication} from "../../warehouse/world.ts";
import {registerWith} from "../world.ts";

// One whole run in a process of its own, so that it can be killed anywhere: fetch, import, build, publish, put in place.

/** What the harness hands to the process. */
export interface ChainOrder {
  readonly folder: string;
  readonly endpoint: string;
  readonly from: string;
  readonly until: string;
  readonly failAt: string | null; // a place in pipeline/failpoint.ts, or null for a run that is killed from outside
  readonly cursorFirst: boolean; // the mistake that the harness must find: the cursor moves before the bytes are there
}

/** The mistake: a page is entered in the manifest, which is the cursor, before its bytes are on disk. */
class CursorFirstArchive extends Archive {
  private readonly held = new Map<string, Uint8Array>();

  override keep(_source: string, bytes: Uint8Array): string {
    const hash = sha256(bytes);
    this.held.set(hash, bytes);
    return hash;
  }

  override name(file: ArchivedFile): ArchivedFile {
    const named = super.name(file);
    failpoint("archive.kept");
    super.keep(file.source, this.held.get(file.sha256)!);
    return named;
  }
}

export const FETCHED = registerWith({id: "synthetic-register"});
export const IMPORTED = registerWith({id: "synthetic-import"});

async function fetchAllDays(order: ChainOrder, archive: Archive): Promise<void> {
  const client = new Client({
    userAgent: "contract-scale/test",
    clock: {now: () => Date.parse("2024-07-01T12:00:00Z"), sleep: async () => {}, random: () => 1}
  });
  const {state, why} = await fetchRegister(
    {
      register: FETCHED,
      channel: FETCHED.live!,
      endpoint: order.endpoint,
      secondsBetween: 0,
      span: {from: order.from, until: order.until},
      requestsAtMost: Number.POSITIVE_INFINITY,
      pages: [],
      secondPassDays: []
    },
    {client, archive, now: () => new Date("2024-07-01T12:00:00Z"), report: () => {}}
  );
  await client.close();
  if (state !== "complete") throw new Error(`the fetch ended ${state}: ${why}`);
}

function importInbox({folder}: ChainOrder, archive: Archive): void {
  const inbox = join(folder, "inbox");
  for (const name of readdirSync(inbox).sort())
    archive.store(IMPORTED.id, readFileSync(join(inbox, name)), name, new Date("2024-07-01T12:00:00Z"));
}

async function build({folder}: ChainOrder, archive: Archive, warehouse: Warehouse): Promise<void> {
  await warehouse.prepareStaging();
  for (const register of [FETCHED, IMPORTED]) await ingest(warehouse, archive, {register});
  await buildWarehouse(warehouse, {
    referenceFolder: join(folder, "reference"),
    snapshotFolder: null,
    registers: [FETCHED, IMPORTED],
    publications: [publication]
  });
  failpoint("build.done");
}

/** Stands in for the site generator: copies the pages with the data, and what proves them. */
function putSiteInPlace({folder}: ChainOrder): void {
  const dist = join(folder, "dist");
  recoverSite(dist);
  rmSync(`${dist}-next`, {recursive: true, force: true});
  mkdirSync(`${dist}-next`);
  cpSync(join(folder, "src"), `${dist}-next`, {recursive: true});
  rmSync(join(`${dist}-next`, "data", "SHA256SUMS"));
  writeFileSync(join(`${dist}-next`, "SHA256SUMS"), checksums(`${dist}-next`));
  failpoint("site.checked");
  swap(`${dist}-next`, dist);
}

export async function chain(order: ChainOrder): Promise<void> {
  const data = join(order.folder, "data");
  const archive = order.cursorFirst ? new CursorFirstArchive(data) : new Archive(data);
  await fetchAllDays(order, archive);
  importInbox(order, archive);
  const warehouse = await Warehouse.open(data);
  try {
    await build(order, archive, warehouse);
    await publishInto(warehouse, order.folder);
  } finally {
    warehouse.close();
  }
  putSiteInPlace(order);
}

const order = process.argv[2];
if (order !== undefined && existsSync(order)) {
  const read = JSON.parse(readFileSync(order, "utf8")) as ChainOrder;
  if (read.failAt !== null) armFailpoint(read.failAt);
  await chain(read);
}
