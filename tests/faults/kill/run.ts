import {killAgainAndAgain} from "./harness.ts";

// npm run kill -- 200 [seed]: kills whole runs so many times, says where, and what was found wrong.

const [kills = "200", seed = String(Date.now() % 1_000_000), ...more] = process.argv.slice(2);
if (more.length > 0 || ![kills, seed].every((number) => /^\d+$/.test(number))) {
  console.error("give a number of kills and, if need be, a seed: npm run kill -- 200 7");
  process.exit(2);
}
console.error(`${kills} kills with seed ${seed}`);
const {
  faults,
  places,
  kills: done
} = await killAgainAndAgain({
  kills: Number(kills),
  seed: Number(seed),
  onKill: (line) => console.error(line)
});
console.log(JSON.stringify({kills: done, places, faults}, null, 1));
process.exitCode = faults.length === 0 ? 0 : 1;
