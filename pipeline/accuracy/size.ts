import {fileURLToPath} from "node:url";
import {buildWarehouse} from "../warehouse/build.ts";
import {Warehouse} from "../warehouse/warehouse.ts";
import {corpusIsHere, type GoldRow, readGold, stageCorpus} from "./corpus.ts";

// How often the judgements about size agree with hand labels, by rule. It runs where the labelled files are, and says so where
// they are not. Labels are one reader's judgement of few awards; the sample is not representative.

const REFERENCE = fileURLToPath(new URL("../../data/reference/", import.meta.url));

/** A contract as judged, beside the label of the same award. */
interface Labelled {
  readonly label: GoldRow;
  readonly contract: Readonly<Record<string, unknown>>;
}

function groupedBy<T>(rows: readonly T[], keyOfRow: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(keyOfRow(row), [...(groups.get(keyOfRow(row)) ?? []), row]);
  return groups;
}

const percent = (part: number, whole: number): string => (whole === 0 ? "-" : (part / whole).toFixed(3));

/** Prints precision, recall and confusion by rule for everything that decides the size of a contract. */
export async function sizeAccuracy(corpus: string, print: (line: string) => void): Promise<void> {
  if (!corpusIsHere(corpus)) return print(`no labels under ${corpus}: nothing to measure against`);
  const warehouse = await Warehouse.open(null);
  try {
    await warehouse.prepareStaging();
    for (const refused of await stageCorpus(warehouse, corpus)) print(`not read: ${refused}`);
    await buildWarehouse(warehouse, {
      referenceFolder: REFERENCE,
      snapshotFolder: null,
      registers: [],
      publications: []
    });
    const labelled = await labelledContracts(warehouse, readGold(corpus, "awards.csv"), print);
    valueKinds(labelled, print);
    serviceLines(labelled, print);
    extensions(labelled, print);
    vat(labelled, print);
    await duplicates(warehouse, readGold(corpus, "duplicates.csv"), print);
    await totals(warehouse, corpus, print);
  } finally {
    warehouse.close();
  }
}

const folderOf = (row: GoldRow): string => row.source_file!.split("/")[0]!;

/** The award's id as it is staged: a website export has none, so its row number stands in, or the only award of the notice. */
const keyOf = (folder: string, ocid: string, awardId: string): string => `${folder}|${ocid}|${awardId}`;

async function contractsByKey(warehouse: Warehouse): Promise<Map<string, Record<string, unknown>>> {
  const rows = await warehouse.rows<Record<string, unknown>>(
    `select contracts.*, states.stated_extension_months, states.stated_extension_rule, states.stated_vat
     from core.contracts as contracts join core.award_states as states using (contract_id)`
  );
  const found = new Map<string, Record<string, unknown>>();
  for (const row of rows) {
    const [folder, ocid, award] = [String(row.register_id), String(row.ocid), String(row.award_id)];
    for (const key of [keyOf(folder, ocid, award), keyOf(folder, ocid, "")]) if (!found.has(key)) found.set(key, row);
  }
  return found;
}

async function labelledContracts(warehouse: Warehouse, gold: readonly GoldRow[], print: (line: string) => void) {
  const contracts = await contractsByKey(warehouse);
  const labelled: Labelled[] = [];
  for (const label of gold) {
    const [folder, ocid] = [folderOf(label), label.ocid_or_id!];
    const contract = contracts.get(keyOf(folder, ocid, label.award_id!)) ?? contracts.get(keyOf(folder, ocid, ""));
    if (contract) labelled.push({label, contract});
    else print(`no row for the label ${label.source_file} ${ocid} ${label.award_id}`);
  }
  print(`${labelled.length} of ${gold.length} labelled awards found`);
  return labelled;
}

