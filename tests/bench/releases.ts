import {gzipSync} from "node:zlib";
import {type Random, randomOf} from "../../pipeline/statistics/random.ts";

// SYNTHETIC releases in the shape and of the size that registers publish: for measuring how fast they are read, nothing else.
// Release i of a seed is always the same, whatever else is made, so any part of a million can be made alone.

/** Names that a generated release draws from; councils are real ones, so that every step of the way has its usual work. */
export interface Names {
  readonly councils: readonly string[];
  readonly sectors: readonly string[]; // postcode sectors such as "LS1 4"
}

/** One in so many releases does not fit the schema: 0.2 %, in the ways that registers were seen to break it. */
const BAD_ONE_IN = 500;
const UPDATED_ONE_IN = 12; // a release that publishes the process of an earlier one again
const FIRST_DAY = Date.UTC(2016, 0, 1);
const DAYS = 3_600;

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
const hex = (random: Random, digits: number): string =>
  Array.from({length: digits}, () => Math.floor(random() * 16).toString(16)).join("");

/** The SYNTHETIC release number `i` of a seed. */
export function syntheticRelease(seed: number, i: number, names: Names): Record<string, unknown> {
  const random = randomOf(`${seed}/${i}`);
  const release = soundRelease(random, seed, i, names);
  return i % BAD_ONE_IN === BAD_ONE_IN - 1 ? broken(release, Math.floor(i / BAD_ONE_IN)) : release;
}

function soundRelease(random: Random, seed: number, i: number, names: Names): Record<string, unknown> {
  const process = i >= UPDATED_ONE_IN && i % UPDATED_ONE_IN === 0 ? i - whole(random, 1, UPDATED_ONE_IN - 1) : i;
  const own = randomOf(`${seed}/process/${process}`); // what two releases of one process have in common
  const buyer =
    own() < 0.7 ? pick(own, names.councils) : `${pick(own, PLACES)} ${pick(own, BODIES)} ${whole(own, 1, 9)}`;
  const subject = pick(own, SUBJECTS);
  const startDay = whole(own, 30, DAYS);
  const years = whole(own, 1, 5);
  const awardedOn = startDay - whole(own, 5, 30);
  const isFramework = own() < 0.12;
  const title = `SYNTHETIC ${isFramework ? "Framework for " : ""}${subject.words} ${pick(own, PLACES)} ${whole(own, 1, 9_999)}`;
  const value = Math.round(Math.exp(9 + own() * 7) * 100) / 100;
  const suppliers = Array.from({length: supplierCount(own)}, () => supplier(own, names));
  const lots = own() < 0.2 ? whole(own, 2, 6) : 0;
  const publishedAt = `${day(awardedOn + whole(random, 1, 40))}T${String(whole(random, 8, 17)).padStart(2, "0")}:${String(whole(random, 0, 59)).padStart(2, "0")}:00Z`;
  const notice = `${hex(own, 8)}-${hex(own, 4)}-4${hex(own, 3)}-9${hex(own, 3)}-${hex(own, 12)}`;
  const contractPeriod = {
    startDate: `${day(startDay)}T00:00:00Z`,
    endDate: `${day(startDay + 365 * years - 1)}T23:59:59Z`
  };
  const amount = {amount: value, currency: "GBP"};
  const awards = (lots === 0 ? [null] : Array.from({length: lots}, (_, lot) => String(lot + 1))).map((lot, k) => ({
    id: `${notice}-${k + 1}`,
    ...(lot === null ? {} : {relatedLots: [lot]}),
    status: "active",
    date: `${day(awardedOn)}T00:00:00Z`,
    datePublished: publishedAt,
    value: lot === null ? amount : {amount: Math.round((value / lots) * 100) / 100, currency: "GBP"},
    suppliers: (lot === null ? suppliers : [suppliers[k % suppliers.length]!]).map(({id, name}) => ({id, name})),
    contractPeriod,
    documents: [
      {
        id: String(k + 1),
        documentType: "awardNotice",
        description: "Awarded contract notice on Contracts Finder",
        url: `https://www.contractsfinder.service.gov.uk/Notice/${notice}`,
        datePublished: publishedAt,
        format: "text/html",
        language: "en"
      }
    ]
  }));
  return {
    ocid: `ocds-b5fd17-${hex(own, 8)}-${process}`,
    id: `${notice}-${i}`,
    date: publishedAt,
    language: "en",
    tag: i === process ? ["award"] : ["awardUpdate"],
    initiationType: "tender",
    title,
    buyer: {id: `GB-CFS-${whole(own, 1, 40_000)}`, name: buyer},
    tender: {
      id: `SYN${process}`,
      title,
      description: text(own, subject.words, years, value),
      status: "complete",
      classification: {scheme: "CPV", id: subject.cpv, description: subject.words},
      items: [
        {
          id: "1",
          classification: {scheme: "CPV", id: subject.cpv, description: subject.words},
          deliveryAddresses: [{region: pick(own, REGIONS)}, {countryName: "England"}]
        }
      ],
      value: amount,
      minValue: {amount: Math.round(value * 80) / 100, currency: "GBP"},
      procurementMethod: "open",
      procurementMethodDetails: pick(own, [
        "Open procedure",
        "Restricted procedure",
        "Call-off from a framework agreement",
        "Other: Single Tender Action"
      ]),
      ...(isFramework ? {techniques: {hasFrameworkAgreement: true}} : {}),
      ...(lots === 0
        ? {}
        : {
            lots: Array.from({length: lots}, (_, lot) => ({
              id: String(lot + 1),
              title: `Lot ${lot + 1}`,
              value: {amount: Math.round((value / lots) * 100) / 100, currency: "GBP"}
            }))
          }),
      tenderPeriod: {endDate: `${day(awardedOn - 30)}T12:00:00Z`},
      contractPeriod,
      suitability: {sme: true, vcse: own() < 0.3},
      mainProcurementCategory: "services",
      documents: []
    },
    parties: [
      {
        id: "GB-CFS-1",
        name: buyer,
        identifier: {legalName: buyer},
        address: {
          streetAddress: `${whole(own, 1, 200)} High Street`,
          locality: pick(own, PLACES),
          postalCode: postcode(own, names),
          countryName: "England"
        },
        contactPoint: {name: "SYNTHETIC Contact", email: "contact@example.org", telephone: "01632 960000"},
        details: {url: "https://www.example.org/"},
        roles: ["buyer"]
      },
      ...suppliers
    ],
    awards
  };
}

