import {createHash} from "node:crypto";
import {existsSync, mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {join} from "node:path";

/** When each host may be asked again, beyond the end of a run: a run that is killed and started again is not a faster one. */
export interface Turns {
  freeAt(host: string): number; // milliseconds since 1970; 0 when nothing is known
  remember(host: string, freeAt: number): void;
}

/** The times in a folder of small files, one a host. A torn file counts as none: the pace of the new run still holds. */
export function turnsIn(folder: string): Turns {
  const fileOf = (host: string) => join(folder, `${createHash("sha256").update(host).digest("hex").slice(0, 16)}.txt`);
  return {
    freeAt(host) {
      const file = fileOf(host);
      return existsSync(file) ? Date.parse(readFileSync(file, "utf8").trim()) || 0 : 0;
    },
    remember(host, freeAt) {
      mkdirSync(folder, {recursive: true});
      writeFileSync(fileOf(host), `${new Date(freeAt).toISOString()}\n`);
    }
  };
}
