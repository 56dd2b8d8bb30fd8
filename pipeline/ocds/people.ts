// People whom strangers name inside titles: "care for Mrs J Example", "contact: Jane Example", a national insurance number. Names without
// such a sign are left to the list of names (pipeline/geography/supplierName.ts), which is asked about suppliers and buyers only.

const HONORIFIC =
  "(?:mr|mrs|ms|miss|mx|messrs|cllr|councillor)\\.?(?:\\s?(?:&|and|\\/)\\s?(?:mr|mrs|ms|miss|dr)\\.?)?|dr\\.?|prof\\.?|professor|rev\\.?|revd\\.?|reverend|sir|dame";
const LABEL =
  "contact(?:\\sname|\\sofficer|\\sperson)?|fao|f\\.a\\.o\\.|attn\\.?|for\\sthe\\sattention\\sof|c\\/o|(?:lead|case|procurement|contracts?)\\s(?:officer|manager)|project\\s(?:manager|lead)|social\\sworker|executors?\\sof|(?:the\\s)?(?:late\\s)?estate\\sof(?:\\sthe\\slate)?";
const LETTERS = "[\\p{L}\u2019'-]";
const INITIAL = "\\p{L}(?![\\p{L}\\p{N}])\\.?";
const CAPITAL = `(?!(?:AT|IN|OF|FOR|AND|ON|TO|FROM|BY|WITH|THE)(?!\\p{L}))\\p{Lu}${LETTERS}{1,30}`;
const SPACE = "[\\s\u00a0]{1,2}";

/** Words of what bears a person's name and is none: schools, streets, houses, firms. */
const PLACES =
  "school|academy|college|university|institute|library|museum|gallery|theatre|hall|house|lodge|court|centre|center|hospital|hospice|clinic|surgery|practice|road|street|avenue|lane|drive|way|close|place|square|terrace|crescent|bridge|park|gardens?|estate|farm|green|field|fields|playing|recreation|stadium|arena|cemetery|chapel|church|trust|foundation|charity|memorial|council|county|cyngor|primary|secondary|infants?|junior|nursery|building|pavilion|monument|statue|award|prize|scheme|programme|ltd|limited|llp|plc|cic|solicitors|architects|partners|partnership|associates|services|and\\ssons?|&\\ssons?";

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

const IS_PLACE = new RegExp(`^(?:${PLACES})$`, "i");
const GOES_ON_AS_PLACE = new RegExp(
  `^\\s{0,2}(?:['\u2019][sS]\\s)?(?:${CAPITAL}\\s){0,2}(?:${insensitive(PLACES)})(?!\\p{L})`,
  "u"
);

const DATE =
  "(?:\\d{1,2}(?:st|nd|rd|th)?[\\s./-]{1,2}(?:\\d{1,2}|[a-z]{3,9})[\\s./,-]{1,2}\\d{2,4}|\\d{4}-\\d{2}-\\d{2})";
const NUMBERS: readonly RegExp[] =
  // National insurance: two letters, six digits, a letter from A to D; with a label any letters, since those of examples are never issued.
  [
    /(?<![\p{L}\p{N}/-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D](?![\p{L}\p{N}/-])/gu,
    /(?<![\p{L}\p{N}])(?:nino|n\.?i\.?\s?(?:no|number|num)|national\sinsurance(?:\s(?:no|number))?)\.?\s?[:#]?\s?[a-z]{2}(?:\s?\d){6}\s?[a-z]?(?!\p{N})/giu,
    /(?<![\p{L}\p{N}])[a-z]{2}\s\d{2}\s\d{2}\s\d{2}\s[a-d](?![\p{L}\p{N}])/giu,
    /(?<![\p{L}\p{N}])nhs\s?(?:no|number|num|id)\.?\s?[:#]?\s?\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\d)/giu,
    new RegExp(
      `(?<![\\p{L}\\p{N}])(?:d\\.?\\s?o\\.?\\s?b\\.?|date\\sof\\sbirth|born(?:\\son)?)\\s?[:-]?\\s?${DATE}`,
      "giu"
    )
  ];

const MAY_NAME = new RegExp(
  `(?<!\\p{L})(?:${HONORIFIC}|${LABEL}|nhs|nino|n\\.?i\\.?\\s?n|national\\s|d\\.?\\s?o\\.?\\s?b|date\\s|born|[a-z]{2}\\s?\\d{2}\\s?\\d{2})`,
  "iu"
);
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/** A text without people who are named with a title or a label, and without numbers that only people have, saying that they were there. */
export const withoutPeople = (text: string): string => without(text, [TITLED, LABELLED]);

/** The name of a body without people who are named beside it with a title; a name that is nobody else's stays, without a person's numbers. */
export function withoutPeopleBeside(name: string): string {
  const kept = without(name, [TITLED]);
  return /\p{L}{3}/u.test(kept.replaceAll(WITHHELD, "")) ? kept : without(name, []);
}

/** What stands in a text for what was there. */
export const WITHHELD = /\[[a-z -]{4,16} withheld\]/g;

function without(text: string, naming: readonly RegExp[]): string {
  const visible = text.replaceAll(INVISIBLE, "");
  if (!MAY_NAME.test(visible)) return text;
  let kept = NUMBERS.reduce((before, number) => before.replaceAll(number, "[personal detail withheld]"), visible);
  for (const people of naming)
    kept = kept.replaceAll(people, (...found: unknown[]) => {
      const {sign, name} = found.at(-1) as {sign: string; name: string};
      const [whole, from] = [found[0] as string, found.at(-3) as number];
      if (isOfPlace(name, kept.slice(from + whole.length, from + whole.length + LOOKED_AHEAD))) return whole;
      return `${people === LABELLED ? `${sign} ` : ""}[name withheld]`;
    });
  return kept === visible ? text : kept;
}

const LOOKED_AHEAD = 100; // characters

/** "Mr Example House" and "Sir John Example's School" are places, by the words of the name or those after it. */
const isOfPlace = (name: string, after: string): boolean =>
  GOES_ON_AS_PLACE.test(after) ||
  name
    .split(/\s/)
    .slice(1)
    .some((word) => IS_PLACE.test(word));