/** Most awards name one supplier, some a few, frameworks many. */
function supplierCount(random: Random): number {
  const draw = random();
  if (draw < 0.9) return 1;
  return draw < 0.97 ? whole(random, 2, 4) : whole(random, 5, 15);
}

/** Few firms win often and many once: the number of a firm is drawn on a logarithmic scale. */
function supplier(random: Random, names: Names) {
  const number = Math.floor(Math.exp(random() * Math.log(200_000)));
  const own = randomOf(number);
  const name = `${pick(own, PLACES)} ${pick(own, TRADES)} ${number} ${pick(own, ["Ltd", "Limited", "LLP", "plc", "CIC"])}`;
  const hasNumber = own() < 0.3;
  return {
    id: `GB-CFS-${300_000 + number}`,
    name,
    ...(hasNumber
      ? {identifier: {scheme: "GB-COH", id: String(10_000_000 + number), legalName: name}}
      : {identifier: {legalName: name}}),
    address: {
      streetAddress: `${whole(own, 1, 300)} ${pick(own, PLACES)} Road, ${pick(own, PLACES)}${own() < 0.8 ? `, ${postcode(own, names)}` : ""}, England`
    },
    details: {scale: own() < 0.6 ? "sme" : "large", vcse: own() < 0.1},
    roles: ["supplier"]
  };
}

const postcode = (random: Random, {sectors}: Names): string =>
  `${pick(random, sectors)}${pick(random, LETTERS)}${pick(random, LETTERS)}`;

/** Descriptions are long-tailed: most a paragraph, some pages. They state terms and amounts as real ones do. */
function text(random: Random, subject: string, years: number, value: number): string {
  const sentences = [
    `SYNTHETIC text. The authority requires ${subject.toLowerCase()}.`,
    pick(random, [
      `The contract is for ${years} years with an option to extend for a further ${whole(random, 1, 3) * 12} months.`,
      `The initial term is ${years} years, with the option to extend by up to two periods of 12 months each.`,
      `The estimated value is £${Math.round(value).toLocaleString("en-GB")} excluding VAT.`,
      `The annual value of the contract is approximately £${Math.round(value / years).toLocaleString("en-GB")}.`,
      "No extension is foreseen."
    ])
  ];
  const length = Math.exp(5.2 + random() * 2.9);
  let written = 0;
  while (written < length) {
    const sentence = pick(random, SENTENCES)(random);
    sentences.push(sentence);
    written += sentence.length;
  }
  return sentences.join(" ");
}

