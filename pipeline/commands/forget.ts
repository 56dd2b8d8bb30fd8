import {existsSync, readFileSync, renameSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {stringify} from "csv-stringify/sync";
import {Archive, type ArchivedFile} from "../archive/archive.ts";
import {redacted} from "../archive/redact.ts";
import {londonDay} from "../archive/windows.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {recognise} from "../formats/recognise.ts";
import {decodeText} from "../ocds/text.ts";
import {hasLifted, readTakedowns, type Takedown} from "../publish/takedowns.ts";
import {UsageError} from "../usageError.ts";
import type {Warehouse} from "../warehouse/warehouse.ts";
import {count, print, say} from "../words.ts";
import {type DataOption, locked, withWarehouse} from "./command.ts";

interface ForgetOption extends DataOption {
  readonly key: string;
  readonly reason: string;
}

/**
 * Deletes archived bytes, or a person from all of them, and sees to it that no version says it again.
 *
 * The takedown is written first: if the rest is interrupted, what is published withholds it already, and the same command completes it.
 * The warehouse is deleted, for parts of it may still hold what was forgotten; the next build makes it again from what is left.
 */
export const forget = locked("forget", async (around, {data, key, reason}: ForgetOption): Promise<number> => {
  const day = londonDay(around.now());
  const archive = new Archive(data);
  const forgotten =
    key.length === 64
      ? forgetBytes(archive, key, reason, around.now())
      : await forgetSupplier(
          archive,
          data,
          key,
          (files, names) => redactFiles(archive, files, names, reason, around.now()),
          () =>
            addTakedown(join(around.places.reference, "takedowns.csv"), {
              kind: "supplier",
              key,
              decided_on: day,
              reason
            })
        );
  if (key.length === 64)
    addTakedown(join(around.places.reference, "takedowns.csv"), {kind: "bytes", key, decided_on: day, reason});
  for (const name of ["warehouse.duckdb", "warehouse.duckdb.wal", "review"])
    rmSync(join(data, name), {recursive: true, force: true});
  for (const line of forgotten) print(line);
  say(
    'commit data/reference/takedowns.csv, then run "npm run build": it builds the rest again and re-issues every earlier version with a notice'
  );
  return 0;
});

function forgetBytes(archive: Archive, key: string, reason: string, now: Date): string[] {
  const sources = archive.sources().filter((source) => archive.files(source).some((file) => file.sha256 === key));
  const known = archive.sources().find((source) => archive.tombstone(source, key) !== undefined);
  if (sources.length === 0 && known !== undefined) return [`raw/${known}/${key} had been forgotten before`];
  if (sources.length === 0)
    throw new UsageError(`no archived file has the SHA-256 ${key}; see "status", or source-files.csv of a release`);
  return sources.map((source) => {
    archive.forget(source, {sha256: key, forgotten_at: now.toISOString(), reason, replaced_by: null});
    return `forgot raw/${source}/${key}; its tombstone says when and why`;
  });
}

async function forgetSupplier(
  archive: Archive,
  data: string,
  key: string,
  redactAll: (files: readonly ArchivedFile[], names: readonly string[]) => string[],
  takedown: () => void
): Promise<string[]> {
  const {names, hashes} = await withWarehouse(data, (warehouse) => tracesOf(warehouse, key));
  if (names.length === 0)
    throw new UsageError(
      `no supplier has the id ${key} in the warehouse; supplier_id stands in contract-suppliers.csv and in "trace"`
    );
  takedown();
  const files = archive.sources().flatMap((source) => archive.files(source).filter((file) => hashes.has(file.sha256)));
  return redactAll(files, names);
}

/** Every spelling of a supplier's name, and every file of a process that it takes part in: later and earlier releases name it too. */
async function tracesOf(warehouse: Warehouse, key: string): Promise<{names: string[]; hashes: Set<string>}> {
  const rows = await warehouse.rows<{supplier_name: string; raw_sha256: string}>(
    `with contracts as (
       select distinct contract_id, is_natural_person from core.contract_suppliers where supplier_id = $key
     ),
     processes as (
       select distinct states.register_id, states.ocid, contracts.is_natural_person
       from contracts join core.award_states as states using (contract_id)
     )
     select distinct suppliers.supplier_name, suppliers.raw_sha256
     from processes
     join staging.suppliers as suppliers using (register_id, ocid)
     join staging.supplier_readings as readings
       on readings.supplier_name = suppliers.supplier_name
       and readings.identifier_scheme is not distinct from suppliers.identifier_scheme
       and readings.identifier is not distinct from suppliers.identifier
     where case when processes.is_natural_person then readings.supplier_kind = 'person'
       else suppliers.supplier_name in (select supplier_name from core.contract_suppliers where supplier_id = $key) end`,
    {key}
  );
  const ofProcesses = await warehouse.rows<{raw_sha256: string}>(
    `select distinct releases.raw_sha256 from core.contract_suppliers as suppliers
     join core.award_states as states using (contract_id) join staging.releases as releases using (register_id, ocid)
     where suppliers.supplier_id = $key`,
    {key}
  );
  return {
    names: [...new Set(rows.map(({supplier_name}) => supplier_name))],
    hashes: new Set([...rows, ...ofProcesses].map(({raw_sha256}) => raw_sha256))
  };
}

/** JSON is kept without the supplier; a file of another format cannot be mended text by text and goes whole. */
function redactFiles(
  archive: Archive,
  files: readonly ArchivedFile[],
  names: readonly string[],
  reason: string,
  now: Date
): string[] {
  return files.map((file) => {
    const without = withoutNames(archive.read(file), names);
    const replacement =
      without === null
        ? null
        : archive.store(file.source, without.bytes, file.origin, new Date(file.received_at), file.about).file.sha256;
    archive.forget(file.source, {
      sha256: file.sha256,
      forgotten_at: now.toISOString(),
      reason,
      replaced_by: replacement
    });
    return replacement === null
      ? `forgot raw/${file.source}/${file.sha256} whole, with everything else in it: it is not JSON. Import a corrected file in its place`
      : `forgot raw/${file.source}/${file.sha256}; the same page with ${count(without?.replaced ?? 0)} texts withheld is raw/${file.source}/${replacement}`;
  });
}

function withoutNames(bytes: Uint8Array, names: readonly string[]): {bytes: Uint8Array; replaced: number} | null {
  try {
    const file = recognise(bytes);
    if (file.format !== "json" && file.format !== "json-lines") return null;
    const {text, replaced} = redacted(decodeText(file.bytes, {fallback: "iso-8859-1"}).text, names);
    return {bytes: new TextEncoder().encode(text), replaced};
  } catch (error) {
    if (error instanceof LayoutError) return null;
    throw error;
  }
}

/** Adds a line to the list that is applied at every build; the same line again changes nothing. */
function addTakedown(path: string, takedown: Omit<Takedown, "lifted_on">): void {
  const known = readTakedowns(path).find(({kind, key}) => kind === takedown.kind && key === takedown.key);
  if (known !== undefined && known.lifted_on !== null)
    throw new UsageError(
      `${path} says that this takedown was lifted on ${known.lifted_on}: take that date out of its line, and run the same command again`
    );
  if (known !== undefined) return;
  const before = existsSync(path) ? readFileSync(path, "utf8") : "kind,key,decided_on,reason\n";
  const cells = [takedown.kind, takedown.key, takedown.decided_on, takedown.reason];
  const line = stringify([hasLifted(before) ? [...cells, ""] : cells]);
  writeFileSync(`${path}.tmp`, `${before.endsWith("\n") ? before : `${before}\n`}${line}`);
  renameSync(`${path}.tmp`, path);
}

/** @throws {UsageError} when it is neither a hash of bytes nor a supplier's id, or nothing says why */
export function forgetOptions(key: string, {reason, ...rest}: DataOption & {readonly reason?: string}): ForgetOption {
  if (!/^([0-9a-f]{64}|[0-9a-f]{16})$/.test(key))
    throw new UsageError(
      `"${key}" is neither the SHA-256 of archived bytes (64 hexadecimal digits) nor a supplier_id (16)`
    );
  if (reason === undefined || reason.trim().length < 3)
    throw new UsageError(
      "say why with --reason: it stands on the tombstone and, without a name, in the notice on every re-issued version"
    );
  return {...rest, key, reason: reason.trim()};
}
