import {spawnSync} from "node:child_process";
import {existsSync, readdirSync, readFileSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {Command, CommanderError, InvalidArgumentError, Option} from "commander";
import {generatedPages, redirects} from "../src/pages/all.ts";
import {type Analysis, analyse} from "./analysis/analyse.ts";
import {planOf, Unblinding} from "./analysis/blinding.ts";
import {openFolder} from "./analysis/folder.ts";
import {simulate, testOf, writeWorld} from "./analysis/simulate.ts";
import {store} from "./analysis/store.ts";
import {PLAIN, worldOf} from "./analysis/world.ts";
import {Archive} from "./archive/archive.ts";
import {takeLock} from "./archive/lock.ts";
import {hypotheses, planFiles, publications, references, registers} from "./discover.ts";
import {type FetchedSource, fetchAll, publisherInPath} from "./fetch.ts";
import {type FetchFlags, registersToFetch, userAgent, withFetchFlags} from "./fetchFlags.ts";
import {barReporter, type FetchReporter, jsonReporter, lineReporter} from "./fetchProgress.ts";
import {PARSER_VERSION} from "./ocds/stage.ts";
import {progress} from "./progress.ts";
import {sha256Of} from "./publish/checksums.ts";
import {diffReleases} from "./publish/diff.ts";
import {placeReleases} from "./publish/permalinkPages.ts";
import {publish} from "./publish/publish.ts";
import {publishedTables} from "./publish/publishedTables.ts";
import {type Provenance, readDictionary} from "./publish/release.ts";
import {Releases} from "./publish/releases.ts";
import {reproduce, reproductionLines} from "./publish/reproduce.ts";
import {lastReleasedSchema, releaseSchema, shapeOf} from "./publish/schemaVersion.ts";
import {writeSnapshot} from "./publish/snapshot.ts";
import {readTakedowns} from "./publish/takedowns.ts";
import {CitationError, verify} from "./publish/verify.ts";
import {buildCouncilReference, writeCouncilReference} from "./references/councils.ts";
import {postcodeDirectory} from "./references/postcodes.ts";
import {buildSite} from "./site/build.ts";
import {refuseTakenPort, serveSite} from "./site/serve.ts";
import {fetchLines, fetchStatus, status, withFetches} from "./status.ts";
import {trace} from "./trace.ts";
import {UsageError} from "./usageError.ts";
import {buildWarehouse} from "./warehouse/build.ts";
import {type Ingested, ingest, type Source, sourceId} from "./warehouse/ingest.ts";
import {ingestPostcodes} from "./warehouse/postcodes.ts";
import {writeReview} from "./warehouse/review.ts";
import {Warehouse} from "./warehouse/warehouse.ts";

// The only file that reads the command line, the environment or the clock. Words go to stderr, machine output to stdout;
// exit codes: 0 done, 1 a failed check or a refused file, 2 wrong usage.

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const IN_REPOSITORY = {
  reference: join(ROOT, "data", "reference"),
  snapshot: join(ROOT, "data", "snapshot"),
  schema: join(ROOT, "data", "schema"),
  takedowns: join(ROOT, "data", "reference", "takedowns.csv"),
  lock: join(ROOT, "package-lock.json"),
  site: join(ROOT, "src"),
  dist: join(ROOT, "dist")
};

const {version: VERSION} = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {version: string};

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);
const count = (n: number): string => n.toLocaleString("en-GB");

interface DataOption {
  readonly data: string;
}

async function allSources(): Promise<Source[]> {
  return [
    ...(await registers()).map((register) => ({register})),
    ...(await publications()).map((publication) => ({publication})),
    ...(await references()).map((reference) => ({reference}))
  ];
}

async function sourceNamed(id: string): Promise<Source> {
  const sources = await allSources();
  const found = sources.find((source) => sourceId(source) === id);
  if (!found)
    throw new UsageError(
      `there is no register or publication "${id}"; there are ${[...sources.map(sourceId), postcodeDirectory.id].join(", ")}`
    );
  return found;
}

/** Every file under the given paths, folders walked in name order; hidden files are passed over. */
function filesUnder(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new UsageError(`there is no file or folder ${path}`);
    if (!statSync(path).isDirectory()) return [path];
    const inside = readdirSync(path)
      .filter((name) => !name.startsWith("."))
      .sort();
    return filesUnder(inside.map((name) => join(path, name)));
  });
}