const SENTENCES: readonly ((random: Random) => string)[] = [
  (random) =>
    `Tenders are assessed on quality (${whole(random, 30, 70)} %) and price, as set out in section ${whole(random, 1, 20)}.`,
  (random) => `The provider will report to the ${pick(random, PLACES)} team every ${whole(random, 1, 6)} months.`,
  (random) =>
    `Staff transferred from the current provider are covered by the regulations in annex ${whole(random, 1, 12)}.`,
  (random) =>
    `The service runs from ${whole(random, 6, 9)}am to ${whole(random, 4, 8)}pm on ${whole(random, 200, 365)} days of the year.`,
  (random) =>
    `About ${whole(random, 10, 9_000)} people in ${pick(random, PLACES)} use the service today; the number is not guaranteed.`,
  (random) => `Insurance of £${whole(random, 1, 10)} million is required for each claim.`,
  () => "The authority may award no contract at all, and the organisation is not bound to accept the lowest price.",
  (random) =>
    `Questions are answered through the portal until ${whole(random, 1, 28)} ${pick(random, ["March", "June", "October"])} — see “how to take part”.`
];

/** The ways in which releases were seen not to fit the schema, in turn. */
function broken(release: Record<string, unknown>, kind: number): Record<string, unknown> {
  const awards = release.awards as Record<string, unknown>[];
  const firstAward = (change: Record<string, unknown>) => ({
    ...release,
    awards: [{...awards[0], ...change}, ...awards.slice(1)]
  });
  switch (kind % 8) {
    case 0:
      return firstAward({value: {amount: "£1,000", currency: "GBP"}});
    case 1:
      return {...release, ocid: undefined};
    case 2:
      return {...release, date: "31/12/2019"};
    case 3:
      return {...release, parties: "none"};
    case 4:
      return firstAward({id: null});
    case 5:
      return firstAward({value: {amount: -1, currency: "GBP"}});
    case 6:
      return {...release, id: ""};
    default:
      return {...release, tag: 7};
  }
}

/** A gzipped release package of the SYNTHETIC releases `from` … `from + count - 1`. */
export function syntheticPackage(seed: number, from: number, count: number, names: Names): Uint8Array {
  const releases = Array.from({length: count}, (_, k) => syntheticRelease(seed, from + k, names));
  const published = {
    uri: `https://example.org/SYNTHETIC/${seed}/${from}`,
    version: "1.1",
    publisher: {name: "SYNTHETIC"},
    releases
  };
  return gzipSync(JSON.stringify(published), {level: 4});
}

/** How many of the first `count` releases are made not to fit the schema. */
export const badAmong = (count: number): number => Math.floor(count / BAD_ONE_IN);

const day = (number: number): string => new Date(FIRST_DAY + number * 86_400_000).toISOString().slice(0, 10);

const PLACES = [
  "Ashby",
  "Birch Vale",
  "Corston",
  "Denholme",
  "Elmfield",
  "Farnbridge",
  "Greenhurst",
  "Hawksworth",
  "Inchley",
  "Kingsmere",
  "Longmoor",
  "Marsh End",
  "Northgate",
  "Oakridge",
  "Penbury",
  "Quarry Hill",
  "Ravensford",
  "Stonebeck",
  "Thornwick",
  "Upperton",
  "Wexcombe",
  "Yarrowdale"
];
const BODIES = [
  "NHS Foundation Trust",
  "Academy Trust",
  "Housing Association",
  "University",
  "Fire and Rescue Service",
  "Parish Council",
  "College"
];
const TRADES = [
  "Care",
  "Construction",
  "Cleaning Services",
  "Consulting",
  "Transport",
  "Software",
  "Highways",
  "Catering",
  "Recruitment",
  "Training",
  "Engineering",
  "Facilities Management"
];
const REGIONS = [
  "North East",
  "North West",
  "Yorkshire and The Humber",
  "East Midlands",
  "West Midlands",
  "East of England",
  "London",
  "South East",
  "South West"
];
const LETTERS = [..."ABDEFGHJLNPQRSTUWXYZ"];
const SUBJECTS: readonly {readonly words: string; readonly cpv: string}[] = [
  {words: "Domiciliary care services", cpv: "85310000"},
  {words: "Supported living for adults with learning disabilities", cpv: "85311200"},
  {words: "Road resurfacing works", cpv: "45233220"},
  {words: "Refuse and recycling collection", cpv: "90511000"},
  {words: "Temporary accommodation for homeless households", cpv: "98341000"},
  {words: "Building cleaning services", cpv: "90911200"},
  {words: "Software licences and support", cpv: "48000000"},
  {words: "Home to school transport", cpv: "60100000"},
  {words: "Grounds maintenance", cpv: "77314000"},
  {words: "Foster care placements for children", cpv: "85311300"},
  {words: "Substance misuse treatment", cpv: "85000000"},
  {words: "School extension construction works", cpv: "45214210"},
  {words: "Library management", cpv: "92511000"},
  {words: "Legal advice", cpv: "79110000"},
  {words: "Vehicle hire", cpv: "34100000"}
];
