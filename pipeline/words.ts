import {existsSync} from "node:fs";

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
const READS = new Set(["read", "scandir", "stat", "lstat"]); // of which a message does not say what for
const NOT_WRITABLE = /EACCES|EPERM|EROFS|read-only file system|permission denied|operation not permitted/i;

/** What else a system says in a word of its own, and what a person does about it. */
const ADVICE: Readonly<Record<string, string>> = {
  EEXIST: "A file stands where a folder is needed: name another folder, or take the file away",
  ENOTDIR: "A file stands where a folder is needed: name another folder, or take the file away",
  EISDIR: "A folder stands where a file is needed: take it away",
  ENAMETOOLONG: "The name is longer than the system allows: name a shorter one",
  ELOOP: "Links lead to one another: mend them",
  EMFILE: 'Too many files are open at once: allow more, with "ulimit -n 1024" or above, and run the same command again',
  ENFILE: "Too many files are open on this machine: end other programs and run the same command again",
  ENOMEM: "There is too little memory: end other programs and run the same command again",
  EIO: "The disk does not do what it is asked: look at it before anything else"
};

/** What a person reads when a verb ends with an error: what happened, and for the disk's own faults what to do. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const {code, syscall, path} = (error instanceof Error ? error : {}) as NodeJS.ErrnoException;
  if (code !== undefined && ADVICE[code] !== undefined) return `${message}. ${ADVICE[code]}`;
  const isAboutFile = READS.has(syscall ?? "") || (syscall === "open" && path !== undefined && existsSync(path));
  if (NOT_WRITABLE.test(message) && isAboutFile)
    return `${message}. It may not be read or not be written: mend its rights and run the same command again; nothing was changed`;
  if (code === undefined && /is a directory/i.test(message)) return `${message}. ${ADVICE.EISDIR}`; // in the database's words
  if (FULL.test(message))
    return `${message}. The disk is full: what was there stays as it was and nothing half-written is used; free space and run the same command again`;
  if (NOT_WRITABLE.test(message))
    return `${message}. The folder may not be written: nothing was changed; mend its rights and run the same command again`;
  return message;
}
