/**
 * A Companies House number as the register writes it: eight characters, digits padded with zeros on the left.
 *
 * Publishers drop the zeros (a spreadsheet does), add spaces and write the prefix in lower case. What cannot be one is
 * refused rather than mended: a wrong number would join two firms.
 *
 * @returns null when it is not a company number
 */
export function companyNumber(written: string): string | null {
  const text = written.toUpperCase().replace(/[\s.-]/g, "");
  if (/^[0-9]{1,8}$/.test(text)) return Number(text) === 0 ? null : text.padStart(8, "0");
  const prefixed =
    /^(SC|NI|OC|OE|SO|NC|IP|RS|SP|NP|R0|RC|CE|CS|AC|FC|NF|SF|BR|GE|GS|LP|SL|NL|ZC|SZ|IC|SI|NV|SE|GN|NR)([0-9]{1,6}[A-Z]?)$/.exec(
      text
    );
  if (prefixed === null) return null;
  const [, prefix, number] = prefixed as unknown as [string, string, string];
  return `${prefix}${number.padStart(8 - prefix.length, "0")}`;
}
