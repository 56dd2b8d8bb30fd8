import {existsSync, renameSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {type Failpoint, failpoint} from "./failpoint.ts";

/** What of fs-native-extensions is used. */
interface Exchange {
  swapSync(from: string, to: string): void;
}

/**
 * Puts a folder in the place of another, which goes. Where the system can exchange two folders at once (Linux and macOS), there is no moment
 * without a whole folder at `place`. Elsewhere two renames take its place, and `recover` puts right what is ended between them.
 *
 * Not a symbolic link: what reads a built site (archivers, hosts' upload commands, `find`) mostly does not follow one.
 *
 * @param next the new folder, beside its place; after a kill the old one may be left under this name
 * @param passing where a test may end the process: both folders are on the disk, and the new one may be in place already
 */
export function putInPlace(next: string, place: string, {old, passing}: {old: string; passing: Failpoint}): void {
  rmSync(old, {recursive: true, force: true});
  if (!existsSync(place)) {
    failpoint(passing);
    renameSync(next, place);
  } else if (exchanged(next, place)) {
    failpoint(passing);
    rmSync(next, {recursive: true});
  } else {
    renameSync(place, old);
    failpoint(passing);
    renameSync(next, place);
    rmSync(old, {recursive: true});
  }
}

/** Puts the old folder back when a run was ended between two renames. */
export function recover(place: string, old: string): void {
  if (!existsSync(place) && existsSync(old)) renameSync(old, place);
}

/** Whether this system exchanges two folders at once. The disk has the last word. */
export const canExchange = (): boolean => exchange() !== null;

function exchanged(a: string, b: string): boolean {
  const system = exchange();
  if (system === null) return false;
  try {
    system.swapSync(a, b);
    return true;
  } catch {
    return false; // a disk that cannot; if something else is wrong, the renames say what
  }
}

/** Null on Windows, where the library moves three times, and on systems that it is not made for. */
function exchange(): Exchange | null {
  if (process.platform === "win32") return null;
  try {
    return createRequire(import.meta.url)("fs-native-extensions") as Exchange;
  } catch {
    return null;
  }
}