async function importFiles(id: string, paths: readonly string[], {data}: DataOption): Promise<number> {
  const source = id === postcodeDirectory.id ? null : await sourceNamed(id);
  const files = filesUnder(paths);
  const release = takeLock(data, "import", () => new Date());
  const archive = new Archive(data);
  const warehouse = await Warehouse.open(data);
  try {
    await warehouse.prepareStaging();
    const arrived = new Set<string>();
    for (const path of files) {
      const about = publisherInPath(path, IN_REPOSITORY.reference);
      arrived.add(archive.store(id, readFileSync(path), path, new Date(), about).file.sha256);
    }
    const results =
      source === null
        ? await ingestPostcodes(warehouse, archive)
        : await ingestWithProgress(warehouse, archive, source);
    const mine = results.filter(({file}) => arrived.has(file.sha256));
    sayImported(mine, files.length);
    return mine.some(({problem}) => problem !== null) ? 1 : 0;
  } finally {
    warehouse.close();
    release();
  }
}

async function ingestWithProgress(warehouse: Warehouse, archive: Archive, source: Source): Promise<Ingested[]> {
  const bar = progress(`staging ${sourceId(source)}`, archive.files(sourceId(source)).length);
  try {
    return await ingest(warehouse, archive, source, () => bar.step());
  } finally {
    bar.end();
  }
}

