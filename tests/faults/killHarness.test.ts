import {expect, test} from "vitest";
import {killAgainAndAgain} from "./kill/harness.ts";

// Twenty kills here; \`npm run kill -- 200\` for as many as one likes, at other random moments each time.

const MINUTES = 60_000;

test(
  "fault 27: killed at every named place and at random moments, runs lose nothing and repeat nothing, and what is published is always whole",
  async () => {
    const {kills, faults} = await killAgainAndAgain({kills: 20, seed: 20_240_610});
    expect(faults).toEqual([]);
    expect(kills).toBe(20);
  },
  10 * MINUTES
);

test(
  "the harness bites: a cursor that moves before the bytes are on disk is found",
  async () => {
    const {kills, faults} = await killAgainAndAgain({kills: 1, seed: 1, places: ["archive.kept"], cursorFirst: true});
    expect(kills).toBe(1);
    expect(faults.join("\n")).toMatch(/the run that was let finish ended with 1|is named and not there/);
  },
  3 * MINUTES
);
