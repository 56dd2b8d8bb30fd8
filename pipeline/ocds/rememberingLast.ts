/**
 * The same function of a text, which keeps its last answer: the awards of one notice share their text, and each is asked
 * several things about it. Only for functions whose answer nobody changes.
 */
export function rememberingLast<T>(read: (text: string) => T): (text: string) => T {
  let last: {readonly text: string; readonly answer: T} | null = null;
  return (text) => {
    if (last === null || last.text !== text) last = {text, answer: read(text)};
    return last.answer;
  };
}
