import {mkdirSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {stringify} from "csv-stringify/sync";
import type {PublishedFile, SiteTables} from "../../src/components/rows.ts";
import type {SiteStatus} from "../../src/components/statusRows.ts";
import type {Charts} from "../../src/pages/drawn.ts";
import {failpoint} from "../failpoint.ts";
import {linkTree} from "../linkTree.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import type {ChartCache} from "./chartCache.ts";
import {diffReleases} from "./diff.ts";
import {drawingDocument} from "./drawingDocument.ts";
import {examples} from "./examples.ts";
import {writeExplorerFiles} from "./explorerFiles.ts";
import {atomFeed} from "./feed.ts";
import {type ReleaseOptions, readManifest, reissueRelease, writeRelease} from "./release.ts";
import {Releases} from "./releases.ts";
import {readSiteTables} from "./siteTables.ts";
import {inForce, refuseLost, type Takedown, takedownId, takedownNotice} from "./takedowns.ts";

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
  readonly status?: SiteStatus; // what the checks before publishing found; none when they were not made
  readonly site: SiteMaker;
  readonly charts?: ChartCache; // those of the publication before; without it every chart is drawn anew
}

/** What is made from the published tables for readers: pages by path below src/, and addresses that lead to others. */
export interface SiteMaker {
  readonly generatedPages: (tables: SiteTables, document: Document, charts?: Charts) => ReadonlyMap<string, string>;
  readonly redirects: (tables: SiteTables) => readonly {readonly from: string; readonly to: string}[];
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
  const before = releases.latest();
  if (before !== null && releases.isWhole(before.version))
    refuseLost(options.takedowns, readManifest(releases.path(before.version)).withheld, before.version);
  const {manifest, dictionary, codes, sources} = await writeRelease(warehouse, staged, {
    ...options,
    takedowns: inForce(options.takedowns)
  });
  const {version, files} = manifest;
  releases.refuseDropping(version);
  const note = await releaseNote(releases, version, staged);
  const list = releases.withVersion(version, note);
  const tables = await readSiteTables(warehouse, {
    version,
    dictionary,
    snapshotNote: options.snapshotNote,
    status: options.status === undefined ? null : {...options.status, published_version: version},
    dataset: {schema_version: manifest.schema_version, files, codes, sources, releases: list, examples: examples()}
  });
  const generated = [...options.site.generatedPages(tables, drawingDocument(), options.charts)];
  const pages = new Map(generated.filter(([path]) => !isEmbed(path)));
  const redirects = stringify([...options.site.redirects(tables)], {header: true});
  const reissues = await stageReissues(releases, version, options.takedowns);
  failpoint("release.written");
  const release = releases.isWhole(version) ? releases.path(version) : staged;
  const written = new Map([
    ...pages,
    ["redirects.csv", redirects],
    ["status.json", `${JSON.stringify(tables.status, null, 1)}\n`]
  ]);
  const site = stageSite(options.siteSource, written, release);
  await writeExplorerFiles(release, join(options.siteSource, ".next", "data", "explorer"), {version});
  failpoint("pages.written");

  releases.commit(version, list);
  for (const {version: earlier, folder} of reissues) releases.replace(earlier, folder);
  releases.write("feed.xml", atomFeed(releases.list(), options.siteUrl ?? ""));
  placeSite(options.siteSource, site);
  writeEmbeds(options.releaseFolder, version, generated);
  options.charts?.save();
  return {version, files, pageCount: pages.size, note, reissued: reissues.map((one) => one.version)};
}

const isEmbed = (path: string): boolean => path.startsWith("embed/");

/**
 * Keeps the charts by themselves under their version, beside the releases: other people's pages show them, so those of an
 * earlier version stay as they were. Made again for the same version, for words around a chart may have changed.
 */
function writeEmbeds(releaseFolder: string, version: string, generated: readonly (readonly [string, string])[]): void {
  rmSync(join(releaseFolder, "embed", version), {recursive: true, force: true});
  for (const [path, html] of generated.filter(([path]) => isEmbed(path))) {
    mkdirSync(dirname(join(releaseFolder, path)), {recursive: true});
    writeFileSync(join(releaseFolder, path), html);
  }
}

async function releaseNote(releases: Releases, version: string, staged: string): Promise<string[]> {
  const before = releases.latest();
  if (before === null) return ["First version."];
  if (before.version === version) return [...before.note];
  if (!releases.isWhole(before.version))
    return [`Version ${before.version} was damaged on disk and could not be compared.`];
  return diffReleases(releases.find(before.version), staged);
}

interface Reissue {
  readonly version: string;
  readonly folder: string;
}

/** Writes every earlier version again that was written before a takedown was decided. */
async function stageReissues(releases: Releases, current: string, takedowns: readonly Takedown[]): Promise<Reissue[]> {
  const reissues: Reissue[] = [];
  for (const {version} of releases.list()) {
    if (version === current) continue;
    const {withheld} = readManifest(releases.path(version));
    const holding = inForce(takedowns, withheld);
    if (holding.every((takedown) => withheld.includes(takedownId(takedown)))) continue;
    const folder = releases.stage(`${version}.next`);
    await reissueRelease(releases.path(version), folder, holding, holding.map(noticeOf));
    reissues.push({version, folder});
  }
  return reissues;
}

const noticeOf = (takedown: Takedown) => ({
  decided_on: takedown.decided_on,
  reason: takedown.reason,
  text: takedownNotice(takedown)
});

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
  linkTree(release, join(beside, "data"));
  const tops = new Set(["data", ...[...pages.keys()].map((path) => (dirname(path) === "." ? path : dirname(path)))]);
  const outermost = [...tops].filter((path) => ![...tops].some((other) => path.startsWith(`${other}/`)));
  return outermost.map((path) => ({from: join(beside, path), to: join(siteSource, path)}));
}

function placeSite(siteSource: string, placed: readonly Placed[]): void {
  for (const {from, to} of placed) {
    rmSync(to, {recursive: true, force: true});
    mkdirSync(dirname(to), {recursive: true});
    renameSync(from, to);
    failpoint("pages.placed");
  }
  rmSync(join(siteSource, ".next"), {recursive: true, force: true});
}
