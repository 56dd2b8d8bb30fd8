import {modelsIn} from "../warehouse/warehouse.ts";

/** What one column means, as written beside it in the model that makes it. */
export interface ColumnDoc {
  readonly column: string;
  readonly description: string;
}

/** A model's own words: its grain, sources and caveats from the lines at the top, its columns from the comments beside them. */
export interface ModelDoc {
  readonly description: string;
  readonly columns: readonly ColumnDoc[];
}

/**
 * Reads the documentation out of a model file.
 *
 * A `select` model documents each column of its last select, on the line where the column's expression ends; a staging table
 * documents each column of its `create table`. Nothing is documented twice, so nothing can disagree.
 */
export function modelDoc(sql: string): ModelDoc {
  const lines = sql.split("\n");
  const top = lines.slice(
    0,
    lines.findIndex((line) => !line.startsWith("--"))
  );
  return {
    description: top
      .map((line) => line.replace(/^--\s?/, ""))
      .join(" ")
      .replaceAll(/\s+/g, " ")
      .trim(),
    columns: columnsOf(lines)
  };
}

function columnsOf(lines: readonly string[]): ColumnDoc[] {
  const start = lines.findLastIndex((line) => /^(select|select distinct|create .*\()$/.test(line));
  return lines.slice(start + 1).flatMap((line) => {
    const [, code, description] = /^\s+(.*?)\s+-- (.+)$/.exec(line) ?? [];
    return code === undefined || description === undefined ? [] : [{column: nameOf(code), description}];
  });
}

/** `contracts.value as value_gbp,` is value_gbp; `councils.gss,` is gss; `gss varchar,` is gss. */
function nameOf(code: string): string {
  const expression = code.replace(/,$/, "");
  const alias = /\bas (\w+)$/.exec(expression)?.[1];
  if (alias) return alias;
  return (/^\w+(\.\w+)?$/.test(expression) ? expression.split(".").at(-1) : expression.split(/\s/)[0]) ?? expression;
}

/**
 * The documentation of a model, from its own file.
 * @throws {Error} when there is no such model
 */
export function documentationOf(model: string): ModelDoc {
  const found = modelsIn(model.split(".")[0] as "staging" | "core" | "marts").find(({name}) => name === model);
  if (!found) throw new Error(`there is no model ${model}`);
  return modelDoc(found.sql);
}
