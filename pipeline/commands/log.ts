import {appendFileSync, mkdirSync} from "node:fs";
import {join} from "node:path";

/** One thing that happened, named, with what belongs to it. */
export interface LogLine {
  readonly event: string;
  readonly [fact: string]: unknown;
}

/** The log of scheduled runs: `refresh.jsonl` in the data folder, one JSON object a line, oldest first. */
export class RunLog {
  private readonly path: string;

  constructor(
    dataFolder: string,
    private readonly now: () => Date
  ) {
    mkdirSync(dataFolder, {recursive: true});
    this.path = join(dataFolder, "refresh.jsonl");
  }

  line(line: LogLine): void {
    appendFileSync(this.path, `${JSON.stringify({at: this.now().toISOString(), ...line})}\n`);
  }
}
