import {fetchAll} from "../../pipeline/fetch/fetch.ts";
import {registerWith} from "./world.ts";

// A fetch in a process of its own, so that a test can kill it: data folder, endpoint, first and last day.

const [dataFolder = "", endpoint = "", from = "", until = ""] = process.argv.slice(2);
const [{outcome} = {outcome: null}] = await fetchAll(
  {
    registers: [registerWith({})],
    dataFolder,
    referenceFolder: "",
    from,
    until,
    endpoints: new Map([["synthetic-register", endpoint]]),
    secondsBetween: new Map([["synthetic-register", 0.01]]),
    requestsAtMost: Number.POSITIVE_INFINITY,
    by: "live",
    secondPassDays: 0,
    userAgent: "contract-scale/test",
    verb: "fetch"
  },
  {now: () => new Date(), random: Math.random, report: () => {}}
);
process.stdout.write(JSON.stringify(outcome));