/** The counts always add up: seen = staged + rejected, and files = read + refused + already there. */
function sayImported(results: readonly Ingested[], given: number): void {
  const sum = (pick: (result: Ingested) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const refused = results.filter(({problem}) => problem !== null);
  const known = results.filter(({wasKnown, problem}) => wasKnown && problem === null);
  for (const {file, problem} of refused) say(`refused: ${file.origin}: ${problem}`);
  say(
    `${count(given)} files given, ${count(results.length)} different: ${count(results.length - refused.length - known.length)} read, ` +
      `${count(known.length)} already there, ${count(refused.length)} refused`
  );
  say(
    `${count(sum(({seen}) => seen))} seen = ${count(sum(({staged}) => staged))} staged + ${count(sum(({rejected}) => rejected))} rejected`
  );
  if (sum(({rejected}) => rejected) > 0)
    say("the rejected are in staging.rejects, each with its place and reason, and are published as rejects.csv");
}

interface BuildOption extends DataOption {
  readonly snapshot: boolean; // commander's name for --no-snapshot
}

async function build(options: BuildOption): Promise<number> {
  const archive = new Archive(options.data);
  const warehouse = await Warehouse.open(options.data);
  try {
    await warehouse.prepareStaging();
    for (const source of await allSources()) await ingestWithProgress(warehouse, archive, source);
    await ingestPostcodes(warehouse, archive);
    await buildWarehouse(warehouse, {
      referenceFolder: IN_REPOSITORY.reference,
      snapshotFolder: options.snapshot ? IN_REPOSITORY.snapshot : null,
      registers: await registers(),
      publications: await publications(),
      references: await references()
    });
    const [rows] = await warehouse.rows<{contracts: string; counted: string; observations: string}>(
      `select (select count(*) from core.contracts) as contracts, (select count(*) from core.contracts where left_out_because is null) as counted,
         (select count(*) from core.observations) as observations`
    );
    say(
      `built ${join(options.data, "warehouse.duckdb")}: ${rows?.contracts} contracts, ${rows?.counted} of them in scale measures, ${rows?.observations} observations`
    );
    const review = await writeReview(warehouse, options.data);
    say(
      `for review: ${count(review.names)} buyers' names that may be a council's and ${count(review.portalNotices)} contracts behind a portal's name, ` +
        `none of them guessed, in ${review.path}`
    );
    return 0;
  } finally {
    warehouse.close();
  }
}

interface AnalyseOption extends DataOption {
  readonly from?: string;
  readonly json?: boolean;
  readonly plan?: boolean;
}

async function analyseData({data, from, json, plan: planOnly}: AnalyseOption): Promise<number> {
  const plan = planOf(planFiles());
  if (planOnly) {
    const unblinding: Unblinding = {
      plan_sha256: plan.sha256,
      unblinded_on: new Date().toISOString().slice(0, 10),
      files: plan.files
    };
    print(JSON.stringify(unblinding, null, 2));
    return 0;
  }
  const warehouse = from === undefined ? await Warehouse.open(data) : await openFolder(from);
  try {
    const analysis = await analyse(warehouse, {
      hypotheses: await hypotheses(),
      plan,
      unblinding: readUnblinding(join(IN_REPOSITORY.reference, "unblind.json")),
      isBrought: from !== undefined,
      onProgress: json ? () => {} : say
    });
    if (from === undefined) await store(warehouse, analysis);
    if (json) print(JSON.stringify(analysis, null, 2));
    else sayAnalysis(analysis);
    return 0;
  } finally {
    warehouse.close();
  }
}

/** What was committed to look at real outcomes; nothing yet means that they stay blinded. */
function readUnblinding(path: string): Unblinding | null {
  if (!existsSync(path)) return null;
  const read = Unblinding.safeParse(JSON.parse(readFileSync(path, "utf8")));
  if (!read.success)
    throw new Error(
      `${path} does not unblind anything: ${read.error.issues[0]?.path.join(".")}: ${read.error.issues[0]?.message}`
    );
  return read.data;
}

function sayAnalysis({
  verdicts,
  claims,
  tried_count,
  negative_control,
  blinding,
  deviations,
  plan_sha256
}: Analysis): void {
  say(`plan ${plan_sha256.slice(0, 12)}: ${blinding}`);
  for (const deviation of deviations) say(`deviation: ${deviation}`);
  for (const {hypothesis_id, verdict, because} of verdicts)
    print(`${claims.find(({id}) => id === hypothesis_id)?.label}: ${verdict.toUpperCase()}: ${because}`);
  say(`${negative_control.sentence} ${count(tried_count)} tests were run over all claims.`);
}

interface SimulateOption {
  readonly worlds: number;
  readonly effect: number;
  readonly seed: number;
  readonly json?: boolean;
  readonly write?: string;
}

async function simulateWorlds({worlds, effect, seed, json, write}: SimulateOption): Promise<number> {
  const claims = await hypotheses();
  const [repeatDemand, cost] = [testOf(claims, "share"), testOf(claims, "money")];
  if (write !== undefined) {
    writeWorld(worldOf(seed, {...PLAIN, confounding: 1, effect}), write, {repeatDemand, cost});
    say(`wrote a SYNTHETIC world to ${write}`);
    return 0;
  }
  const bar = progress("SYNTHETIC worlds", worlds);
  const result = simulate({worlds, effect, seed, test: repeatDemand, onWorld: () => bar.step()});
  bar.end();
  if (json) print(JSON.stringify(result, null, 2));
  else
    for (const [name, found] of [
      ["all", result] as const,
      ...Object.entries(result.by_scenario),
      ["30 % of contracts unpublished", result.with_unpublished_contracts] as const
    ])
      print(
        `SYNTHETIC ${name}: ${count(found.worlds)} worlds, coverage ${found.coverage_pct.toFixed(1)} %, bias ${found.bias.toFixed(3)}, false positives ` +
          `${found.false_positive_pct.toFixed(1)} %, power ${found.power_pct.toFixed(1)} %, naive per head ${found.naive_false_positive_pct.toFixed(1)} % false positives`
      );
  return 0;
}

async function check({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const broken = await warehouse.brokenPromises();
    for (const {table, promise, count: rows, examples} of broken)
      say(`broken promise: ${table}: "${promise}": ${count(rows)} rows, such as ${JSON.stringify(examples[0])}`);
    say(
      broken.length === 0
        ? "every promise of the data holds"
        : `${broken.length} promises of the data are broken; nothing was published`
    );
    return broken.length === 0 ? 0 : 1;
  });
}

async function withWarehouse<T>(data: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await Warehouse.open(data, {readOnly: true});
  try {
    return await work(warehouse);
  } finally {
    warehouse.close();
  }
}

async function publishData({
  data,
  out,
  site
}: DataOption & {readonly out?: string; readonly site?: string}): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const {version, files, pageCount, note, reissued} = await publish(warehouse, {
      siteSource: site ?? IN_REPOSITORY.site,
      releaseFolder: out ?? join(data, "release"),
      siteUrl: siteUrl(),
      snapshotNote: await snapshotNote(warehouse),
      takedowns: readTakedowns(IN_REPOSITORY.takedowns),
      lastSchema: lastReleasedSchema(IN_REPOSITORY.schema),
      provenance: provenance(),
      site: {generatedPages, redirects}
    });
    for (const line of note) say(`  ${line}`);
    for (const earlier of reissued) say(`wrote version ${earlier} again, with words withheld and a notice`);
    say(`published version ${version}: ${files.length} files, ${count(pageCount)} pages`);
    return 0;
  });
}

