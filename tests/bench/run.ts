import {spawnSync} from "node:child_process";
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {availableParallelism, cpus, tmpdir, totalmem} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {parseArgs} from "node:util";
import {gunzipSync} from "node:zlib";
import {readCsv} from "../../pipeline/formats/csv.ts";
import {ROOT} from "../house/imports.ts";
import {badAmong, type Names, syntheticPackage} from "./releases.ts";

// How fast releases become tables, and a website: `npm run bench`. Everything read is SYNTHETIC and made anew from a seed. Each
// stage is a process of its own, so its memory is its own; the reference runs beside it, on the same files, in the same minutes,
// for on a shared machine only ratios hold. No figure here fails anything.

const {values: flags} = parseArgs({
  options: {
    quick: {type: "boolean", default: false},
    sizes: {type: "string"},
    seed: {type: "string", default: "1"},
    keep: {type: "boolean", default: false},
    folder: {type: "string"}
  }
});
const SIZES = (flags.sizes ?? (flags.quick ? "2000" : "10000,100000,1000000")).split(",").map(Number);
const SEED = Number(flags.seed);
const PER_PACKAGE = 100;
const NEW_RELEASES = 1_000;

interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number | null; // null where the system cannot tell
  readonly peakMb: number | null;
}

interface Line extends Usage {
  readonly stage: string;
  readonly releases: number;
  readonly rawBytes: number;
}

const read = (table: string) => readCsv(readFileSync(join(ROOT, "data", "reference", `${table}.csv`))).rows;
const names: Names = {
  councils: read("councils").map(({cells}) => cells.name ?? ""),
  sectors: read("postcode_sectors").map(({cells}) => cells.sector ?? "")
};

