import {readFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {type GoldRow, readGold, stageCorpus} from "./corpus.ts";

// How often the judgements about size agree with hand labels, by rule. Labels are one reader's judgement of few awards, and the
// sample is not representative: a rate measured here is not the rate in the registers.

const REFERENCE = fileURLToPath(new URL("../../data/reference/", import.meta.url));

/** A contract as judged, beside the label of the same award. */
export interface Labelled {
  readonly label: GoldRow;
  readonly contract: Readonly<Record<string, unknown>>;
}

/** Two publications that a person has called the same award, different awards, or one ceiling with other suppliers. */
export interface LabelledPair {
  readonly relation: "same" | "different" | "ceiling";
  readonly isLinked: boolean;
  readonly words: string; // to find it by
}

/** Published numbers of one set of files: every award's latest state, then each award once; beside the sums made by hand. */
export interface Total {
  readonly set: string;
  readonly latest: string;
  readonly once: string;
  readonly latestByHand: number;
  readonly onceByHand: number | null; // null where the labels do not cover the whole set
}

/** Everything measured about the size of contracts. */
export interface Measured {
  readonly labelled: readonly Labelled[];
  readonly pairs: readonly LabelledPair[];
  readonly totals: readonly Total[];
  readonly notes: readonly string[]; // files that were not read, labels without a row
}

/** Builds a warehouse of the labelled files alone and sets every label beside the row it is about. */
export async function measureSize(corpus: string): Promise<Measured> {
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.prepareStaging();
    const notes = (await stageCorpus(warehouse, corpus)).map((refused) => `not read: ${refused}`);
    await buildWarehouse(warehouse, {
      referenceFolder: REFERENCE,
      snapshotFolder: null,
      registers: [],
      publications: []
    });
    const contracts = await contractsByKey(warehouse);
    const labels = readGold(corpus, "awards.csv");
    const labelled = labels.flatMap((label) => {
      const contract = contractOf(contracts, label);
      return contract ? [{label, contract}] : [];
    });
    if (labelled.length < labels.length) notes.push(`${labels.length - labelled.length} labels have no row`);
    const pairs = labelledPairs(contracts, readGold(corpus, "duplicates.csv"));
    return {labelled, pairs, totals: await totals(warehouse, corpus), notes};
  } finally {
    warehouse.close();
  }
}

type Contracts = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

const folderOf = (row: GoldRow): string => row.source_file!.split("/")[0]!;
const keyOf = (folder: string, ocid: string, awardId: string): string => `${folder}|${ocid}|${awardId}`;

function contractOf(contracts: Contracts, label: GoldRow) {
  return contracts.get(keyOf(folderOf(label), label.ocid_or_id!, label.award_id!));
}

async function contractsByKey(warehouse: Warehouse): Promise<Contracts> {
  const rows = await warehouse.rows<Record<string, unknown>>(
    `select contracts.*, states.stated_extension_months, states.stated_extension_rule, states.stated_vat
     from core.contracts as contracts join core.award_states as states using (contract_id)`
  );
  return new Map(rows.map((row) => [keyOf(String(row.register_id), String(row.ocid), String(row.award_id)), row]));
}

const RELATIONS: Readonly<Record<string, LabelledPair["relation"]>> = {
  same_award: "same",
  different_award: "different",
  same_ceiling_other_suppliers: "ceiling" // "uncertain" is not scored
};

function labelledPairs(contracts: Contracts, gold: readonly GoldRow[]): LabelledPair[] {
  const keptId = (row: GoldRow): unknown => {
    const contract = contractOf(contracts, row);
    return contract?.duplicate_of ?? contract?.contract_id;
  };
  return [...groupedBy(gold, ({group_id}) => group_id!).values()].flatMap((members) => {
    const relation = RELATIONS[members[0]!.relation!];
    if (relation === undefined) return [];
    return members.flatMap((one, i) =>
      members.slice(i + 1).map((other) => ({
        relation,
        isLinked: keptId(one) !== undefined && keptId(one) === keptId(other),
        words: `${one.group_id} ${one.kind}: ${one.title?.slice(0, 60)} ${one.value} / ${other.value}`
      }))
    );
  });
}

const SETS = [
  ["backfill_open", "contracts-finder-ocds-accommodation-backfill"],
  ["bluetail_open", "contracts-finder-bluetail-2019"]
] as const;

