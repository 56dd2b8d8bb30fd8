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
