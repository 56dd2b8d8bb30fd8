import {writeFileSync} from "node:fs";
import {isMainThread} from "node:worker_threads";

// Loaded before a measured command: when it ends, what the whole process used goes to the file that BENCH_USAGE names.

const path = process.env.BENCH_USAGE;
if (path !== undefined && isMainThread)
  process.on("exit", () => {
    const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
    writeFileSync(path, JSON.stringify({cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024}));
  });
