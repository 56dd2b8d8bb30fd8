import {availableParallelism} from "node:os";
import {join} from "node:path";
import {Command, CommanderError, InvalidArgumentError, Option} from "commander";
import {IN_REPOSITORY, locked, ROOT, type Surroundings, withSite} from "./commands/command.ts";
import type {PublishOption} from "./commands/publish.ts";
import {armFailpoint} from "./failpoint.ts";
import {withFetchFlags} from "./fetch/flags.ts";
import {GATES} from "./gates/gates.ts";
import {UsageError} from "./usageError.ts";
import {DEFAULT_MEMORY_MB, limitMemory} from "./warehouse/warehouse.ts";
import {say, sentenceOf} from "./words.ts";

// Every verb and flag; the only file that reads the command line, the environment or the clock. What a verb does is in
// commands/. Exit codes: 0 done, 1 a failed check or a refused file, 2 wrong usage.

const around: Surroundings = {
  now: () => new Date(),
  random: Math.random,
  siteUrl: process.env.SITE_URL?.replace(/\/$/, "") || null,
  contact: process.env.CONTRACT_SCALE_CONTACT ?? "",
  places: IN_REPOSITORY
};

/** Megabytes from the environment, that the database may hold in memory. */
function allowedMemory(text: string | undefined): number | null {
  if (text === undefined || text === "") return null;
  const megabytes = Number(text);
  if (!Number.isInteger(megabytes) || megabytes < 256 || megabytes > 1_000_000)
    throw new UsageError(
      `CONTRACT_SCALE_MEMORY_MB is "${text}": it must be a whole number of megabytes from 256 to 1000000, or left out`
    );
  return megabytes;
}

const DEMO_FOLDER = join(ROOT, "data", "demo");

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError("a port is a whole number from 1 to 65535");
  return port;
}