const siteUrl = (): string | null => process.env.SITE_URL?.replace(/\/$/, "") || null;

/** What a release is made of beside the raw files: the code, and the committed tables it judges by. */
function provenance(): Provenance {
  const git = spawnSync("git", ["rev-parse", "HEAD"], {cwd: ROOT, encoding: "utf8"});
  const committed = [IN_REPOSITORY.reference, IN_REPOSITORY.snapshot].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".csv"))
      .sort()
      .map((name) => join(folder, name))
  );
  return {
    code_commit: git.status === 0 ? git.stdout.trim() : null,
    inputs: [...committed, IN_REPOSITORY.lock].map((path) => ({
      path: relative(ROOT, path).replaceAll("\\", "/"),
      sha256: sha256Of(path)
    })),
    parameters: {parser_version: PARSER_VERSION}
  };
}

async function diff(version: string | undefined, {data}: DataOption): Promise<number> {
  const releases = new Releases(join(data, "release"));
  const latest = releases.latest();
  if (latest === null)
    throw new Error(`nothing has been published in ${releases.folder} yet: run "npm run pipeline -- publish" first`);
  const since = version ?? releases.list().at(-2)?.version;
  if (since === undefined) {
    print(`${latest.version} is the first version.`);
    return 0;
  }
  print(`From ${since} to ${latest.version}:`);
  for (const sentence of await diffReleases(releases.find(since), releases.find(latest.version))) print(sentence);
  return 0;
}

async function verifyCitation(citation: string, {data}: DataOption): Promise<number> {
  const {isMatch, lines} = await verify(join(data, "release"), citation).catch((error: Error) => {
    throw error instanceof CitationError ? new UsageError(error.message) : error;
  });
  for (const line of lines) print(line);
  return isMatch ? 0 : 1;
}

async function reproduceRelease(folder: string | undefined, {data}: DataOption): Promise<number> {
  const found = await reproduce(folder ?? join(data, "release", "latest"));
  for (const line of reproductionLines(found)) print(line);
  return found.faults.length === 0 ? 0 : 1;
}

async function schema({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const version = releaseSchema(IN_REPOSITORY.schema, shapeOf(publishedTables, await readDictionary(warehouse)));
    say(`wrote ${join(IN_REPOSITORY.schema, `${version}.json`)}`);
    return 0;
  });
}

/** What the embedded slice is, when the build used any of it. */
async function snapshotNote(warehouse: Warehouse): Promise<string | null> {
  const [row] = await warehouse.rows<{n: number}>(
    "select count(*)::integer as n from core.contracts where is_embedded"
  );
  return row && row.n > 0 ? readFileSync(join(IN_REPOSITORY.snapshot, "note.txt"), "utf8").trim() : null;
}

async function site(options: BuildOption): Promise<number> {
  for (const step of [build, analyseData, check, publishData]) {
    const code = await step(options);
    if (code !== 0) return code;
  }
  await buildSite({
    root: ROOT,
    output: IN_REPOSITORY.dist,
    siteUrl: process.env.SITE_URL ?? null,
    addTo: (built) => placeReleases(join(options.data, "release"), built),
    onProgress: say
  });
  return 0;
}

async function start(options: BuildOption & {readonly port: number}): Promise<number> {
  await refuseTakenPort(options.port, "127.0.0.1");
  const code = await site(options);
  if (code !== 0) return code;
  const server = await serveSite({root: IN_REPOSITORY.dist, port: options.port, host: "127.0.0.1"});
  print(`Contract Scale is on ${server.url} (Ctrl+C ends it)`);
  return new Promise(
    (resolve) =>
      void ["SIGINT", "SIGTERM"].map((signal) => process.once(signal, () => server.close().then(() => resolve(0))))
  );
}

async function printTrace(contractId: string, {data, json}: DataOption & {readonly json?: boolean}): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const steps = await trace(warehouse, contractId);
    if (json) print(JSON.stringify(steps, null, 2));
    else for (const {step, rule, facts} of steps) print(`${step}${rule ? `  [${rule}]` : ""}\n${factLines(facts)}`);
    return 0;
  });
}

const factLines = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .map(
      ([name, value]) =>
        `    ${name.padEnd(18)} ${terminalSafe(Array.isArray(value) ? value.join(", ") || "none" : String(value ?? "-"))}`
    )
    .join("\n");

/** Register text may hold escape sequences that a terminal would obey. */
const terminalSafe = (text: string): string => text.replaceAll(/\p{Cc}/gu, "?");

