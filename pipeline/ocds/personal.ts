// Ways to reach a person that strangers write into titles and names: published texts go without them.

const EMAIL = /[\p{L}\p{N}_.+%-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

/** UK numbers as people write them: an area or mobile code and groups of three digits or more, or +44; never a part of a longer word. */
const TELEPHONE =
  /(?<![\p{L}\p{N}.,+/=_-])(?:\+44[\s-]?(?:\(0\)[\s-]?)?\d{2,5}|\(?0[1237]\d{1,4}\)?)[\s-]?\d{3,8}(?:[\s-]?\d{3,4})?(?![\p{L}\p{N}_/-])/gu;

const digitsOf = (number: string): number => number.replace("(0)", "").replace("+44", "0").replaceAll(/\D/g, "").length;
const isTelephone = (number: string): boolean => digitsOf(number) === 10 || digitsOf(number) === 11;

/** The e-mail addresses and telephone numbers in a text. */
export function waysToReach(text: string): string[] {
  const addresses = text.includes("@") ? [...text.matchAll(EMAIL)].map(([address]) => address) : [];
  const numbers = [...text.matchAll(TELEPHONE)].map(([number]) => number).filter(isTelephone);
  return [...addresses, ...numbers];
}

/** A text without e-mail addresses and telephone numbers, saying that they were there. */
export function withoutWaysToReach(text: string): string {
  const withoutAddresses = text.includes("@") ? text.replaceAll(EMAIL, "[e-mail address withheld]") : text;
  if (!MAY_HOLD_NUMBER.test(withoutAddresses)) return withoutAddresses;
  return withoutAddresses.replaceAll(TELEPHONE, (number) =>
    isTelephone(number) ? "[telephone number withheld]" : number
  );
}

const MAY_HOLD_NUMBER = /0[1237]\d|\+44/; // most texts hold none
