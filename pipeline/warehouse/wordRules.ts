import type {Warehouse} from "./warehouse.ts";

interface WordRule {
  readonly priority: number;
  readonly pattern: string;
  readonly scope: "title" | "text" | "both";
  readonly buyer_kinds: string | null;
}

/**
 * Makes the reviewed word rules of `reference.service_words` callable from the models: `service_rule_of_title(words, buyer_kind)` and
 * `service_rule_of_opening(words, buyer_kind)` give the priority of the first rule that holds, or null.
 *
 * The rules become one CASE each, because a pattern that stands in the statement is compiled once, one that is read from a
 * table once for every row: on 100,000 notices the difference is seconds against many minutes.
 */
export async function createWordRules(warehouse: Warehouse): Promise<void> {
  const rules = await warehouse.rows<WordRule>(
    "select priority::integer as priority, pattern, scope, buyer_kinds from reference.service_words order by priority::integer"
  );
  const ofOpening = rules.filter(({scope}) => scope !== "title");
  await warehouse.run(
    macro(
      "service_rule_of_title",
      rules.filter(({scope}) => scope !== "text")
    )
  );
  // Rules made for running text come before title rules that also hold there.
  await warehouse.run(
    macro("service_rule_of_opening", [
      ...ofOpening.filter(({scope}) => scope === "text"),
      ...ofOpening.filter(({scope}) => scope === "both")
    ])
  );
}

function macro(name: string, rules: readonly WordRule[]): string {
  const cases = rules.map(({priority, pattern, buyer_kinds}) => {
    const kinds = buyer_kinds === null ? "" : `buyer_kind in (${buyer_kinds.split(" ").map(quoted).join(", ")}) and `;
    return `when ${kinds}regexp_matches(words, ${quoted(pattern)}) then ${priority}`;
  });
  return `create or replace macro ${name}(words, buyer_kind) as case ${cases.join("\n")} end`;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