/** Runs a TypeScript file of this repository and tells what its process used. */
function measured(work: string, file: string, ...args: string[]): Usage & {readonly output: string} {
  const usage = join(work, "usage.json");
  const start = performance.now();
  const {status, stdout, stderr} = spawnSync(
    process.execPath,
    [
      "--import",
      "tsx",
      "--import",
      pathToFileURL(join(import.meta.dirname, "usage.ts")).href,
      join(ROOT, file),
      ...args
    ],
    {cwd: ROOT, encoding: "utf8", env: {...process.env, BENCH_USAGE: usage}, maxBuffer: 1e9}
  );
  const wallSeconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${file} ${args.join(" ")} ended with ${status}: ${stderr.slice(-2000)}`);
  return {
    wallSeconds,
    output: stdout + stderr,
    ...(JSON.parse(readFileSync(usage, "utf8")) as Omit<Usage, "wallSeconds">)
  };
}

/** Writes the packages of releases `from` … `to - 1`, and says how many bytes they are when inflated. */
function generate(folder: string, from: number, to: number): number {
  mkdirSync(folder, {recursive: true});
  let bytes = 0;
  for (let i = from; i < to; i += PER_PACKAGE) {
    const packed = syntheticPackage(SEED, i, Math.min(PER_PACKAGE, to - i), names);
    bytes += gunzipSync(packed).length;
    writeFileSync(join(folder, `${String(i / PER_PACKAGE).padStart(7, "0")}.json.gz`), packed);
  }
  return bytes;
}

function isThere(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, {stdio: "ignore"}).status === 0;
}

function pandas(folder: string, work: string): Usage | null {
  const python = ["python3", "/usr/bin/python3"].find((name) => isThere(name, "-c", "import pandas"));
  if (python === undefined) return null;
  const start = performance.now();
  const {status, stdout, stderr} = spawnSync(
    python,
    [join(import.meta.dirname, "flatten.py"), folder, join(work, "pandas.csv.gz")],
    {encoding: "utf8"}
  );
  const wallSeconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`pandas ended with ${status}: ${stderr.slice(-2000)}`);
  return {wallSeconds, ...(JSON.parse(stdout) as Omit<Usage, "wallSeconds">)};
}

const JQ = `.releases[] | . as $r | (.awards // [])[]? | . as $a | (.suppliers // [])[]? |
  [$r.ocid, $r.id, $r.date, $r.buyer.name, $r.tender.title, $a.id, $a.status, $a.value.amount?, $a.contractPeriod.startDate, .id, .name] | @csv`;

function jq(folder: string): Usage | null {
  if (!isThere("jq", "--version") || !isThere("gzip", "--version")) return null;
  const start = performance.now();
  const {status, stdout} = spawnSync(
    "sh",
    ["-c", `cat "$1"/*.gz | gzip -dc | jq -r "$2" | gzip > /dev/null; times`, "sh", folder, JQ],
    {
      encoding: "utf8"
    }
  );
  const [, children] = stdout.trim().split("\n");
  const seconds = [...(children ?? "").matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  if (status !== 0) throw new Error("jq failed");
  return {
    wallSeconds: (performance.now() - start) / 1000,
    cpuSeconds: seconds.reduce((a, b) => a + b, 0),
    peakMb: null
  };
}

/** The stages and references of one size, in turn. */
function benchmark(size: number, work: string): Line[] {
  const folder = join(work, "packages");
  const data = join(work, "data");
  const rawBytes = generate(folder, 0, size);
  const cli = (...args: string[]) => measured(work, "pipeline/cli.ts", ...args, "--data", data);
  const lines: Line[] = [];
  const add = (stage: string, usage: Usage | null, releases = size, bytes = rawBytes): void => {
    if (usage === null) console.log(`${stage} is not installed: not measured`);
    else lines.push({stage, releases, rawBytes: bytes, ...usage});
  };
  add("reference: inflate and JSON.parse, one thread", measured(work, "tests/bench/parseOnly.ts", folder));
  const imported = cli("import", "contracts-finder", folder);
  expectCounts(imported.output, size);
  add("import: archive, validate, stage", imported);
  add("reference: pandas, the same flattening, unchecked", pandas(folder, work));
  add("reference: jq to CSV, one thread", jq(folder));
  add("build: core and marts", cli("build"));
  const more = join(work, "more");
  const moreBytes = generate(more, size, size + NEW_RELEASES);
  add("refresh, 1,000 more: import", cli("import", "contracts-finder", more), NEW_RELEASES, moreBytes);
  add("refresh, 1,000 more: core and marts", cli("build"), NEW_RELEASES, moreBytes);
  rmSync(data, {recursive: true, force: true});
  return lines;
}

/** A figure of work that was not done would be worth nothing. */
function expectCounts(output: string, size: number): void {
  const [seen, staged, rejected] = [size, size - badAmong(size), badAmong(size)].map((n) => n.toLocaleString("en-GB"));
  const expected = `${seen} seen = ${staged} staged + ${rejected} rejected`;
  if (!output.includes(expected)) throw new Error(`the import should have said "${expected}" and said: ${output}`);
}

function print(size: number, lines: readonly Line[]): void {
  const reference = lines[0]!;
  const cells = lines.map((line) => [
    line.stage,
    line.wallSeconds.toFixed(1),
    line.cpuSeconds?.toFixed(1) ?? "-",
    Math.round(line.releases / line.wallSeconds).toLocaleString("en-GB"),
    (line.rawBytes / 1e6 / line.wallSeconds).toFixed(1),
    line.peakMb === null ? "-" : Math.round(line.peakMb).toLocaleString("en-GB"),
    (line.wallSeconds / reference.wallSeconds).toFixed(2),
    line.cpuSeconds === null || reference.cpuSeconds === null
      ? "-"
      : (line.cpuSeconds / reference.cpuSeconds).toFixed(2)
  ]);
  console.log(
    `\nSYNTHETIC, ${size.toLocaleString("en-GB")} releases, ${(reference.rawBytes / 1e6).toFixed(0)} MB of JSON, seed ${SEED}\n`
  );
  console.log("| stage | wall s | CPU s | releases/s | MB/s | peak MB | wall, reference = 1 | CPU, reference = 1 |");
  console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
  for (const row of cells) console.log(`| ${row.join(" | ")} |`);
}

/** What a reader's browser loads of the site that was built last, as `npm run weights` prints it. */
function printWeights(): void {
  if (!existsSync(join(ROOT, "dist", "index.html"))) {
    console.log("\nno site is built in dist/: its weights are not measured");
    return;
  }
  const {stdout, stderr} = spawnSync(process.execPath, ["--import", "tsx", join(ROOT, "tests/site/weights.ts")], {
    cwd: ROOT,
    encoding: "utf8"
  });
  console.log(`\n${stdout}${stderr}`);
}

console.log(
  `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
);
for (const size of SIZES) {
  const work = mkdtempSync(join(flags.folder ?? tmpdir(), "contract-scale-bench-"));
  try {
    print(size, benchmark(size, work));
  } finally {
    if (!flags.keep) rmSync(work, {recursive: true, force: true});
  }
}
printWeights();
