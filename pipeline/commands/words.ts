// Words go to stderr, machine output to stdout.

export const say = (line: string): void => void process.stderr.write(`${line}\n`);
export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const count = (n: number): string => n.toLocaleString("en-GB");

/** Register text may hold escape sequences that a terminal would obey. */
export const terminalSafe = (text: string): string => text.replaceAll(/\p{Cc}/gu, "?");
