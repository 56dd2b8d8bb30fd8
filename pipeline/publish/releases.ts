import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from "node:fs";
import {join, resolve} from "node:path";
import {z} from "zod";
import type {ReleaseRow} from "../../src/components/rows.ts";
import {failpoint} from "../failpoint.ts";
import {linkFile} from "../linkTree.ts";
import {putInPlace, recover} from "../putInPlace.ts";
import {CHECKSUMS, checksumFaults, readChecksums, sha256Of} from "./checksums.ts";
import {flushEntry, flushFolder} from "./durable.ts";
import {MANIFEST, readManifest} from "./release.ts";

const INDEX = "versions.json";
const LATEST = "latest";
const Listed = z.looseObject({version: z.string(), note: z.array(z.string()), notices: z.array(z.unknown())});

/**
 * The folder of all releases: one folder a version that nobody changes, `versions.json` that lists them in order, and `latest`.
 *
 * A version is there when `versions.json` names it, so writing that file is the one moment at which a release happens.
 */
export class Releases {
  constructor(readonly folder: string) {}

  /** Oldest first. */
  list(): ReleaseRow[] {
    const path = join(this.folder, INDEX);
    if (!existsSync(path)) {
      if (this.hasLatest())
        throw new Error(`${path} is missing, and with it the list of the versions: ${this.howToList()}`);
      return [];
    }
    try {
      const list: unknown = JSON.parse(readFileSync(path, "utf8"));
      const {length} = z.array(Listed).parse(list); // looked at only: its copy would have its keys in another order
      if (length === 0 && this.hasLatest()) throw new Error("no version is in it");
      return list as ReleaseRow[];
    } catch {
      throw new Error(`${path} is damaged: ${this.howToList()}`);
    }
  }

  /** `latest` is turned after the list is written, so where it stands there was a list. */
  private hasLatest(): boolean {
    return lstatSync(join(this.folder, LATEST), {throwIfNoEntry: false}) !== undefined;
  }

  private howToList(): string {
    return `put it back from a backup, or begin anew by moving all of ${this.folder} elsewhere`;
  }

  path(version: string): string {
    return join(this.folder, version);
  }

  /**
   * The folder of a version.
   * @throws {Error} naming the versions there are, when there is no such one
   */
  find(version: string): string {
    const known = this.list().map((release) => release.version);
    if (!known.includes(version))
      throw new Error(`there is no version ${version} in ${this.folder}; there are ${known.join(", ") || "none"}`);
    return this.path(version);
  }

  latest(): ReleaseRow | null {
    return this.list().at(-1) ?? null;
  }

  /**
   * An empty folder beside the releases, to write one in; what a run that was killed left behind is removed.
   *
   * @throws {Error} when a version has gone missing that cannot be the one that is written: only the newest may be made again
   */
  stage(name = "next"): string {
    this.recover();
    this.refuseDropping(this.latest()?.version ?? null);
    const staged = join(this.folder, name);
    rmSync(staged, {recursive: true, force: true});
    mkdirSync(staged, {recursive: true});
    return staged;
  }

  /**
   * @param made the version that is made now, whose folder need not be there
   * @throws {Error} when another has gone missing: an address that somebody cites is never dropped
   */
  refuseDropping(made: string | null): void {
    const missing = this.list().filter(({version}) => version !== made && !existsSync(this.path(version)));
    if (missing.length > 0)
      throw new Error(
        `earlier versions would be dropped: ${missing.map(({version}) => version).join(", ")}. Put their folders back into ${this.folder}.`
      );
  }

  /** The list as it will be with a version added; the version moves to the end when it is published again. */
  withVersion(version: string, note: readonly string[]): ReleaseRow[] {
    const earlier = this.list();
    const known = earlier.find((release) => release.version === version);
    if (known && earlier.at(-1) === known) return earlier;
    const {schema_version, data_cut_off_on, notices} = readManifest(join(this.folder, "next"));
    return [
      ...earlier.filter((release) => release !== known),
      {version, schema_version, data_cut_off_on, note: known?.note ?? note, notices: known?.notices ?? notices}
    ];
  }

  /** Whether a version's folder is there and every byte is as it was released. */
  isWhole(version: string): boolean {
    return existsSync(join(this.path(version), CHECKSUMS)) && checksumFaults(this.path(version)).length === 0;
  }

  /**
   * Makes the staged folder a version and writes the new list. The same content has the same name: then what is there stays, unless
   * it was damaged on disk.
   */
  commit(version: string, list: readonly ReleaseRow[]): void {
    const staged = join(this.folder, "next");
    if (this.isWhole(version)) rmSync(staged, {recursive: true});
    else {
      const before = this.latest();
      if (before !== null && before.version !== version) shareFiles(this.path(before.version), staged);
      this.place(version, staged);
    }
    failpoint("release.renamed");
    this.write(INDEX, `${JSON.stringify(list, null, 1)}\n`);
    failpoint("release.listed");
    this.pointLatestTo(version);
    failpoint("release.latest");
  }

  /** Puts a version that was written again in place of itself, with its notices in the list. */
  replace(version: string, staged: string): void {
    this.place(version, staged);
    failpoint("reissue.placed");
    this.listNotices(version);
  }

  private place(version: string, staged: string): void {
    const old = `${this.path(version)}.old`;
    flushFolder(staged);
    putInPlace(staged, this.path(version), {old, passing: "release.moved"});
    flushEntry(this.folder);
  }

  /** The list says of a version what its own manifest says. */
  private listNotices(version: string): void {
    const {notices} = readManifest(this.path(version));
    const list = this.list().map((one) => (one.version === version ? {...one, notices} : one));
    this.write(INDEX, `${JSON.stringify(list, null, 1)}\n`);
  }

  /** Writes a file of the folder whole or not at all. */
  write(name: string, text: string): void {
    const next = join(this.folder, `${name}.next`);
    writeFileSync(next, text);
    flushEntry(next);
    renameSync(next, join(this.folder, name));
  }

  /** After a run that was killed while it put a version in place: an old folder that stands aside goes back, or what replaced it is listed. */
  private recover(): void {
    if (!existsSync(this.folder)) return;
    for (const name of readdirSync(this.folder).filter((entry) => entry.endsWith(".old"))) {
      recover(this.path(name.slice(0, -".old".length)), join(this.folder, name));
      rmSync(join(this.folder, name), {recursive: true, force: true});
    }
    for (const {version, notices} of this.list())
      if (!isDamaged(join(this.path(version), MANIFEST)) && this.manifestNotices(version) !== JSON.stringify(notices))
        this.listNotices(version);
  }

  private manifestNotices(version: string): string {
    return JSON.stringify(readManifest(this.path(version)).notices);
  }

  private pointLatestTo(version: string): void {
    const next = join(this.folder, `${LATEST}.next`);
    rmSync(next, {force: true});
    symlinkSync(process.platform === "win32" ? resolve(this.path(version)) : version, next, "junction");
    renameSync(next, join(this.folder, LATEST));
  }
}

/** A manifest that is not there or was damaged: of the newest version it is written anew, and of others it is named when it is read. */
function isDamaged(path: string): boolean {
  try {
    JSON.parse(readFileSync(path, "utf8"));
    return false;
  } catch {
    return true;
  }
}

/** What two versions have alike takes its place on the disk once. */
function shareFiles(from: string, to: string): void {
  const known = new Map(readChecksums(from).map(({path, sha256}) => [sha256, path]));
  for (const {path, sha256} of readChecksums(to)) {
    const same = known.get(sha256);
    if (same !== undefined && sha256Of(join(from, same)) === sha256) linkFile(join(from, same), join(to, path));
  }
}
