// People whom strangers name inside titles: "care for Mrs J Example", "contact: Jane Example", a national insurance number. Names without
// such a sign are left to the list of names (pipeline/geography/supplierName.ts), which is asked about suppliers and buyers only.

const HONORIFIC =
  "(?:mr|mrs|ms|miss|mx|messrs|cllr|councillor)\\.?(?:\\s?(?:&|and|\\/)\\s?(?:mr|mrs|ms|miss|dr)\\.?)?|dr\\.?|prof\\.?|professor|rev\\.?|revd\\.?|reverend|sir|dame";
const LABEL =
  "contact(?:\\sname|\\sofficer|\\sperson)?|fao|f\\.a\\.o\\.|attn\\.?|for\\sthe\\sattention\\sof|c\\/o|(?:lead|case|procurement|contracts?)\\s(?:officer|manager)|project\\s(?:manager|lead)|social\\sworker|executors?\\sof|(?:the\\s)?(?:late\\s)?estate\\sof(?:\\sthe\\slate)?";
const LETTERS = "[\\p{L}\u2019'-]";
const INITIAL = "\\p{L}(?![\\p{L}\\p{N}])\\.?";
const CAPITAL = `\\p{Lu}${LETTERS}{1,30}`;
const SPACE = "[\\s\u00a0]{1,2}";

/** What bears a person's name and is none: schools, streets, houses, firms. */
const NO_PERSON =
  /^[\s,]{0,2}(?:['\u2019]s\s)?(?:\p{L}+\s){0,2}(?:school|academy|college|university|institute|library|museum|gallery|theatre|hall|house|lodge|court|centre|center|hospital|hospice|clinic|surgery|practice|road|street|avenue|lane|drive|way|close|place|square|terrace|crescent|bridge|park|gardens?|estate|farm|green|field|fields|playing|recreation|stadium|arena|cemetery|chapel|church|trust|foundation|charity|memorial|council|county|cyngor|primary|secondary|infants?|junior|nursery|building|pavilion|monument|statue|award|prize|scheme|programme|ltd|limited|llp|plc|cic|solicitors|architects|partners|partnership|associates|services|and\ssons?|&\ssons?)(?!\p{L})/iu;

const NAMES = `(?:${INITIAL}\\s?){0,3}${CAPITAL}(?:${SPACE}(?:${INITIAL}\\s)?(?:(?:and|&)${SPACE}(?:(?:mr|mrs|ms|miss)\\.?${SPACE})?)?${CAPITAL}){0,4}`;
const FULL_NAME = `(?:(?:${INITIAL}\\s?){1,3}${CAPITAL}|${CAPITAL}${SPACE}(?:${INITIAL}\\s?)?${CAPITAL})`;

const TITLED = new RegExp(
  `(?<![\\p{L}\\p{N}&'-]|[Cc]yngor\\s)(?<sign>${insensitive(HONORIFIC)})${SPACE}(?<name>${NAMES})`,
  "gu"
);
const LABELLED = new RegExp(
  `(?<![\\p{L}\\p{N}-])(?<sign>${insensitive(LABEL)})\\s?[:;,-]?\\s?(?<name>${FULL_NAME})(?![\\p{L}\\p{N}])`,
  "gu"
);

/** A pattern in which every letter stands for itself and its capital, for use where capitals matter elsewhere. */
function insensitive(pattern: string): string {
  return pattern.replaceAll(
    /(\\.)|([a-z])/g,
    (_, escaped: string | undefined, letter: string | undefined) => escaped ?? `[${letter}${letter!.toUpperCase()}]`
  );
}

const DATE =
  "(?:\\d{1,2}(?:st|nd|rd|th)?[\\s./-]{1,2}(?:\\d{1,2}|[a-z]{3,9})[\\s./,-]{1,2}\\d{2,4}|\\d{4}-\\d{2}-\\d{2})";
const NUMBERS: readonly (readonly [RegExp, string])[] = [
  // National insurance: two letters, six digits, a letter from A to D; with a label any letters, since those of examples are never issued.
  [
    /(?<![\p{L}\p{N}/-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?![\p{L}\p{N}/-])/gu,
    "national insurance number"
  ],
  [
    /(?<![\p{L}\p{N}])(?:nino|n\.?i\.?\s?(?:no|number|num)|national\sinsurance(?:\s(?:no|number))?)\.?\s?[:#]?\s?[a-z]{2}(?:\s?\d){6}\s?[a-z]?(?!\p{N})/giu,
    "national insurance number"
  ],
  [/(?<![\p{L}\p{N}])[a-z]{2}\s\d{2}\s\d{2}\s\d{2}\s[a-d](?![\p{L}\p{N}])/giu, "national insurance number"],
  [/(?<![\p{L}\p{N}])nhs\s?(?:no|number|num|id)\.?\s?[:#]?\s?\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/giu, "NHS number"],
  [
    new RegExp(
      `(?<![\\p{L}\\p{N}])(?:d\\.?\\s?o\\.?\\s?b\\.?|date\\sof\\sbirth|born(?:\\son)?)\\s?[:-]?\\s?${DATE}`,
      "giu"
    ),
    "date of birth"
  ]
];

const MAY_NAME = new RegExp(
  `(?<!\\p{L})(?:${HONORIFIC}|${LABEL}|nhs|nino|n\\.?i\\.?\\s?n|national\\s|d\\.?\\s?o\\.?\\s?b|date\\s|born|[a-z]{2}\\s?\\d{2}\\s?\\d{2})`,
  "iu"
);
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** A text without people who are named with a title or a label, and without numbers that only people have, saying that they were there. */
export function withoutPeople(text: string): string {
  const visible = text.replaceAll(INVISIBLE, "");
  if (!MAY_NAME.test(visible)) return text;
  let kept = NUMBERS.reduce((before, [number, what]) => before.replaceAll(number, `[${what} withheld]`), visible);
  for (const people of [TITLED, LABELLED])
    kept = kept.replaceAll(people, (...found: unknown[]) => {
      const {sign, name} = found.at(-1) as {sign: string; name: string};
      const [whole, after] = [found[0] as string, kept.slice((found.at(-3) as number) + (found[0] as string).length)];
      return isOfPlace(name, after) ? whole : `${people === LABELLED ? `${sign} ` : ""}[name withheld]`;
    });
  return kept === visible ? text : kept;
}

/** "Mr Example House" and "Sir John Example's School" are places, by the words of the name or those after it. */
const isOfPlace = (name: string, after: string): boolean =>
  NO_PERSON.test(after) ||
  name
    .split(/\s/)
    .slice(1)
    .some((word) => NO_PERSON.test(word));
