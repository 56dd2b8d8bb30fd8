import {decode as decodeEntities} from "html-entities";

/** What stands in place of a forgotten name: readers know it for a person's, and withhold the row. */
export const FORGOTTEN_NAME = "Natural person (withheld)";
const FORGOTTEN = "[withheld]";

const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/g;
const ABOUT_A_PARTY = ["streetAddress", "postalCode", "email", "telephone", "faxNumber", "url", "legalName"];

/**
 * A JSON page without a supplier: every text that holds one of the names, and the addresses, contacts and identifiers of the parties that
 * bear it. Only texts are touched, so every number keeps the digits it was published with.
 *
 * @param names as published, any spelling of white space and capitals
 * @returns the page, and how many texts were replaced
 */
export function redacted(json: string, names: readonly string[]): {text: string; replaced: number} {
  const keys = names.map(plain).filter((name) => name.length >= 3);
  const isNamed = (value: string): boolean => keys.some((key) => plain(value).includes(key));
  const belongings = new Set(belongingsOf(json, isNamed));
  let replaced = 0;
  const text = json.replaceAll(STRING, (token) => {
    const value = textOf(token);
    if (value === null || !(isNamed(value) || belongings.has(value))) return token;
    replaced += 1;
    return JSON.stringify(keys.includes(plain(value)) ? FORGOTTEN_NAME : FORGOTTEN);
  });
  return {text, replaced};
}

const plain = (value: string): string => decodeEntities(value).replaceAll(/\s+/g, " ").trim().toLowerCase();

function textOf(token: string): string | null {
  try {
    return JSON.parse(token) as string;
  } catch {
    return null;
  }
}

/** What else is said of parties with the name: where they live, how they are reached, their numbers. */
function belongingsOf(json: string, isNamed: (value: string) => boolean): string[] {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isRecord(value)) {
      if (typeof value.name === "string" && isNamed(value.name)) found.push(...belongings(value));
      Object.values(value).forEach(walk);
    }
  };
  walk(parsed(json));
  return found;
}

function belongings(party: Record<string, unknown>): string[] {
  const own: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (isRecord(value)) {
      const isContact = key === "contactPoint";
      for (const [name, inside] of Object.entries(value))
        if (
          typeof inside === "string" &&
          inside !== "" &&
          (isContact || ABOUT_A_PARTY.includes(name) || isNumberOfParty(key, name))
        )
          own.push(inside);
        else walk(inside, name);
    } else if (Array.isArray(value)) for (const inside of value) walk(inside, key);
  };
  walk(party, "party");
  return own;
}

const isNumberOfParty = (key: string, name: string): boolean => /dentifier/.test(key) && name === "id";

/** The page as values, as far as it can be read; JSON Lines line by line. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json.split("\n").flatMap((line) => {
      try {
        return [JSON.parse(line) as unknown];
      } catch {
        return [];
      }
    });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