function folderName(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("a folder's name is needed");
  return text;
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

const jobs = (): Option =>
  new Option(
    "--jobs <number>",
    "threads that read releases, at most; as many as the machine has processors if not given"
  )
    .argParser(wholeNumber)
    .default(availableParallelism());

/** A gate, alone or with what it is about after a colon; a name that no gate has would be passed over, and what is red stay red. */
function gateName(text: string): string {
  if (!GATES.some((gate) => gate === text.split(":")[0]))
    throw new InvalidArgumentError(`there is no check of that name; there are ${GATES.join(", ")}`);
  return text;
}

/** A check that a person has looked at, several times if need be: "closed-months" or "volume:find-a-tender". */
const withAccept = (verb: Command): Command =>
  verb.option(
    "--accept <gate>",
    "publish although this check is red: someone has looked (closed-months, volume:find-a-tender …)",
    (gate: string, before: readonly string[] = []) => [...before, gateName(gate)]
  );

function program(onDone: (code: number) => void): Command {
  const cli = new Command("pipeline")
    .description("Contract Scale: public contract registers and council indicators, from archived bytes to a site.")
    .exitOverride()
    .showHelpAfterError("(--help shows every verb and flag)");
  const verb = (name: string, description: string, data = join(ROOT, "data")): Command =>
    cli
      .command(name)
      .description(description)
      .option("--data <folder>", "where raw files and the warehouse are", folderName, data);
  // A verb's file is loaded when the verb is called: all of them together take longer than a small refresh.
  const runs =
    <A extends unknown[]>(verbOf: () => Promise<(...args: A) => Promise<number>>) =>
    async (...args: A) =>
      onDone(await (await verbOf())(...args));
  const runsIn = <A extends unknown[]>(verbOf: () => Promise<(around: Surroundings, ...args: A) => Promise<number>>) =>
    runs(async () => {
      const work = await verbOf();
      return (...args: A) => work(around, ...args);
    });

  withFetchFlags(verb("fetch", "ask registers and publishers for what is not archived yet: polite, resumable"), 0)
    .argument(
      "[id...]",
      "file names under pipeline/registers, indicators or references, without .ts; none means all that can be fetched except postcodes, which is large"
    )
    .option("--bulk", "by a register's bulk files where it has them, for history")
    .option("--mirror", "by the mirror of those files, where a register has one")
    .action(runsIn(async () => (await import("./commands/fetch.ts")).fetch));
  withAccept(withFetchFlags(verb("refresh", "fetch, build, check, publish: what a schedule runs"), 1))
    .argument("[id...]", "registers to fetch; none means all that can be fetched")
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .option("--out <folder>", "where releases are kept")
    .option("--every <hours>", "how often it runs, for the status page", wholeNumber, 24)
    .option("--build", "and the site into dist/")
    .option("--site <folder>", "where the site's data and pages are written; else src/")
    .action(runsIn(async () => (await import("./commands/refresh.ts")).refresh));
  verb("import", "archive local files of a register or publication, and stage them")
    .argument("<id>", "a file name under pipeline/registers or pipeline/indicators, without .ts")
    .argument("<path...>", "files, or folders to walk")
    .addOption(jobs())
    .action(runsIn(async () => (await import("./commands/import.ts")).importFiles));
  verb("build", "raw files, snapshot and reference tables to warehouse.duckdb")
    .option("--no-snapshot", "leave the embedded rows out")
    .option("--whole", "every row anew, also those that nothing new can have changed")
    .addOption(jobs())
    .action(runsIn(async () => locked("build", (await import("./commands/build.ts")).build)));
  verb("check", "every promise of the data; exit 1 when one is broken").action(
    runs(async () => (await import("./commands/check.ts")).check)
  );
  verb(
    "analyse",
    "estimates, specification curve and verdicts, from the warehouse or a folder like the published tables"
  )
    .option("--from <folder>", "a folder with scale-and-outcome.csv and councils.csv, analysed as it is")
    .option("--json", "everything as JSON")
    .option("--plan", "print the plan's hash, as data/reference/unblind.json would hold it, and analyse nothing")
    .action(runsIn(async () => (await import("./commands/analyse.ts")).analyseData));
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
    .action(runs(async () => (await import("./commands/simulate.ts")).simulateWorlds));
  withAccept(verb("publish", "tables, checksums and pages from the warehouse"))
    .option("--out <folder>", "where releases are kept")
    .action(
      runsIn(async () => {
        const {publishData} = await import("./commands/publish.ts");
        return locked("publish", (world, options: PublishOption) =>
          withSite(world, "publish", () => publishData(world, options))
        );
      })
    );
  withAccept(verb("site", "build, check, publish, and the site into dist/"))
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .action(runsIn(async () => (await import("./commands/site.ts")).site));
  withAccept(verb("start", "the same as site, then serve it on this machine"))
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .addOption(new Option("--port <number>", "port to serve on").env("PORT").argParser(portNumber).default(3000))
    .action(runsIn(async () => (await import("./commands/site.ts")).start));
  verb("forget", "delete archived bytes, or a supplier from all of them, and withhold it in every version")
    .argument("<key>", "SHA-256 of archived bytes, or a supplier_id")
    .option("--reason <words>", "why, without naming anybody")
    .action(
      runsIn(async () => {
        const {forget, forgetOptions} = await import("./commands/forget.ts");
        return (world: Surroundings, key: string, options: Parameters<typeof forgetOptions>[1]) =>
          forget(world, forgetOptions(key, options));
      })
    );
  verb("demo", "the whole site from an invented country, marked SYNTHETIC on every page and picture", DEMO_FOLDER)
    .option("--councils <number>", "how many, besides the districts of the counties among them", wholeNumber, 80)
    .option(
      "--effect <points>",
      "planted: points of repeat demand per doubling of the typical pound",
      finiteNumber,
      1.5
    )
    .option("--seed <number>", "the same seed gives the same country", wholeNumber, 1)
    .addOption(jobs())
    .option("--serve", "serve it on this machine afterwards")
    .addOption(new Option("--port <number>", "port to serve on").env("PORT").argParser(portNumber).default(3001))
    .action(runsIn(async () => (await import("./commands/demo.ts")).demo));
  verb("trace", "one contract's way from archived bytes to the chart")
    .argument("<contract_id>")
    .option("--json", "as JSON")
    .action(runs(async () => (await import("./commands/trace.ts")).printTrace));
  verb("status", "per source: files, rows, rejects")
    .option("--json", "as JSON")
    .action(runs(async () => (await import("./commands/status.ts")).printStatus));
  verb("diff", "what changed in the data since a version, in words; the version before the latest when none is named")
    .argument("[version]")
    .action(runs(async () => (await import("./commands/releases.ts")).diff));
  verb("verify", "recompute a cited number: MATCH, or what differs and why (exit 1)")
    .argument("<citation>", "a permalink, or a citation in any of its forms")
    .action(runs(async () => (await import("./commands/releases.ts")).verifyCitation));
  verb("reproduce", "work the headline figures of a release out again, offline")
    .argument("[folder]", "of a release; the latest when none is named")
    .action(runs(async () => (await import("./commands/releases.ts")).reproduceRelease));
  verb("schema", "release the shape of the published tables as data/schema/<version>.json").action(
    runs(async () => (await import("./commands/maintain.ts")).schema)
  );
  verb("snapshot", "write data/snapshot from a warehouse built with --no-snapshot").action(
    runs(async () => (await import("./commands/maintain.ts")).snapshot)
  );
  cli
    .command("reference")
    .description("write the council tables from a folder of source files")
    .argument("<folder>")
    .action(runs(async () => (await import("./commands/maintain.ts")).reference));
  cli
    .command("person-names")
    .description("write person_names.csv from a node_modules folder that holds the packages of names")
    .argument("<folder>")
    .action(runs(async () => (await import("./commands/maintain.ts")).personNames));
  return cli;
}

async function main(): Promise<number> {
  let code = 0;
  try {
    limitMemory(allowedMemory(process.env.CONTRACT_SCALE_MEMORY_MB) ?? DEFAULT_MEMORY_MB);
    await program((result) => {
      code = result;
    }).parseAsync(process.argv);
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    say(sentenceOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/**
 * Whoever reads along may leave (`| head`) without a run being given up for it: words are then said to nobody. A reader of the output has had
 * enough; any other fault of the output means that it is not whole.
 */
process.stderr.on("error", () => {});
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  say(`the output could not be written whole: ${sentenceOf(error)}`);
  process.exit(1);
});

if (process.env.CONTRACT_SCALE_FAIL_AT) armFailpoint(process.env.CONTRACT_SCALE_FAIL_AT);
process.exitCode = await main();
