import {readdirSync, readFileSync} from "node:fs";
import {basename, join} from "node:path";
import {parse} from "csv-parse/sync";
import {readBuyerName} from "../../pipeline/geography/buyerName.ts";
import {type Row, stageReleases} from "../../pipeline/ocds/stage.ts";
import {buildWarehouse} from "../../pipeline/warehouse/build.ts";
import {Warehouse} from "../../pipeline/warehouse/warehouse.ts";
import {committedBuyerWorld, committedToday} from "../geography/committed.ts";
import {ROOT} from "../house/imports.ts";
import type {AccuracySection} from "./run.ts";
import {scoreLine} from "./scores.ts";

interface Label {
  readonly source_file: string;
  readonly ocid_or_id: string;
  readonly buyer_name_as_published: string;
  readonly title: string;
  readonly real_buyer_gss: string;
}

/** Who buys behind a portal's name, with every labelled file staged, so that what stands beside councils' own names counts. */
export default {
  title: "Portals: the council behind the buyer's name",
  measure: async (corpus) => {
    const labels: Label[] = parse(readFileSync(`${corpus}gold/portal_notices.csv`), {columns: true});
    const today = committedToday();
    const world = committedBuyerWorld();
    const warehouse = await Warehouse.open(null);
    try {
      await warehouse.prepareStaging();
      const registers = join(corpus, "data", "registers");
      const folders = readdirSync(registers).filter((name) =>
        /^(contracts-finder-(ocds|v1|bluetail|csv)|sell2wales)/.test(name)
      );
      for (const folder of folders)
        for (const file of readdirSync(join(registers, folder)))
          await stageFile(warehouse, join(registers, folder, file));
      await buildWarehouse(warehouse, {
        referenceFolder: join(ROOT, "data", "reference"),
        snapshotFolder: null,
        registers: [],
        publications: []
      });
      const found = await warehouse.rows<Record<string, string | null>>(
        `select states.ocid, states.title, states.buyer_name, buyers.buyer_gss, buyers.joint_gss, buyers.match_rule, buyers.evidence
         from core.award_states as states join core.contract_buyers as buyers using (contract_id)`
      );
      const notices = [...new Map(labels.map((label) => [label.ocid_or_id, label])).values()];
      const judged = notices.map((label) => {
        const name = label.buyer_name_as_published.trim();
        const same = found.filter(({ocid}) => ocid === label.ocid_or_id);
        const row = same.find(({buyer_name}) => buyer_name?.toLowerCase() === name.toLowerCase()) ?? same[0];
        const evidence = (row?.joint_gss ?? row?.buyer_gss ?? "")
          .split(" ")
          .filter((code) => code !== "" && row?.match_rule !== "evidence-does-not-agree");
        const codes = row === undefined ? readBuyerName(name, world).councils : evidence; // not staged: the name alone
        const wanted = label.real_buyer_gss.split(";").filter((code) => code !== "");
        const key = (gss: readonly string[]) => [...new Set(gss.flatMap(today))].sort().join(" ");
        return {label, row, read: key(codes), wanted: key(wanted)};
      });
      const claimed = judged.filter(({read}) => read !== "");
      const behindCouncils = judged.filter(({wanted}) => wanted !== "");
      const right = claimed.filter(({read, wanted}) => read === wanted);
      return [
        scoreLine("the council behind a portal's name", right.length, claimed.length, behindCouncils.length),
        `wrong: ${claimed.length - right.length}; notices not staged: ${judged.filter(({row}) => row === undefined).length}`,
        ...judged
          .filter(({read, wanted}) => read !== wanted)
          .map(
            ({label, row, read, wanted}) =>
              `differs: ${label.buyer_name_as_published} | ${label.title.slice(0, 60)} | label ${wanted} | read ${read} (${row?.match_rule}: ${row?.evidence})`
          )
      ];
    } finally {
      warehouse.close();
    }
  }
} satisfies AccuracySection;

async function stageFile(warehouse: Warehouse, path: string): Promise<void> {
  const place = {register_id: "labelled", raw_sha256: basename(path)};
  const staged = stageReleases(
    path.endsWith(".csv") ? releasesOfExport(path) : releasesIn(readFileSync(path, "utf8")),
    place,
    () => null
  );
  for (const [table, rows] of Object.entries(staged))
    if (table !== "rejects") await warehouse.insert(`staging.${table}`, rows as Row[]);
}

function releasesIn(text: string): unknown[] {
  const walk = (node: unknown): unknown[] => {
    if (Array.isArray(node)) return node.flatMap(walk);
    if (typeof node !== "object" || node === null) return [];
    if ("releases" in node) return walk(node.releases);
    return "ocid" in node ? [withAward(node as Release)] : [];
  };
  try {
    return walk(JSON.parse(text.replace(/^\uFEFF/, "")));
  } catch {
    return []; // one labelled file has broken line ends
  }
}

type Release = Record<string, unknown> & {readonly awards?: readonly unknown[]};

/** A notice without an award has no contract: it gets one, because the labels cover tenders too. */
const withAward = (release: Release) =>
  (release.awards ?? []).length > 0 ? release : {...release, awards: [{id: "1"}]};

/** The website's own export, one notice a row, as far as the buyer goes. */
function releasesOfExport(path: string): unknown[] {
  const rows: Record<string, string>[] = parse(readFileSync(path), {
    columns: true,
    bom: true,
    relax_quotes: true,
    relax_column_count: true
  });
  return rows.map((row) => ({
    ocid: row["Notice Identifier"],
    id: row["Notice Identifier"],
    date: row["Published Date"],
    tag: ["award"],
    buyer: {id: "b", name: row["Organisation Name"]},
    tender: {id: "t", title: row.Title, description: row.Description},
    parties: [
      {
        id: "b",
        name: row["Organisation Name"],
        roles: ["buyer"],
        address: {postalCode: row["Contact Postcode"]},
        details: {url: row["Contact Website"]}
      }
    ],
    awards: [{id: "1", status: "active"}]
  }));
}
