const HERE = new Set(
  "united kingdom,uk,u k,gb,gbr,great britain,england,scotland,wales,northern ireland,britain,england and wales".split(
    ","
  )
);

// Every region that ISO 3166 has a code for, by its English name, and names that addresses use instead.
const REGION_NAMES = new Intl.DisplayNames(["en"], {type: "region", fallback: "none"});
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const CODES = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
  (code) => !["UK", "GB", "EU", "UN", "EZ", "QO", "ZZ"].includes(code)
);
const COUNTRIES = new Set([
  ...CODES.flatMap((code) => REGION_NAMES.of(code)?.toLowerCase() ?? []),
  ..."usa,u s a,united states of america,republic of ireland,eire,channel islands,the netherlands,holland,czech republic,uae,russian federation,south korea,hong kong".split(
    ","
  )
]);
const ISO_CODE = new Set(CODES.filter((code) => REGION_NAMES.of(code) !== undefined));

/**
 * Whether an address says that it is outside the United Kingdom: by its own country field, or by a country's name as its last part.
 *
 * @param country as published, a name or an ISO 3166 code; null when the register has no such field
 * @returns false when nothing says so, which is not the same as being in the United Kingdom
 */
export function isAbroad(address: string | null, country: string | null): boolean {
  const named = country?.trim() ?? "";
  if (named !== "") return isForeign(named);
  const parts = (address ?? "")
    .split(/[,\n\r]+/)
    .map((part) => part.trim())
    .filter((part) => /[A-Za-z]/.test(part));
  return parts.slice(-2).some(isForeignName);
}

const isForeign = (country: string) =>
  !HERE.has(plain(country)) && (isForeignName(country) || ISO_CODE.has(country.toUpperCase()));

const isForeignName = (name: string) => !HERE.has(plain(name)) && COUNTRIES.has(plain(name));

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[.\s]+/g, " ")
    .trim();