async function printStatus({data, json}: DataOption & {readonly json?: boolean}): Promise<number> {
  const archive = new Archive(data);
  const fetches = (await registers()).map(({id}) => fetchStatus(archive, id));
  const hasWarehouse = existsSync(join(data, "warehouse.duckdb"));
  const rows = hasWarehouse ? await withWarehouse(data, status) : [];
  if (json) print(JSON.stringify(withFetches(rows, fetches), null, 2));
  else {
    for (const row of rows)
      print(
        `${row.source_id}: ${count(row.files)} files (${count(row.refused_files)} refused), ${count(row.seen)} seen = ${count(row.staged)} staged + ` +
          `${count(row.rejected)} rejected, ${count(row.drift_keys)} unknown keys, ${count(row.embedded_rows)} embedded rows, last received ${row.last_received_at ?? "never"}`
      );
    if (!hasWarehouse)
      say(`there is no ${join(data, "warehouse.duckdb")} yet: run "npm run pipeline -- build" for rows and rejects`);
    for (const fetch of fetches.filter(({fetch_state}) => fetch_state !== "never"))
      for (const line of fetchLines(fetch)) print(terminalSafe(line));
  }
  return 0;
}

async function snapshot({data}: DataOption): Promise<number> {
  return withWarehouse(data, async (warehouse) => {
    const written = await writeSnapshot(warehouse, IN_REPOSITORY.snapshot);
    say(
      `wrote ${Object.entries(written)
        .map(([table, rows]) => `${count(rows)} ${table}`)
        .join(", ")} to ${IN_REPOSITORY.snapshot}`
    );
    return 0;
  });
}

async function reference(folder: string): Promise<number> {
  writeCouncilReference(await buildCouncilReference(folder), IN_REPOSITORY.reference);
  say(`wrote the council tables to ${IN_REPOSITORY.reference}`);
  return 0;
}

async function fetch(ids: readonly string[], options: FetchFlags & DataOption): Promise<number> {
  return fetchCode(await fetchSources("fetch", ids, options));
}

const fetchCode = (fetched: readonly FetchedSource[]): number =>
  fetched.every(({outcome}) => outcome.state === "complete" || outcome.state === "stopped") ? 0 : 1;

async function fetchSources(
  verb: string,
  ids: readonly string[],
  options: FetchFlags & DataOption
): Promise<FetchedSource[]> {
  const wanted = registersToFetch(ids, options, await registers());
  const reporter = reporterFor(options.json ?? false);
  try {
    return await fetchAll(
      {
        registers: wanted,
        dataFolder: options.data,
        referenceFolder: IN_REPOSITORY.reference,
        from: options.from ?? null,
        until: options.until ?? null,
        endpoints: options.endpoint,
        secondsBetween: options.pace,
        requestsAtMost: options.maxRequests ?? Number.POSITIVE_INFINITY,
        bulk: options.bulk ?? false,
        secondPassDays: options.secondPass,
        userAgent: userAgent(wanted, options, process.env.CONTRACT_SCALE_CONTACT ?? "", VERSION),
        verb
      },
      {now: () => new Date(), random: Math.random, report: (event) => reporter.report(event)}
    );
  } finally {
    reporter.end();
  }
}

function reporterFor(json: boolean): FetchReporter {
  if (json) return jsonReporter(print);
  return process.stderr.isTTY ? barReporter(say) : lineReporter(say, Date.now);
}

/** What a schedule runs: a source that fails keeps its last good data, and only what the gates let through is published. */
async function refresh(
  options: FetchFlags & BuildOption & {readonly out?: string; readonly site?: string}
): Promise<number> {
  const fetched = await fetchSources("refresh", [], options);
  for (const {source, gate} of fetched) for (const why of gate.because) say(`${source}: ${gate.level}: ${why}`);
  const built = await build(options);
  const checked = built === 0 ? await check(options) : built;
  if (checked !== 0) return checked;
  const red = fetched.filter(({gate}) => gate.level === "red");
  if (red.length > 0) {
    say(`nothing was published: look at ${red.map(({source}) => source).join(", ")} first`);
    return 1;
  }
  return (await publishData(options)) || fetchCode(fetched);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("a port is a whole number from 1 to 65535");
  return port;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1_000_000)
    throw new InvalidArgumentError("a whole number from 1 to 1000000 is needed");
  return value;
}

