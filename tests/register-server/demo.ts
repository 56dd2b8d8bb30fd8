import {spawn} from "node:child_process";
import {mkdtempSync, readFileSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {registers} from "../../pipeline/discover.ts";
import {findables} from "../../pipeline/fetch/publications.ts";
import {readCsv} from "../../pipeline/formats/csv.ts";
import {exploreEducation, plans, postcodeDirectory, references, referrals} from "./publishers.ts";
import {noticesOf, startRegisterServer, syntheticRelease, tooManyRequests} from "./registerServer.ts";

// `npm run demo:registers`: a whole refresh against loopback registers and publishers, so that anyone can see a live fetch, its pace, what it
// does when it is told to wait, and how it goes on after being interrupted. Everything that is fetched is SYNTHETIC.

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FROM = "2024-05-06";
const UNTIL = "2024-05-08";
const say = (line: string): void => void process.stderr.write(`\n== ${line}\n`);

const notices = [...noticesOf("2024-05-06", 260), ...noticesOf("2024-05-07", 180), ...noticesOf("2024-05-08", 60)];
const month = Object.fromEntries(
  [1, 2, 3].map((type) => [`2024-05/${type}`, [syntheticRelease(`month-${type}`, "2024-05-06T09:00:00")]])
);

/** Each council's page, as the committed table has it, with a link to a register file; all of it made up. */
function councilPages(): Record<string, string> {
  const councils = readCsv(readFileSync(join(ROOT, "data/reference/council-registers.csv"))).rows;
  return Object.fromEntries(
    councils.flatMap(({cells}, i) => {
      const file = `/SYNTHETIC-contracts-${i}.csv`;
      return [
        [new URL(cells.url ?? "").pathname, `<a href="${file}">Contracts register (SYNTHETIC)</a>`],
        [
          file,
          `Ref,Contract,Supplier,Annual value,Start date,End date\n1,SYNTHETIC catering ${i},SYNTHETIC Ltd,25000,01/09/2023,31/08/2026\n`
        ]
      ];
    })
  );
}

const server = await startRegisterServer({
  notices,
  lossyCursor: true,
  proactis: month,
  files: {
    ...exploreEducation({referrals: referrals(2025), plans: plans(2025)}),
    ...references(),
    ...postcodeDirectory,
    "/robots.txt": "User-agent: *\nAllow: /\n",
    ...councilPages()
  }
});
const data = mkdtempSync(join(tmpdir(), "contract-scale-demo-SYNTHETIC-"));
const publications = (await findables()).map(({id}) => id);
const live = (await registers()).filter((register) => register.live !== undefined).map(({id}) => id);

function pipeline(verb: string, ...words: string[]): Promise<number | null> {
  const child = spawn(process.execPath, ["--import", "tsx", "pipeline/cli.ts", verb, ...words, "--data", data], {
    cwd: ROOT,
    stdio: ["ignore", "inherit", "inherit"]
  });
  return new Promise((resolve) => child.on("exit", resolve));
}

const endpoints = [...live, ...publications].flatMap((id) => [
  "--endpoint",
  `${id}=${server.url}`,
  "--pace",
  `${id}=240`
]); // none is asked for real
const span = ["--from", FROM, "--until", UNTIL];

say(`SYNTHETIC registers answer at ${server.url}; data go to ${data}`);
say("a fetch that is stopped after four requests to each register");
server.misbehave(tooManyRequests("2"));
await pipeline("fetch", ...live, ...span, ...endpoints, "--max-requests", "4");
say("publications and references: pages that lead to files; a second time, nothing is new");
const served = ["children-in-need", "population", "deflator", "postcodes"];
await pipeline("fetch", ...served, ...endpoints);
await pipeline("fetch", ...served, ...endpoints);
say(
  "the refresh goes on where it was; publishers whose pages are not on the demonstration server fail, and stop nothing else"
);
const code = await pipeline(
  "refresh",
  ...span,
  ...endpoints,
  "--no-snapshot",
  "--out",
  join(data, "release"),
  "--site",
  join(data, "site")
);
say(
  `refresh ended with ${code}: 1 is right, for ${publications.length - served.length} publishers are not on this server; the rest was fetched, checked and published. What is known of each source:`
);
await pipeline("status");
say(
  "For the real sources: CONTRACT_SCALE_CONTACT=you@example.org npm run pipeline -- refresh --build, once a day. Registers are asked at their own pace; status says what each came to, /operations on the site what mends it."
);
await server.close();
rmSync(data, {recursive: true, force: true});
