// Words go to stderr, machine output to stdout. Both may hold words of registers and names of files, with sequences in them that a
// terminal would obey or that turn a line around: those are shown as \u001b and the like, whoever forgot to think of them. In JSON
// that is the same text.

export const say = (line: string): void => void process.stderr.write(`${terminalSafe(line)}\n`);
export const print = (text: string): void => void process.stdout.write(`${terminalSafe(text)}\n`);
export const count = (n: number): string => n.toLocaleString("en-GB");

/** Control characters other than line breaks and tabs, and marks that override the direction of text, as escapes. */
export const terminalSafe = (text: string): string =>
  text.replaceAll(
    /[^\P{Cc}\n\t]|[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  );

const FULL = /ENOSPC|EDQUOT|EFBIG|no space left|disk quota|file too large/i;
const NOT_WRITABLE = /EACCES|EPERM|EROFS|read-only file system|permission denied/i;

/** What a person reads when a verb ends with an error: what happened, and for the disk's own faults what to do. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (FULL.test(message))
    return `${message}. The disk is full: what was there stays as it was and nothing half-written is used; free space and run the same command again`;
  if (NOT_WRITABLE.test(message))
    return `${message}. The folder may not be written: nothing was changed; mend its rights and run the same command again`;
  return message;
}
