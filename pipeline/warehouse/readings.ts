import {isAbroad} from "../geography/abroad.ts";
import {type BuyerWorld, readBuyerName} from "../geography/buyerName.ts";
import {mayBePerson} from "../geography/buyerPerson.ts";
import {type BuyerTables, buyerWorld, type ReviewedRow} from "../geography/buyerWorld.ts";
import type {CouncilName} from "../geography/councilNames.ts";
import {nameKey} from "../geography/nameKey.ts";
import {lettersFor, readNoticeText} from "../geography/noticeText.ts";
import {findPostcode} from "../geography/postcode.ts";
import {isOfOrganisation, officialIdentifier, supplierKey} from "../geography/supplierIdentity.ts";
import {type PersonNames, supplierKind} from "../geography/supplierName.ts";
import type {Row} from "../ocds/stage.ts";
import {englishWords} from "./englishWords.ts";
import type {Warehouse} from "./warehouse.ts";

/**
 * Reads the words that SQL cannot: buyers' names, titles behind a portal's name, suppliers' names and addresses.
 *
 * Each distinct string is read once by a pure function of pipeline/geography into a staging table of its own; the models join
 * those, so a rule is in one place and every model stays plain SQL. All are read anew at a whole build: a better rule needs no new bytes.
 *
 * @param isAddition only what the files of `new_files` say is read, and added (see increment.ts)
 */
export async function writeReadings(warehouse: Warehouse, isAddition = false): Promise<void> {
  const tables = ["buyer_readings", "text_readings", "address_readings", "supplier_readings", "council_letters"];
  if (!isAddition) for (const table of tables) await warehouse.run(`delete from staging.${table}`);
  const rowsOf = (table: string): string =>
    isAddition ? `(from staging.${table} semi join new_files using (register_id, raw_sha256))` : `staging.${table}`;
  const world = await readBuyerWorld(warehouse);
  const persons = await personNames(warehouse);
  await readBuyers(warehouse, rowsOf, world, persons);
  await readTexts(warehouse, rowsOf, world);
  if (!isAddition) await writeLetters(warehouse);
  await readAddresses(warehouse, rowsOf);
  await readSuppliers(warehouse, rowsOf, persons);
}

/** SQL of the rows of a staging table that are to be read. */
type RowsOf = (table: string) => string;

async function readBuyerWorld(warehouse: Warehouse): Promise<BuyerWorld> {
  const rows = <T>(table: string) => warehouse.rows<T>(`select * from reference.${table}`);
  return buyerWorld({
    councils: await rows<BuyerTables["councils"][number]>("councils"),
    councilNames: await rows<CouncilName>("council_names"),
    sharedNames: await rows<CouncilName>("shared_names"),
    buyers: await rows<ReviewedRow>("buyers"),
    portals: await rows<BuyerTables["portals"][number]>("portals"),
    purchasingBodies: await rows<{name: string}>("purchasing_bodies")
  });
}

const ROWS_AT_ONCE = 20_000;

async function addRows(warehouse: Warehouse, table: string, rows: readonly Row[]): Promise<void> {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) await warehouse.insert(table, rows.slice(i, i + ROWS_AT_ONCE));
}

async function readBuyers(
  warehouse: Warehouse,
  rowsOf: RowsOf,
  world: BuyerWorld,
  persons: PersonNames
): Promise<void> {
  const names = await warehouse.rows<{buyer_name: string}>(`
    (select buyer_name from ${rowsOf("awards")} where buyer_name is not null
     union select buyer_name from snapshot.contracts where buyer_name is not null
     union select party_name from ${rowsOf("parties")} where party_name is not null and list_contains(roles, 'buyer'))
    except select buyer_name from staging.buyer_readings
    order by 1`);
  await addRows(
    warehouse,
    "staging.buyer_readings",
    names.map(({buyer_name}) => {
      const reading = readBuyerName(buyer_name, world);
      return {
        buyer_name,
        buyer_kind: reading.kind,
        council_codes: reading.councils,
        is_joint: reading.isJoint,
        match_rule: reading.rule,
        is_unsure: reading.isUnsure,
        is_reviewed: reading.isReviewed,
        candidate_codes: reading.candidates,
        is_natural_person: mayBePerson(buyer_name, reading, persons)
      };
    })
  );
}

