import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync} from "node:fs";
import {join, resolve} from "node:path";
import type {Notice, ReleaseRow} from "../../src/components/rows.ts";
import {linkFile} from "../linkTree.ts";
import {readChecksums, sha256Of} from "./checksums.ts";
import {readManifest} from "./release.ts";

const INDEX = "versions.json";
const LATEST = "latest";

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
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as ReleaseRow[]) : [];
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
   * @throws {Error} when a version has gone missing: an address that somebody cites is never dropped
   */
  stage(name = "next"): string {
    this.recover();
    const missing = this.list().filter(({version}) => !existsSync(this.path(version)));
    if (missing.length > 0)
      throw new Error(
        `earlier versions would be dropped: ${missing.map(({version}) => version).join(", ")}. Put their folders back into ${this.folder}.`
      );
    const staged = join(this.folder, name);
    rmSync(staged, {recursive: true, force: true});
    mkdirSync(staged, {recursive: true});
    return staged;
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

  /** Makes the staged folder a version and writes the new list. The same content has the same name: then what is there stays. */
  commit(version: string, list: readonly ReleaseRow[]): void {
    const staged = join(this.folder, "next");
    if (existsSync(this.path(version))) rmSync(staged, {recursive: true});
    else {
      const before = this.latest();
      if (before !== null) shareFiles(this.path(before.version), staged);
      renameSync(staged, this.path(version));
    }
    this.write(INDEX, `${JSON.stringify(list, null, 1)}\n`);
    this.pointLatestTo(version);
  }

  /** Puts a version that was written again in place of itself, with its notices in the list. */
  replace(version: string, staged: string, notices: readonly Notice[]): void {
    const old = `${this.path(version)}.old`;
    renameSync(this.path(version), old);
    renameSync(staged, this.path(version));
    this.write(
      INDEX,
      `${JSON.stringify(
        this.list().map((one) => (one.version === version ? {...one, notices} : one)),
        null,
        1
      )}\n`
    );
    rmSync(old, {recursive: true});
  }

  /** Writes a file of the folder whole or not at all. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, `${name}.next`), text);
    renameSync(join(this.folder, `${name}.next`), join(this.folder, name));
  }

  /** After a run that was killed between two renames: the old folder goes back to its place. */
  private recover(): void {
    for (const {version} of this.list()) {
      const old = `${this.path(version)}.old`;
      if (!existsSync(old)) continue;
      if (existsSync(this.path(version))) rmSync(old, {recursive: true});
      else renameSync(old, this.path(version));
    }
  }

  private pointLatestTo(version: string): void {
    const next = join(this.folder, `${LATEST}.next`);
    rmSync(next, {force: true});
    symlinkSync(process.platform === "win32" ? resolve(this.path(version)) : version, next, "junction");
    renameSync(next, join(this.folder, LATEST));
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
