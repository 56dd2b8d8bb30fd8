/**
 * Places at which a run can be ended as by a power cut, to prove that nothing is lost there. They do nothing unless one is armed.
 *
 * The names, in the order of a run: `archive.kept` (bytes on disk, not yet in the manifest), `archive.named`, `transaction.open` (everything
 * is written, nothing committed), `transaction.committed`, `build.done`, `release.written`, `release.moved` (the one that is replaced, if any, not yet gone), `release.renamed`,
 * `release.listed`, `release.latest`, `reissue.placed`, `pages.written`, `pages.placed` (after each folder), `site.checked`,
 * `site.moved` (the old one not yet gone), `site.placed`.
 */
export type Failpoint = (typeof FAILPOINTS)[number];

export const FAILPOINTS = [
  "archive.kept",
  "archive.named",
  "transaction.open",
  "transaction.committed",
  "build.done",
  "release.written",
  "release.moved",
  "release.renamed",
  "release.listed",
  "release.latest",
  "reissue.placed",
  "pages.written",
  "pages.placed",
  "site.checked",
  "site.moved",
  "site.placed"
] as const;

let armed: {readonly name: string; left: number} | null = null;

/**
 * Arms one place: "release.renamed", or "transaction.committed:3" for the third time that it is passed.
 * @throws {RangeError} naming the places there are
 */
export function armFailpoint(text: string): void {
  const [name = "", times = "1"] = text.split(":");
  if (!(FAILPOINTS as readonly string[]).includes(name) || !/^[1-9]\d*$/.test(times))
    throw new RangeError(`"${text}" is no place to fail at; there are ${FAILPOINTS.join(", ")}, each also as name:3`);
  armed = {name, left: Number(times)};
}

/** Ends the process at once, without any clean-up, when this place is armed and its turn has come. */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, "SIGKILL");
}
