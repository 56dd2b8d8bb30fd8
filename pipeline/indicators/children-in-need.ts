import type {Recognised} from "../formats/recognise.ts";
import {exploreEducationStatistics} from "./discovery/exploreEducationStatistics.ts";
import {definePublication, type Indicator, type Observation, openGovernment} from "./indicator.ts";
import {dfeRows, hasColumns} from "./reading/dfeCsv.ts";
import {assertRatesAgree, figure} from "./reading/figures.ts";
import {assertOnce} from "./reading/places.ts";

/** A file of the release: the indicator it carries, and where its counts and its percentage stand. */
interface Table {
  readonly indicator: Indicator;
  readonly names: Readonly<Record<"numerator" | "denominator" | "percent", readonly string[]>>; // first that of the 2025 release
}

const SHARED = {
  kind: "repeat-demand",
  unit: "percent",
  polarity: "higher-is-more-repeat-demand",
  tier: "upper",
  serviceLine: "childrens-social-care",
  per: 100,
  interval: "wilson",
  range: [0, 100],
  periodType: "financial-year"
} as const;

const TABLES: readonly Table[] = [
  {
    names: {
      denominator: ["referral_count", "Referrals"],
      numerator: ["rereferral_count", "Re_referrals"],
      percent: ["rereferral_percent", "Re_referrals_percent"]
    },
    indicator: {
      ...SHARED,
      id: "children-rereferrals",
      title: "Children's social care referrals within 12 months of an earlier one",
      question: "How often is a child referred to social care again within a year of an earlier referral?",
      numerator: "referrals in the year that follow an earlier referral of the same child within 12 months",
      denominator: "referrals in the year",
      caveats: [
        "Not a measure of failure: some children will always need to come back, and thresholds and front doors differ.",
        "Councils differ in what they record as a referral, so compare a council with itself before its neighbours.",
        "A referral is not recorded while a case is open, and a council that books referrals as contacts shows fewer repeats."
      ]
    }
  },
  {
    names: {
      denominator: ["CPP_start", "cpp_start_count", "cpp_start"],
      numerator: ["CPP_subsequent", "cpp_subsequent_count", "cpp_subsequent"],
      percent: ["CPP_subsequent_percent", "cpp_subsequent_percent"]
    },
    indicator: {
      ...SHARED,
      id: "children-second-plans",
      title: "Child protection plans that are a second or later one",
      question: "How often does a child who starts a child protection plan already have had one?",
      numerator: "plans started in the year by children who ever had a plan before",
      denominator: "child protection plans started in the year",
      caveats: [
        "Not a return within a set time: the earlier plan may be of any year, so longer records show more.",
        "Small numbers: many councils start fewer than 200 plans a year, and a few families move the percentage."
      ]
    }
  }
];

export default definePublication({
  id: "children-in-need",
  title: "Characteristics of children in need",
  publisher: "Department for Education",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("Department for Education"),
  page: "https://explore-education-statistics.service.gov.uk/find-statistics/characteristics-of-children-in-need",
  discovery: exploreEducationStatistics("characteristics-of-children-in-need", "children in need", [
    /referrals and re-?referrals/i,
    /(second or )?subsequent (child protection )?plan/i
  ]),
  periods: "financial years 2012-13 to 2024-25",
  nextUpdate: "not stated",
  caveats: ["Each release restates the years before it: use the newest file only."],
  traps: [
    "The columns have had other names in other releases: they are found by any of them.",
    "A suppressed figure keeps the publisher's letter (c, u, x, z) and is never zero.",
    "Every release restates all years: the newest one counts, and the older stay archived.",
    "Percentages are worked out of the counts again and must agree with the published ones, or the file is refused.",
    "Councils change their code in the year that ends in March of the reorganisation.",
    "England's figure is the published one, rounded to ten, and no sum."
  ],
  indicators: TABLES.map(({indicator}) => indicator),
  expect: {councilsPerPeriod: [140, 160]}, // 151 to 153 in every year from 2013 to 2025

  recognises: (file) => TABLES.some(({names}) => hasColumns(file, names)),

  observations: (file) => {
    const known = TABLES.filter(({names}) => hasColumns(file, names));
    return (known.length > 0 ? known : TABLES).flatMap((table) => read(file, table)); // of none, the first says what it misses
  }
});

function read(file: Recognised, {indicator, names}: Table): Observation[] {
  const rows = dfeRows(file, names).map(({gss, period, cell, where}) => ({
    gss,
    period,
    where,
    published: figure(cell.percent, where),
    numerator: figure(cell.numerator, where),
    denominator: figure(cell.denominator, where)
  }));
  assertRatesAgree(rows, 100, 1);
  const observations = rows.map(
    ({gss, period, published, numerator, denominator, where}): Observation => ({
      indicatorId: indicator.id,
      gss,
      ...period,
      value: published.number,
      numerator: numerator.number,
      denominator: denominator.number,
      missingReason: published.symbol,
      position: where
    })
  );
  assertOnce(observations);
  return observations;
}