async function readTexts(warehouse: Warehouse, rowsOf: RowsOf, world: BuyerWorld): Promise<void> {
  const texts = await warehouse.rows<{
    register_id: string;
    raw_sha256: string;
    position: number;
    award_id: string;
    title: string | null;
    description: string | null;
  }>(`
    select awards.register_id, awards.raw_sha256, awards.position, awards.award_id,
      coalesce(awards.tender_title, awards.award_title) as title, awards.tender_description as description
    from ${rowsOf("awards")} as awards
    join staging.buyer_readings as readings using (buyer_name)
    where readings.buyer_kind = 'portal-or-agent' or len(readings.candidate_codes) > 0
    order by all`);
  await addRows(
    warehouse,
    "staging.text_readings",
    texts.map(({title, description, ...award}) => {
      const reading = readNoticeText(title ?? "", description ?? "", world);
      return {
        ...award,
        named_codes: reading.named,
        title_codes: reading.namedInTitle,
        initials: reading.initials,
        says_joint: reading.saysJoint,
        names_another_body: reading.namesAnotherBody
      };
    })
  );
}

/** The initials by which a council may be called. */
async function writeLetters(warehouse: Warehouse): Promise<void> {
  const councils = await warehouse.rows<{gss: string; name: string; short_name: string}>(
    "select gss, name, short_name from reference.councils order by gss"
  );
  const letters = councils.flatMap(({gss, name, short_name}) =>
    lettersFor(name, short_name).map((letters) => ({gss, letters}))
  );
  await addRows(warehouse, "staging.council_letters", letters);
}

async function readAddresses(warehouse: Warehouse, rowsOf: RowsOf): Promise<void> {
  const known = await wordsOf(warehouse, "select sector as word from reference.postcode_sectors");
  const addresses = await warehouse.rows<{address: string | null; country: string | null}>(
    `select address, country from ${rowsOf("suppliers")} where address is not null or country is not null
     except select address, country from staging.address_readings order by all`
  );
  await addRows(
    warehouse,
    "staging.address_readings",
    addresses.map(({address, country}) => {
      const found = findPostcode(address ?? "", (sector) => known.has(sector));
      const is_abroad = found === null && isAbroad(address, country);
      return {address, country, postcode: found?.postcode ?? null, repairs: found?.repairs ?? [], is_abroad};
    })
  );
}

async function readSuppliers(warehouse: Warehouse, rowsOf: RowsOf, names: PersonNames): Promise<void> {
  const suppliers = await warehouse.rows<{
    supplier_name: string;
    identifier_scheme: string | null;
    identifier: string | null;
  }>(
    `select supplier_name, identifier_scheme, identifier from ${rowsOf("suppliers")} where supplier_name is not null
     except select supplier_name, identifier_scheme, identifier from staging.supplier_readings order by all`
  );
  await addRows(
    warehouse,
    "staging.supplier_readings",
    suppliers.map((supplier) => {
      const official = officialIdentifier(supplier.identifier_scheme, supplier.identifier);
      return {
        ...supplier,
        supplier_kind: supplierKind(supplier.supplier_name, isOfOrganisation(official), names),
        official_scheme: official?.scheme ?? null,
        official_identifier: official?.identifier ?? null,
        supplier_key: supplierKey(supplier.supplier_name)
      };
    })
  );
}

async function personNames(warehouse: Warehouse): Promise<PersonNames> {
  const part = (wanted: "forename" | "surname") =>
    wordsOf(warehouse, `select name as word from reference.person_names where part = '${wanted}'`);
  const places = await wordsOf(warehouse, "select short_name as word from reference.councils");
  return {
    forenames: await part("forename"),
    surnames: await part("surname"),
    ordinaryWords: new Set([...englishWords(), ...[...places].flatMap((place) => nameKey(place).split(" "))])
  };
}

/** One column of a long table as a set; it travels as one text, because ten thousands of row objects take longer than reading. */
async function wordsOf(warehouse: Warehouse, query: string): Promise<ReadonlySet<string>> {
  const [row] = await warehouse.rows<{words: string | null}>(`select string_agg(word, '|') as words from (${query})`);
  return new Set((row?.words ?? "").split("|"));
}