function valueKinds(labelled: readonly Labelled[], print: (line: string) => void): void {
  const said = ({contract}: Labelled) => String(contract.value_kind);
  const meant = ({label}: Labelled) => label.value_kind!;
  print("\nvalue kinds (all rows; then only those not marked unsure)");
  for (const [name, rows] of [
    ["all", labelled],
    ["sure", labelled.filter(({contract}) => !contract.is_kind_unsure)]
  ] as const)
    for (const kinds of [
      ["contract"],
      ["call-off"],
      ["framework-ceiling", "dynamic-market-ceiling"],
      ["placeholder"],
      ["not-awarded"],
      ["concession"],
      ["grant"]
    ]) {
      const right = rows.filter((row) => kinds.includes(said(row)) && kinds.includes(meant(row))).length;
      const saidSo = rows.filter((row) => kinds.includes(said(row))).length;
      const labelledSo = labelled.filter((row) => kinds.includes(meant(row))).length;
      print(
        `  ${name.padEnd(5)} ${kinds.join(" or ").padEnd(44)} precision ${percent(right, saidSo)} (${right}/${saidSo})  recall ${percent(right, labelledSo)} (${right}/${labelledSo})`
      );
    }
  byRule(labelled, "value_kind_rule", (row) => said(row) === meant(row), print);
  confusion(
    labelled.filter((row) => said(row) !== meant(row)),
    said,
    meant,
    print
  );
}

/** Right of all by the rule that decided. */
function byRule(
  rows: readonly Labelled[],
  column: string,
  isRight: (row: Labelled) => boolean,
  print: (line: string) => void
): void {
  const rules = groupedBy(rows, ({contract}) => String(contract[column]));
  for (const [rule, decided] of [...rules].sort(([, a], [, b]) => b.length - a.length))
    print(`    ${rule.padEnd(44)} ${String(decided.filter(isRight).length).padStart(4)} of ${decided.length}`);
}

function confusion(
  wrong: readonly Labelled[],
  said: (row: Labelled) => string,
  meant: (row: Labelled) => string,
  print: (line: string) => void
): void {
  print(`  wrong: ${wrong.length}`);
  for (const [pair, rows] of groupedBy(wrong, (row) => `${said(row)} where the label is ${meant(row)}`)) {
    print(`    ${rows.length} ${pair}`);
    for (const {label, contract} of rows.slice(0, 12))
      print(
        `        ${String(contract.value_kind_rule)} | ${String(contract.service_rule)} | ${label.buyer_name?.slice(0, 30)} | ${label.title?.slice(0, 80)} | ${label.value}`
      );
  }
}

function serviceLines(labelled: readonly Labelled[], print: (line: string) => void): void {
  const plain = labelled.filter(({label}) => label.service_line !== "ambiguous");
  const isRight = ({label, contract}: Labelled) => label.service_line === contract.service_line;
  const decided = plain.filter(({contract}) => contract.service_line !== "ambiguous");
  print(
    `\nservice line: ${percent(plain.filter(isRight).length, plain.length)} of ${plain.length} unambiguous rows; ${percent(decided.filter(isRight).length, decided.length)} of the ${decided.length} that are decided`
  );
  byRule(plain, "service_rule", isRight, print);
  confusion(
    plain.filter((row) => !isRight(row)),
    ({contract}) => String(contract.service_line),
    ({label}) => label.service_line!,
    print
  );
}

function extensions(labelled: readonly Labelled[], print: (line: string) => void): void {
  const stated = labelled.filter(({label}) => label.extension_months !== "");
  const isRight = ({label, contract}: Labelled) =>
    String(contract.stated_extension_months ?? "") === label.extension_months;
  const read = labelled.filter(({contract}) => contract.stated_extension_months !== null);
  print(
    `\nstated extension: ${percent(stated.filter(isRight).length, stated.length)} exact of ${stated.length} stated; ${percent(read.filter(isRight).length, read.length)} of ${read.length} read`
  );
  byRule(read, "stated_extension_rule", isRight, print);
}

function vat(labelled: readonly Labelled[], print: (line: string) => void): void {
  const word = {excluded: "ex", included: "inc"} as const;
  const said = ({contract}: Labelled) => word[contract.stated_vat as keyof typeof word] ?? "unstated";
  const right = labelled.filter((row) => said(row) === row.label.vat_stated).length;
  print(`\nVAT in words: ${right} of ${labelled.length} as labelled`);
  for (const row of labelled.filter((one) => said(one) !== one.label.vat_stated))
    print(
      `    ${said(row)} where the label is ${row.label.vat_stated}: ${row.label.buyer_name} | ${row.label.title?.slice(0, 80)}`
    );
}

