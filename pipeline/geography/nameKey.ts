/** A name as names are compared: "The King’s Lynn & West Norfolk" -> "king s lynn and west norfolk". The SQL macro `name_key` does the same. */
export function nameKey(name: string): string {
  return plainWords(name).replace(/^the /, "");
}

/** Lower case words of letters and digits, one space between, accents dropped and "&" written out. */
export function plainWords(name: string): string {
  const ascii = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return ascii
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
