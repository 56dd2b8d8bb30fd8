import {join} from "node:path";
import {Command, CommanderError, InvalidArgumentError, Option} from "commander";
import {analyseData} from "./commands/analyse.ts";
import {build} from "./commands/build.ts";
import {check} from "./commands/check.ts";

import {IN_REPOSITORY, locked, ROOT, type Surroundings} from "./commands/command.ts";
import {demo} from "./commands/demo.ts";
import {fetch} from "./commands/fetch.ts";
import {forget, forgetOptions} from "./commands/forget.ts";
import {importFiles} from "./commands/import.ts";
import {personNames, reference, schema, snapshot} from "./commands/maintain.ts";
import {type PublishOption, publishData} from "./commands/publish.ts";
import {refresh} from "./commands/refresh.ts";
import {diff, reproduceRelease, verifyCitation} from "./commands/releases.ts";
import {simulateWorlds} from "./commands/simulate.ts";
import {site, start} from "./commands/site.ts";
import {printStatus} from "./commands/status.ts";
import {printTrace} from "./commands/trace.ts";
import {say, sentenceOf} from "./commands/words.ts";
import {armFailpoint} from "./failpoint.ts";
import {withFetchFlags} from "./fetchFlags.ts";
import {UsageError} from "./usageError.ts";
import {allThreads} from "./warehouse/readReleases.ts";

// Every verb and flag; the only file that reads the command line, the environment or the clock. What a verb does is in
// commands/. Exit codes: 0 done, 1 a failed check or a refused file, 2 wrong usage.

const around: Surroundings = {
  now: () => new Date(),
  random: Math.random,
  siteUrl: process.env.SITE_URL?.replace(/\/$/, "") || null,
  contact: process.env.CONTRACT_SCALE_CONTACT ?? "",
  places: IN_REPOSITORY
};

const DEMO_FOLDER = join(ROOT, "data", "demo");

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

const jobs = (): Option =>
  new Option(
    "--jobs <number>",
    "threads that read releases, at most; as many as the machine has processors if not given"
  )
    .argParser(wholeNumber)
    .default(allThreads());
/** A check that a person has looked at, several times if need be: "closed-months" or "volume:find-a-tender". */
const withAccept = (verb: Command): Command =>
  verb.option(
    "--accept <gate>",
    "publish although this check is red: someone has looked (closed-months, volume:find-a-tender …)",
    (gate: string, before: readonly string[] = []) => [...before, gate]
  );

function program(onDone: (code: number) => void): Command {
  const cli = new Command("pipeline")
    .description("Contract Scale: public contract registers and council indicators, from archived bytes to a site.")
    .exitOverride()
    .showHelpAfterError("(--help shows every verb and flag)");
  const verb = (name: string, description: string, data = join(ROOT, "data")): Command =>
    cli.command(name).description(description).option("--data <folder>", "where raw files and the warehouse are", data);
  const runs =
    <A extends unknown[]>(work: (...args: A) => Promise<number>) =>
    async (...args: A) =>
      onDone(await work(...args));
  const runsIn = <A extends unknown[]>(work: (around: Surroundings, ...args: A) => Promise<number>) =>
    runs((...args: A) => work(around, ...args));

  withFetchFlags(verb("fetch", "ask registers and publishers for what is not archived yet: polite, resumable"), 0)
    .argument(
      "[id...]",
      "file names under pipeline/registers, indicators or references, without .ts; none means all that can be fetched except postcodes, which is large"
    )
    .option("--bulk", "by a register's bulk files where it has them, for history")
    .option("--mirror", "by the mirror of those files, where a register has one")
    .action(runsIn(fetch));
  withAccept(withFetchFlags(verb("refresh", "fetch, build, check, publish: what a schedule runs"), 1))
    .argument("[id...]", "registers to fetch; none means all that can be fetched")
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .option("--out <folder>", "where releases are kept")
    .option("--every <hours>", "how often it runs, for the status page", wholeNumber, 24)
    .option("--build", "and the site into dist/")
    .option("--site <folder>", "where the site's data and pages are written; else src/")
    .action(runsIn((world, only: readonly string[], options) => refresh(world, {...options, only})));
  verb("import", "archive local files of a register or publication, and stage them")
    .argument("<id>", "a file name under pipeline/registers or pipeline/indicators, without .ts")
    .argument("<path...>", "files, or folders to walk")
    .addOption(jobs())
    .action(runsIn(importFiles));
  verb("build", "raw files, snapshot and reference tables to warehouse.duckdb")
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .action(runsIn(locked("build", build)));
  verb("check", "every promise of the data; exit 1 when one is broken").action(runs(check));
  verb(
    "analyse",
    "estimates, specification curve and verdicts, from the warehouse or a folder like the published tables"
  )
    .option("--from <folder>", "a folder with scale-and-outcome.csv and councils.csv, analysed as it is")
    .option("--json", "everything as JSON")
    .option("--plan", "print the plan's hash, as data/reference/unblind.json would hold it, and analyse nothing")
    .action(runsIn(analyseData));
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
  withAccept(verb("publish", "tables, checksums and pages from the warehouse"))
    .option("--out <folder>", "where releases are kept")
    .action(runsIn(locked("publish", (world, options: PublishOption) => publishData(world, options))));
  withAccept(verb("site", "build, check, publish, and the site into dist/"))
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .action(runsIn(site));
  withAccept(verb("start", "the same as site, then serve it on this machine"))
    .option("--no-snapshot", "leave the embedded rows out")
    .addOption(jobs())
    .addOption(new Option("--port <number>", "port to serve on").env("PORT").argParser(portNumber).default(3000))
    .action(runsIn(start));
  verb("forget", "delete archived bytes, or a supplier from all of them, and withhold it in every version")
    .argument("<key>", "SHA-256 of archived bytes, or a supplier_id")
    .option("--reason <words>", "why, without naming anybody")
    .action(runsIn((world, key: string, options) => forget(world, forgetOptions(key, options))));
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
    .action(runsIn(demo));
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
  cli
    .command("person-names")
    .description("write person_names.csv from a node_modules folder that holds the packages of names")
    .argument("<folder>")
    .action(runs(personNames));
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
    say(sentenceOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

if (process.env.CONTRACT_SCALE_FAIL_AT) armFailpoint(process.env.CONTRACT_SCALE_FAIL_AT);
process.exitCode = await main();
