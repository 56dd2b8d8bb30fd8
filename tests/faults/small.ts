import {spawn} from "node:child_process";
import {cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {build} from "../../pipeline/commands/build.ts";
import {IN_REPOSITORY, type Surroundings} from "../../pipeline/commands/command.ts";
import {importFiles} from "../../pipeline/commands/import.ts";
import {publishData} from "../../pipeline/commands/publish.ts";
import {Releases} from "../../pipeline/publish/releases.ts";
import type {SiteStatus} from "../../src/components/statusRows.ts";
import {ROOT} from "../house/imports.ts";
import {fingerprints} from "../publish/released.ts";
import {releaseOf} from "../warehouse/world.ts";

/** The real verbs over a data folder of their own, with six invented councils. */
export class SmallWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "contract-scale-small-"));
  readonly data = join(this.folder, "data");
  now = new Date("2024-06-12T05:00:00Z");

  constructor() {
    cpSync(join(ROOT, "data/reference"), join(this.folder, "reference"), {recursive: true});
    cpSync(join(ROOT, "tests/fixtures/reference"), join(this.folder, "reference"), {recursive: true});
    mkdirSync(join(this.folder, "src"));
  }

  get around(): Surroundings {
    return {
      now: () => this.now,
      random: () => 0.5,
      siteUrl: null,
      contact: "",
      places: {
        ...IN_REPOSITORY,
        reference: join(this.folder, "reference"),
        siteRoot: this.folder,
        dist: join(this.folder, "dist")
      }
    };
  }

  remove(): void {
    rmSync(this.folder, {recursive: true, force: true});
  }

  /** Writes a file to import and imports it. */
  async import(name: string, releases: readonly unknown[]): Promise<number> {
    const path = join(this.folder, name);
    writeFileSync(path, JSON.stringify({releases}));
    return importFiles(this.around, "contracts-finder", [path], {data: this.data, jobs: 1});
  }

  build = (): Promise<number> => build(this.around, {data: this.data, snapshot: false, jobs: 1});
  publish = (accept: readonly string[] = []): Promise<number> => publishData(this.around, {data: this.data, accept});

  get releases(): Releases {
    return new Releases(join(this.data, "release"));
  }

  get status(): SiteStatus {
    return JSON.parse(readFileSync(join(this.data, "status.json"), "utf8")) as SiteStatus;
  }

  /** Everything a reader could get, byte for byte. */
  visible = (): Record<string, string> => ({
    ...fingerprints(join(this.data, "release")),
    ...fingerprints(join(this.folder, "src")),
    ...(existsSync(join(this.folder, "dist")) ? fingerprints(join(this.folder, "dist")) : {})
  });
}

/** So many awards, each a process of its own, in one month. */
export const awards = (count: number, month = "2024-04", from = 0): Record<string, unknown>[] =>
  Array.from({length: count}, (_, i) =>
    releaseOf({
      ocid: `ocds-synth0-${month}-${from + i}`,
      releaseId: `${month}-${from + i}`,
      title: `SYNTHETIC contract ${month} ${from + i}`,
      date: `${month}-${String(1 + (i % 28)).padStart(2, "0")}T10:00:00Z`,
      amount: 10_000 + i
    })
  );

/** The command line in a process of its own, in a shell so that limits can be set for it. */
export function inShell(
  words: readonly string[],
  {before = "", uid}: {before?: string; uid?: number} = {}
): Promise<{code: number | null; err: string}> {
  const command = `${before} exec "${process.execPath}" --import tsx pipeline/cli.ts ${words.map((word) => `'${word}'`).join(" ")}`;
  const child = spawn("bash", ["-c", command], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "pipe"],
    env: {...process.env, TMPDIR: tmpdir(), HOME: tmpdir()},
    ...(uid === undefined ? {} : {uid, gid: uid})
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  return new Promise((resolve) => child.on("exit", (code) => resolve({code, err})));
}
