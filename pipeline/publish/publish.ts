import {cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {JSDOM} from "jsdom";
import type {Notice, PublishedFile, SiteTables} from "../../src/components/rows.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {diffReleases} from "./diff.ts";
import {examples} from "./examples.ts";
import {atomFeed} from "./feed.ts";
import {readManifest, type ReleaseOptions, reissueRelease, writeRelease} from "./release.ts";
import {Releases} from "./releases.ts";
import {readSiteTables} from "./siteTables.ts";
import {type Takedown, takedownNotice} from "./takedowns.ts";

/** What a publication consists of. */
export interface Publication {
  readonly version: string; // latest source cut-off date and the first eight digits of the content's hash
  readonly files: readonly PublishedFile[];
  readonly pageCount: number;
  readonly note: readonly string[]; // what changed since the version before, in words
  readonly reissued: readonly string[]; // earlier versions that were written again with a notice
}

export interface PublishOptions extends ReleaseOptions {
  readonly siteSource: string; // src/: the data go to src/data, the generated pages beside the written ones
  readonly releaseFolder: string; // data/release: one immutable folder a version
  readonly siteUrl: string | null; // where the site will stand, for the feed; null while it has no address
  readonly pages: (tables: SiteTables, document: Document) => ReadonlyMap<string, string>; // by path below src/
}

/**
 * Writes a release of the published tables and the pages made from it.
 *
 * Everything is written beside its place first and can fail there without a trace; only then is it renamed, the release before the site,
 * so that a reader sees the whole old or the whole new. Earlier versions stay where they are.
 */
export async function publish(warehouse: Warehouse, options: PublishOptions): Promise<Publication> {
  const releases = new Releases(options.releaseFolder);
  const staged = releases.stage();
  const {manifest, dictionary, codes, sources} = await writeRelease(warehouse, staged, options);
  const {version, files} = manifest;
  const note = await releaseNote(releases, version, staged);
  const list = releases.withVersion(version, note);
  const tables = await readSiteTables(warehouse, {
    version,
    dictionary,
    snapshotNote: options.snapshotNote,
    dataset: {schema_version: manifest.schema_version, files, codes, sources, releases: list, examples: examples()}
  });
  const pages = options.pages(tables, new JSDOM().window.document);
  const reissues = await stageReissues(releases, version, options.takedowns);
  const site = stageSite(options.siteSource, pages, existsSync(releases.path(version)) ? releases.path(version) : staged);

  releases.commit(version, list);
  for (const {version: earlier, folder, notices} of reissues) releases.replace(earlier, folder, notices);
  releases.write("feed.xml", atomFeed(releases.list(), options.siteUrl ?? ""));
  placeSite(site);
  return {version, files, pageCount: pages.size, note, reissued: reissues.map((one) => one.version)};
}

async function releaseNote(releases: Releases, version: string, staged: string): Promise<string[]> {
  const before = releases.latest();
  if (before === null) return ["First version."];
  return before.version === version ? [...before.note] : diffReleases(releases.find(before.version), staged);
}

interface Reissue {
  readonly version: string;
  readonly folder: string;
  readonly notices: readonly Notice[];
}

/** Writes every earlier version again that does not carry the notice of every takedown yet. */
async function stageReissues(
  releases: Releases,
  current: string,
  takedowns: readonly Takedown[]
): Promise<Reissue[]> {
  const notices = takedowns.map((takedown) => ({
    decided_on: takedown.decided_on,
    reason: takedown.reason,
    text: takedownNotice(takedown)
  }));
  const reissues: Reissue[] = [];
  for (const {version} of releases.list()) {
    const carried = readManifest(releases.path(version)).notices.length;
    if (version === current || carried >= notices.length) continue;
    const folder = releases.stage(`${version}.next`);
    await reissueRelease(releases.path(version), folder, takedowns, notices);
    reissues.push({version, folder, notices});
  }
  return reissues;
}

/** A folder or file written beside its place, to be renamed into it. */
interface Placed {
  readonly from: string;
  readonly to: string;
}

/**
 * Writes the pages and the data beside their places.
 *
 * Generated folders are replaced whole, so that a page of a council that is no longer there does not stay behind.
 */
function stageSite(siteSource: string, pages: ReadonlyMap<string, string>, release: string): Placed[] {
  const beside = join(siteSource, ".next");
  rmSync(beside, {recursive: true, force: true});
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(beside, path)), {recursive: true});
    writeFileSync(join(beside, path), text);
  }
  cpSync(release, join(beside, "data"), {recursive: true});
  const tops = new Set(["data", ...[...pages.keys()].map((path) => (dirname(path) === "." ? path : dirname(path)))]);
  const outermost = [...tops].filter((path) => ![...tops].some((other) => path.startsWith(`${other}/`)));
  return outermost.map((path) => ({from: join(beside, path), to: join(siteSource, path)}));
}

function placeSite(placed: readonly Placed[]): void {
  for (const {from, to} of placed) {
    rmSync(to, {recursive: true, force: true});
    mkdirSync(dirname(to), {recursive: true});
    renameSync(from, to);
  }
}