async function totals(warehouse: Warehouse, corpus: string): Promise<Total[]> {
  const byHand = JSON.parse(readFileSync(join(corpus, "gold", "totals.json"), "utf8")) as {
    readonly sets: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  const result: Total[] = [];
  for (const [set, folder] of SETS) {
    const [row] = await warehouse.rows<{latest: string; once: string}>(
      `with mine as (
         select coalesce(duplicate_of, contract_id) as kept_id, value_published, published_on, contract_id
         from core.contracts where register_id = $folder
       ),
       kept as (
         select * from mine
         qualify row_number() over (partition by kept_id order by contract_id = kept_id desc, published_on desc, contract_id) = 1
       )
       select (select sum(value_published) from mine) as latest, (select sum(value_published) from kept) as once`,
      {folder}
    );
    const hand = byHand.sets[set];
    result.push({
      set,
      latest: row!.latest,
      once: row!.once,
      latestByHand: hand!.sum_latest!,
      onceByHand: hand!.sum_after_gold_same_award ?? null
    });
  }
  return result;
}

function groupedBy<T>(rows: readonly T[], keyOfRow: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOfRow(row), [...(groups.get(keyOfRow(row)) ?? []), row]);
  return groups;
}

/** Precision and recall of some kinds taken together, over all rows, or over those that are not marked unsure. */
export function valueKindScore(labelled: readonly Labelled[], kinds: readonly string[], isOnlySure = false) {
  const judged = isOnlySure ? labelled.filter(({contract}) => !contract.is_kind_unsure) : labelled;
  const said = judged.filter(({contract}) => kinds.includes(String(contract.value_kind)));
  const right = said.filter(({label}) => kinds.includes(label.value_kind!)).length;
  return {right, said: said.length, meant: labelled.filter(({label}) => kinds.includes(label.value_kind!)).length};
}

/** Rows whose service line a person could tell, and of them those that are judged alike. */
export function serviceLineScore(labelled: readonly Labelled[]) {
  const plain = tellable(labelled);
  return {right: plain.filter(isSameLine).length, of: plain.length};
}

const isSameLine = ({label, contract}: Labelled): boolean => label.service_line === contract.service_line;
const isSameKind = ({label, contract}: Labelled): boolean => label.value_kind === contract.value_kind;
const isSameExtension = ({label, contract}: Labelled): boolean =>
  String(contract.stated_extension_months ?? "") === label.extension_months;

/** Stated extensions: those labelled with one, and of them those read exactly. */
export function extensionScore(labelled: readonly Labelled[]) {
  const stated = labelled.filter(({label}) => label.extension_months !== "");
  return {right: stated.filter(isSameExtension).length, of: stated.length};
}

/** How often one rule decided a labelled award, and how often as labelled. */
export interface RuleAccuracy {
  readonly judgement: "value_kind" | "service_line" | "extension";
  readonly rule: string;
  readonly labelled_count: number;
  readonly right_count: number;
}

/** Every rule that decided a labelled award, to be published beside the rule. */
export function ruleAccuracy(labelled: readonly Labelled[]): RuleAccuracy[] {
  const count = (
    judgement: RuleAccuracy["judgement"],
    column: string,
    rows: readonly Labelled[],
    isRight: (row: Labelled) => boolean
  ): RuleAccuracy[] =>
    [...groupedBy(rows, ({contract}) => String(contract[column]))]
      .map(([rule, found]) => ({
        judgement,
        rule,
        labelled_count: found.length,
        right_count: found.filter(isRight).length
      }))
      .sort((a, b) => (a.rule < b.rule ? -1 : 1));
  return [
    ...count("value_kind", "value_kind_rule", labelled, isSameKind),
    ...count("service_line", "service_rule", tellable(labelled), isSameLine),
    ...count(
      "extension",
      "stated_extension_rule",
      labelled.filter(({contract}) => contract.stated_extension_months !== null),
      isSameExtension
    )
  ];
}

/** Rows whose service line the person who labelled them could tell. */
const tellable = (labelled: readonly Labelled[]): Labelled[] =>
  labelled.filter(({label}) => label.service_line !== "ambiguous");

const KINDS = [
  ["contract"],
  ["call-off"],
  ["framework-ceiling", "dynamic-market-ceiling"],
  ["placeholder"],
  ["not-awarded"],
  ["concession"],
  ["grant"]
];