const FOLDER_OF: Readonly<Record<string, string>> = {CSV: "csv", Lancs: "lancashire"};

async function duplicates(
  warehouse: Warehouse,
  gold: readonly GoldRow[],
  print: (line: string) => void
): Promise<void> {
  const contracts = await contractsByKey(warehouse);
  const root = (row: GoldRow): string | null => {
    const contract = contracts.get(keyOf(folderOf(row), row.ocid_or_id!, row.award_id!));
    return contract ? String(contract.duplicate_of ?? contract.contract_id) : null;
  };
  const counts = {same: {linked: 0, pairs: 0}, different: {linked: 0, pairs: 0}, ceiling: {linked: 0, pairs: 0}};
  for (const [group, members] of groupedBy(gold, ({group_id}) => group_id!)) {
    const relation = members[0]!.relation!;
    const kind =
      relation === "same_award"
        ? "same"
        : relation === "different_award"
          ? "different"
          : relation.startsWith("same_ceiling")
            ? "ceiling"
            : null;
    if (kind === null) continue;
    const roots = members.map(root);
    for (let i = 0; i < roots.length; i += 1)
      for (let j = i + 1; j < roots.length; j += 1) {
        counts[kind].pairs += 1;
        const isLinked = roots[i] !== null && roots[i] === roots[j];
        if (isLinked) counts[kind].linked += 1;
        if (isLinked === (kind === "different") || roots[i] === null)
          print(
            `    ${group} ${relation} ${members[0]!.kind}: ${isLinked ? "linked" : "apart"}${roots[i] === null ? " (no row)" : ""}: ${members[i]!.title?.slice(0, 60)} ${members[i]!.value} ${members[i]!.first_supplier} / ${members[j]!.value} ${members[j]!.first_supplier}`
          );
      }
  }
  const {same, different, ceiling} = counts;
  print(
    `\nsame-award pairs: precision ${percent(same.linked, same.linked + different.linked)}, recall ${percent(same.linked, same.pairs)} (${same.linked} of ${same.pairs} linked, ${different.linked} of ${different.pairs} different pairs linked); same ceiling ${ceiling.linked} of ${ceiling.pairs}`
  );
  void FOLDER_OF;
}

async function totals(warehouse: Warehouse, corpus: string, print: (line: string) => void): Promise<void> {
  const {readFileSync} = await import("node:fs");
  const gold = JSON.parse(readFileSync(`${corpus}/gold/totals.json`, "utf8")) as {
    sets: Record<string, Record<string, number>>;
  };
  print("\ntotals");
  for (const [set, folder] of [
    ["backfill_open", "contracts-finder-ocds-accommodation-backfill"],
    ["bluetail_open", "contracts-finder-bluetail-2019"]
  ] as const) {
    const [latest] = await warehouse.rows<{n: number; total: string; kept: number; kept_total: string}>(
      `with mine as (
         select coalesce(duplicate_of, contract_id) as root, value_published, published_on, contract_id
         from core.contracts where register_id = $folder
       ),
       kept as (select * from mine qualify row_number() over (partition by root order by contract_id = root desc, published_on desc, contract_id) = 1)
       select (select count(*)::integer from mine) as n, (select sum(value_published) from mine) as total,
         (select count(*)::integer from kept) as kept, (select sum(value_published) from kept) as kept_total`,
      {folder}
    );
    const of = gold.sets[set]!;
    print(
      `  ${set}: latest ${latest?.n} awards ${latest?.total} (by hand ${of.awards_latest}, ${of.sum_latest}); once ${latest?.kept} awards ${latest?.kept_total} (by hand ${of.awards_after_gold_same_award ?? "-"}, ${of.sum_after_gold_same_award ?? "-"})`
    );
  }
}
