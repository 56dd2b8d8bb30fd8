import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {stringify} from "csv-stringify/sync";
import {z} from "zod";

/** The languages of Faker whose names are written in Latin letters and met in the United Kingdom. */
const LOCALES =
  "az cs_CZ da de de_AT en en_AU en_GH en_HK en_IN en_NG en_ZA es fi fr hr hu id_ID it lv nl pl pt_PT ro sk sr_RS_latin sv tr yo_NG zu_ZA".split(
    " "
  );

// Common in the United Kingdom, and in neither list.
const MORE_FORENAMES =
  "abdirahman adebayo adewale aled alun amarjit angharad aoife arwel asif ayesha babatunde baljit balwinder baz bethan bhavesh calum caoimhe carys cathal cerys chidi chirag chukwuemeka ciaran cormac dafydd dai debs deepak diarmuid donal eamon eilidh eimear eleri eoin euan ewan farzana fergal ffion fintan folake funmi gareth gaz geoff geraint grainne gurdeep gurpreet gwenllian hardeep harpreet hemant hitesh husain hussain huw hywel iain ieuan ifan iwan jasbir jaspreet javed jayesh jignesh ketan kuldip kulwinder llew llewelyn lorcan mairi mandeep manjit manpreet md meirion mohd muhd morag murdo nadeem nasreen navdeep naveed nazia ngozi niall niamh nige nilesh nneka nuala obinna oisin olu olufemi oluwatobi orla owain padraig paramjit parminder pooja pritesh przemyslaw rajesh rhodri rhys rob roisin ruaridh rukhsana samina saoirse satnam sayed seamas segun shabana shahid shazia sian sinead slawomir ste steph stew stu sukhdeep sukhwinder surinder syed tahira tariq tel tomos tunde uche waqas wojciech zafar zbigniew";
const MORE_SURNAMES =
  "adeyemi agyeman akhtar akinola begum bibi chaudhry choudhury chowdhury dhillon eze fernando grewal hartley hussain hussein iqbal islam johal kowalska mackay mackenzie mackinnon macleod macpherson mahmood mcbride mccarthy mccormack mcdonald mcgrath mcgregor mcguinness mcintyre mckenna mcmahon mcmanus mcnamara mehta miah mistry nwosu obi obrien oconnor odonnell ogunleye okafor oleary omalley osullivan perera rahman rehman sandhu sidhu uddin ullah wisniewska";

const Weighted = z.union([z.string(), z.object({value: z.string()}).transform(({value}) => value)]);
const Names = z.record(z.string(), z.unknown()).optional();
const Faker = z.object({
  allLocales: z.record(z.string(), z.object({person: z.object({first_name: Names, last_name: Names}).optional()}))
});
const UniqueNames = z.object({names: z.array(z.string())});

/**
 * `person_names.csv` from the two packages that hold the names.
 *
 * @param folder a `node_modules` with @faker-js/faker 10 and unique-names-generator 4.7.1
 */
export async function buildPersonNames(folder: string): Promise<string> {
  const faker = Faker.parse(await import(fileOf(folder, "@faker-js/faker/dist/index.js")));
  const unique = UniqueNames.parse(await import(fileOf(folder, "unique-names-generator/dist/index.js")));
  return personNamesFile(
    LOCALES.map((locale) => {
      const person = faker.allLocales[locale]?.person;
      if (person === undefined) throw new Error(`Faker has no names for ${locale}: use its version 10`);
      return {forenames: listed(person.first_name), surnames: listed(person.last_name)};
    }),
    unique.names
  );
}

const fileOf = (folder: string, path: string): string => pathToFileURL(join(folder, path)).href;

const listed = (lists: z.infer<typeof Names>): string[] =>
  Object.values(lists ?? {}).flatMap((list) => z.array(Weighted).safeParse(list).data ?? []);

/** Every name once, sorted, in plain lower-case letters. Pure. */
export function personNamesFile(
  locales: readonly {readonly forenames: readonly string[]; readonly surnames: readonly string[]}[],
  moreForenames: readonly string[]
): string {
  const forenames = [...locales.flatMap((one) => one.forenames), ...moreForenames, ...MORE_FORENAMES.split(" ")];
  const surnames = [...locales.flatMap((one) => one.surnames), ...MORE_SURNAMES.split(" ")];
  const rows = (names: readonly string[], part: string, shortest: number) =>
    [...new Set(names.map(plainName))]
      .filter((name) => /^[a-z]+$/.test(name) && name.length >= shortest)
      .sort()
      .map((name) => ({name, part}));
  return stringify([...rows(forenames, "forename", 2), ...rows(surnames, "surname", 3)], {header: true});
}

const NOT_MARKS: Readonly<Record<string, string>> = {ı: "i", ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", ə: "e"};

const plainName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ıłøđßæœə]/g, (letter) => NOT_MARKS[letter]!)
    .replace(/['’.-]/g, "")
    .trim();
