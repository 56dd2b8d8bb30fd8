/**
 * The same function, which keeps its last answer: the awards of one notice share their text, and each is asked several things
 * about it. Only for functions whose answer nobody changes.
 */
export function rememberingLast<A extends readonly (string | number | null)[], T>(
  read: (...asked: A) => T
): (...asked: A) => T {
  let last: {readonly asked: A; readonly answer: T} | null = null;
  return (...asked) => {
    if (last === null || asked.some((value, i) => value !== last?.asked[i])) last = {asked, answer: read(...asked)};
    return last.answer;
  };
}
