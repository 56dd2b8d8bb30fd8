import {readDelimited} from "../../formats/delimited.ts";
import {LayoutError} from "../../formats/layoutError.ts";
import type {Recognised} from "../../formats/recognise.ts";

// A file for each day: a row a release package, and a column for every path that any of the day's packages holds
// (`releases/0/tender/value/amount`): 574 to 1,372 of them, another set each day.

const PATH = /^releases\/\d+\/\S+$/;

/** Reads a daily file as releases; null when its header is not made of paths. */
export function dailyCsv(file: Recognised): unknown[] | null {
  if (file.format !== "text" || !namesPaths(file.bytes)) return null;
  const [header, ...rows] = readDelimited(file.bytes).rows;
  const names = header?.cells ?? [];
  if (!names.some((name) => PATH.test(name))) return null;
  if (!names.includes("releases/0/ocid"))
    throw new LayoutError(`no column "releases/0/ocid" among the ${names.length} columns of paths`);
  return rows.flatMap(({cells}) => releasesIn(names, cells));
}

const namesPaths = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 65_536)).toString("latin1").replaceAll("\0", "").includes("releases/0/"); // as UTF-16 too

type Tree = {[key: string]: Tree | string};

function releasesIn(names: readonly string[], cells: readonly string[]): unknown[] {
  const root: Tree = {};
  names.forEach((name, i) => {
    const text = cells[i] ?? "";
    if (text !== "" && PATH.test(name)) put(root, name.split("/"), text);
  });
  const {releases} = written(root, "") as {releases?: unknown[]};
  return releases ?? [];
}

function put(tree: Tree, [key = "", ...rest]: readonly string[], text: string): void {
  if (rest.length === 0) tree[key] = text;
  else {
    const below = tree[key];
    const branch: Tree = typeof below === "object" ? below : {};
    tree[key] = branch;
    put(branch, rest, text);
  }
}

const NUMBERS = new Set(["amount", "amountGross", "durationInDays"]);
const TRUTHS = new Set(["sme", "vcse", "hasFrameworkAgreement", "hasDynamicPurchasingSystem"]);
const LISTS = new Set(["tag", "roles", "relatedLots", "additionalProcurementCategories", "submissionMethod"]);

/** Numbers in a path are places in a list; gaps, which come from a day's common column set, close. */
function written(tree: Tree, name: string): unknown {
  const keys = Object.keys(tree);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key)))
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => value(tree[key]!, name));
  return Object.fromEntries(keys.map((key) => [key, inItsList(key, value(tree[key]!, key))]));
}

/** Some days write the words of a list into one cell. */
const inItsList = (key: string, found: unknown): unknown =>
  LISTS.has(key) && typeof found === "string" ? found.split(/[;,]\s*/).filter((word) => word !== "") : found;

function value(below: Tree | string, name: string): unknown {
  if (typeof below !== "string") return written(below, name);
  if (NUMBERS.has(name) && /^-?\d+(\.\d+)?([eE][+-]?\d{1,2})?$/.test(below)) return Number(below);
  if (TRUTHS.has(name) && /^(true|false)$/i.test(below)) return below.toLowerCase() === "true";
  return below;
}