const share = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${(part / whole).toFixed(3)} (${part}/${whole})`;

/** The measurement in words and tables. */
export function sizeReport({labelled, pairs, totals: sums, notes}: Measured): string[] {
  return [
    ...notes,
    `${labelled.length} labelled awards`,
    "",
    "value kinds: precision, recall (all rows)",
    ...KINDS.map((kinds) => kindLine(kinds, valueKindScore(labelled, kinds))),
    "value kinds: precision, recall (rows not marked unsure)",
    ...KINDS.map((kinds) => kindLine(kinds, valueKindScore(labelled, kinds, true))),
    ...byRule(labelled, "value_kind_rule", isSameKind),
    ...confusion(labelled, isSameKind, "value_kind", "value_kind_rule"),
    "",
    `service line: ${share(serviceLineScore(labelled).right, serviceLineScore(labelled).of)} of the rows a person could tell`,
    ...byRule(tellable(labelled), "service_rule", isSameLine),
    ...confusion(tellable(labelled), isSameLine, "service_line", "service_rule"),
    "",
    `extension in words: exact ${share(extensionScore(labelled).right, extensionScore(labelled).of)} of those stated`,
    ...byRule(
      labelled.filter(({contract}) => contract.stated_extension_months !== null),
      "stated_extension_rule",
      isSameExtension
    ),
    "",
    vatLine(labelled),
    "",
    ...pairLines(pairs),
    "",
    "totals: every award's latest state, then each award once (by hand)",
    ...sums.map(
      ({set, latest, once, latestByHand, onceByHand}) =>
        `  ${set}: ${latest} (${latestByHand}), ${once} (${onceByHand ?? "not labelled"})`
    )
  ];
}

const kindLine = (
  kinds: readonly string[],
  {right, said, meant}: {right: number; said: number; meant: number}
): string => `  ${kinds.join(" or ").padEnd(44)} ${share(right, said).padEnd(16)} ${share(right, meant)}`;

/** Right of all by the rule that decided. */
function byRule(rows: readonly Labelled[], column: string, isRight: (row: Labelled) => boolean): string[] {
  return [...groupedBy(rows, ({contract}) => String(contract[column]))]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([rule, decided]) => `    ${rule.padEnd(44)} ${decided.filter(isRight).length} of ${decided.length}`);
}

function confusion(
  rows: readonly Labelled[],
  isRight: (row: Labelled) => boolean,
  column: string,
  ruleColumn: string
): string[] {
  const wrong = rows.filter((row) => !isRight(row));
  const pairs = groupedBy(wrong, ({label, contract}) => `${contract[column]} where the label is ${label[column]}`);
  return [...pairs].flatMap(([pair, found]) => [
    `  wrong: ${found.length} ${pair}`,
    ...found.map(
      ({label, contract}) =>
        `      ${contract[ruleColumn]}: ${label.buyer_name?.slice(0, 30)}: ${label.title?.slice(0, 80)}: ${label.value}`
    )
  ]);
}

function vatLine(labelled: readonly Labelled[]): string {
  const words: Readonly<Record<string, string>> = {excluded: "ex", included: "inc"};
  const right = labelled.filter(
    ({label, contract}) => (words[String(contract.stated_vat)] ?? "unstated") === label.vat_stated
  );
  return `VAT in words: ${share(right.length, labelled.length)} as labelled`;
}

/** Same-award pairs: linked and labelled same, of all linked, and of all labelled same. */
export function pairScore(pairs: readonly LabelledPair[]) {
  const same = pairs.filter(({relation}) => relation === "same");
  const right = same.filter(({isLinked}) => isLinked).length;
  const wrong = pairs.filter(({relation, isLinked}) => relation === "different" && isLinked).length;
  return {right, linked: right + wrong, meant: same.length};
}

function pairLines(pairs: readonly LabelledPair[]): string[] {
  const {right, linked, meant} = pairScore(pairs);
  const ceilings = pairs.filter(({relation}) => relation === "ceiling");
  return [
    `same-award pairs: precision ${share(right, linked)}, recall ${share(right, meant)}`,
    `one ceiling with other suppliers: ${share(ceilings.filter(({isLinked}) => isLinked).length, ceilings.length)} counted once`,
    ...pairs
      .filter(({relation, isLinked}) => isLinked === (relation === "different"))
      .map(({relation, isLinked, words}) => `  wrong: ${isLinked ? "linked" : "apart"}, labelled ${relation}: ${words}`)
  ];
}