function finiteNumber(text: string): number {
  if (text.trim() === "" || !Number.isFinite(Number(text)))
    throw new InvalidArgumentError("a number is needed, such as 0.8");
  return Number(text);
}

function program(onDone: (code: number) => void): Command {
  const cli = new Command("pipeline")
    .description("Contract Scale: public contract registers and council indicators, from archived bytes to a site.")
    .exitOverride()
    .showHelpAfterError("(--help shows every verb and flag)");
  const verb = (name: string, description: string): Command =>
    cli
      .command(name)
      .description(description)
      .option("--data <folder>", "where raw files and the warehouse are", join(ROOT, "data"));
  const runs =
    <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
    async (...args: A) =>
      onDone(await work(...args));

  withFetchFlags(verb("fetch", "ask registers for what is not archived yet: polite, resumable"), 0)
    .argument("[id...]", "file names under pipeline/registers, without .ts; none means all that can be fetched")
    .option("--bulk", "by a register's bulk files where it has them, for history")
    .action(runs(fetch));
  withFetchFlags(verb("refresh", "fetch, build, check, publish: what a schedule runs"), 1)
    .option("--no-snapshot", "leave the embedded rows out")
    .option("--out <folder>", "where releases are kept")
    .option("--site <folder>", "where the site's data and pages are written; else src/")
    .action(runs(refresh));
  verb("import", "archive local files of a register or publication, and stage them")
    .argument("<id>", "a file name under pipeline/registers or pipeline/indicators, without .ts")
    .argument("<path...>", "files, or folders to walk")
    .action(runs(importFiles));
  verb("build", "raw files, snapshot and reference tables to warehouse.duckdb")
    .option("--no-snapshot", "leave the embedded rows out")
    .action(runs(build));
  verb("check", "every promise of the data; exit 1 when one is broken").action(runs(check));
  verb(
    "analyse",
    "estimates, specification curve and verdicts, from the warehouse or a folder like the published tables"
  )
    .option("--from <folder>", "a folder with scale-and-outcome.csv and councils.csv, analysed as it is")
    .option("--json", "everything as JSON")
    .option("--plan", "print the plan's hash, as data/reference/unblind.json would hold it, and analyse nothing")
    .action(runs(analyseData));
  cli
    .command("simulate")
    .description("coverage, bias and false positives of the primary analysis in SYNTHETIC worlds")
    .option("--worlds <number>", "how many", wholeNumber, 2000)
    .option(
      "--effect <points>",
      "planted: points of repeat demand per doubling of the typical pound",
      finiteNumber,
      0.8
    )
    .option("--seed <number>", "the same seed gives the same worlds", wholeNumber, 1)
    .option("--json", "as JSON")
    .option("--write <folder>", "write one such world like the published tables, and try nothing")
    .action(runs(simulateWorlds));
  verb("publish", "tables, checksums and pages from the warehouse")
    .option("--out <folder>", "where releases are kept")
    .action(runs(publishData));
  verb("site", "build, check, publish, and the site into dist/")
    .option("--no-snapshot", "leave the embedded rows out")
    .action(runs(site));
  verb("start", "the same as site, then serve it on this machine")
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(new Option("--port <number>", "port to serve on").env("PORT").argParser(portNumber).default(3000))
    .action(runs(start));
  verb("trace", "one contract's way from archived bytes to the chart")
    .argument("<contract_id>")
    .option("--json", "as JSON")
    .action(runs(printTrace));
  verb("status", "per source: files, rows, rejects").option("--json", "as JSON").action(runs(printStatus));
  verb("diff", "what changed in the data since a version, in words; the version before the latest when none is named")
    .argument("[version]")
    .action(runs(diff));
  verb("verify", "recompute a cited number: MATCH, or what differs and why (exit 1)")
    .argument("<citation>", "a permalink, or a citation in any of its forms")
    .action(runs(verifyCitation));
  verb("reproduce", "work the headline figures of a release out again, offline")
    .argument("[folder]", "of a release; the latest when none is named")
    .action(runs(reproduceRelease));
  verb("schema", "release the shape of the published tables as data/schema/<version>.json").action(runs(schema));
  verb("snapshot", "write data/snapshot from a warehouse built with --no-snapshot").action(runs(snapshot));
  cli
    .command("reference")
    .description("write the council tables from a folder of source files")
    .argument("<folder>")
    .action(runs(reference));
  return cli;
}

async function main(): Promise<number> {
  let code = 0;
  try {
    await program((result) => {
      code = result;
    }).parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    say((error as Error).message);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main();
