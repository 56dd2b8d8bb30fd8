import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {ROOT} from "./imports.ts";

// Every trap that is known in the publishers' files, and the test that fails when its handling is taken away: each of them
// was seen to fail once. Here only that the test is there, under its name.

const TRAPS: readonly (readonly [trap: string, file: string, name: string])[] = [
  // places
  [
    "codes that changed while the council stayed (Barnsley, Sheffield, 2025)",
    "geography/succession",
    "Barnsley and Sheffield are one council each under their codes"
  ],
  [
    "publications change from one code to the next years late",
    "models/observations",
    "a council that only changed its code is one council, whichever code a publication still uses"
  ],
  [
    "ends of councils in two conventions",
    "references/councils",
    "an end is the last day, whichever convention its source used"
  ],
  [
    "a council replaced by two",
    "references/councils",
    "Bedfordshire, Cheshire, Cumbria and Northamptonshire are splits, four lost parts"
  ],
  [
    "councils that ended in 2009 are in no lookup that starts in 2011",
    "references/councils",
    "44 English councils ended on 31 March 2009"
  ],
  [
    "26 councils of Northern Ireland until 2015, without a code of the present scheme",
    "references/councils",
    "26 councils of Northern Ireland ended on 31 March 2015"
  ],
  [
    "Christchurch left Dorset, so old Dorset does not nest in new",
    "geography/succession",
    "old Dorset county does not nest in new Dorset"
  ],
  ["a split county cannot be shared out", "models/observations", "a county that was split gives its counts to neither"],
  [
    "percentages must not be averaged over a merger",
    "models/observations",
    "a percentage without counts is never carried across a merger"
  ],
  ["names carry suffixes and other spellings", "indicators/changedLayouts", "councils' names spelled otherwise"],
  [
    "the Department's codes change in the year that ends in March",
    "indicators/children-in-need",
    "the code is the one of the year: Somerset's changes in the year to March 2024"
  ],
  ["three-digit numbers outlive reorganisations", "indicators/section-251", "one number, two codes: North Yorkshire"],
  // revenue outturn
  [
    "a second header row with class totals under the first",
    "indicators/revenue-outturn",
    "the table ends at the second header row"
  ],
  [
    "the Greater London Authority and combined authorities among councils",
    "indicators/revenue-outturn",
    "councils only: not England, a class, the Greater London Authority"
  ],
  [
    "councils that made no return: [x]",
    "indicators/revenue-outturn",
    "a return that did not come in time is missing with the publisher's symbol, never zero"
  ],
  [
    "a district's zero for a service of its county",
    "models/observations",
    "a district's zero for a service of its county is 'not run here'"
  ],
  ["repeated cells and rows in ODS", "formats/ods", "repeated cells are written out"],
  ["a code misprinted in 2017-18", "indicators/revenue-outturn", "a code that the older summary misprints"],
  ["money in thousands", "indicators/revenue-outturn", "figures that are not said to be in £ thousand are refused"],
  // children
  [
    "column names that drift between releases",
    "indicators/children-in-need",
    "the column names of 2022 to 2024 are read like the newer ones"
  ],
  [
    "each release restates the years before",
    "models/observations",
    "a release that reaches further in time replaces the years"
  ],
  [
    "c, u, x, z in place of numbers",
    "indicators/children-in-need",
    "a suppressed figure is unknown, not zero, and keeps its symbol"
  ],
  ["a byte-order mark", "indicators/children-in-need", "a byte-order mark and Windows line ends change nothing"],
  ["quoted empty cells", "formats/csv", "a quoted empty cell and an empty cell are both an empty text"],
  [
    "England rounded to ten, and no sum of councils",
    "indicators/children-in-need",
    "England's figure is kept as England's: rounded to ten, no sum of councils"
  ],
  [
    "one column of counts, averages and percentages",
    "indicators/children-looked-after",
    "missing more than once is a share of the children who went missing"
  ],
  [
    "both sides of a reorganisation in one year",
    "indicators/children-looked-after",
    "not applicable is kept as the publisher's z"
  ],
  // the tool of the Department
  ["every reason merged into a dash", "indicators/section-251", "a dash is a figure that is missing, not zero"],
  ["numbers as text", "indicators/section-251", "a council's number may be text"],
  [
    "both sides of a reorganisation in every year",
    "indicators/section-251",
    "the dash of a council that did not exist in a year is no observation"
  ],
  // homelessness
  [
    "a column that moves from AB to AD",
    "indicators/statutory-homelessness",
    "a column is found by its words wherever it moves"
  ],
  [
    "hidden rows with other headings",
    "indicators/statutory-homelessness",
    "helper rows with other headings, hidden or shown"
  ],
  ["sheets renamed", "indicators/statutory-homelessness", "a renamed sheet is found by the title in it"],
  [
    "no return: two dots; withheld: a dash",
    "indicators/statutory-homelessness",
    "two dots are a council without a return, a dash a breakdown withheld"
  ],
  [
    "_revised, _fix, _fixed",
    "models/observations",
    "a revised file supersedes the first, in whichever order they came"
  ],
  [
    "England includes estimates for councils without a return",
    "indicators/statutory-homelessness",
    "England's published figures are kept as England's"
  ],
  [
    "quarters are years only four at a time, from counts",
    "models/observations",
    "three quarters, or a fourth without a return, make no year"
  ],
  ["a stock is not a sum", "models/observations", "a stock's year is its last day"],
  // fly-tipping
  ["rows hidden by a filter", "indicators/fly-tipping", "rows that the publisher's filter hides are read"],
  ["a colon for missing", "indicators/fly-tipping", "a colon is a figure that is not available"],
  [
    "totals among councils, England twice",
    "indicators/fly-tipping",
    "totals of regions, and England counted on another basis"
  ],
  ["fractions of incidents", "indicators/fly-tipping", "fractions and all: England in 2013-14"],
  // adults
  [
    "inverse polarity",
    "indicators/adult-social-care",
    "no further request after short-term help: high is less repeat demand"
  ],
  ["redefined in 2024-25", "indicators/adult-social-care", "the series breaks where the measure is redefined"],
  ["councils as columns", "indicators/adult-social-care", "one council a column, by the number in front of its name"],
  // Fingertips and Nomis
  ["rows by category", "indicators/hospital-readmissions", "rows with a category break a place down"],
  [
    "two councils combined under both codes",
    "indicators/hospital-readmissions",
    "a figure of two councils combined is neither's own"
  ],
  ["England twice", "indicators/hospital-readmissions", "England stands twice, with and without a parent"],
  [
    "area types renumbered",
    "indicators/hospital-readmissions",
    "the newest area type of upper-tier councils is taken from the list"
  ],
  [
    "25,000 rows at most without a key",
    "faults/publications",
    "a population that stops at Nomis's limit of rows is refused"
  ],
  [
    "ids of data sets that are not known, and files that are none",
    "faults/publications",
    "a release with half its data sets in the API is taken whole from its page"
  ],
  ["addresses that change with each release", "indicators/discovery", "a page of GOV.UK leads to its data attachments"],
  // layouts that no release has had yet
  ["banners above the title", "indicators/changedLayouts", "rows of words above the title"],
  ["columns put in", "indicators/changedLayouts", "a column in the middle, with numbers of its own"],
  ["tables underneath", "indicators/changedLayouts", "a second table underneath"],
  ["hidden councils", "indicators/changedLayouts", "every second council hidden"],
  ["totals between councils", "indicators/changedLayouts", "totals of regions between the councils"],
  ["thousands with commas", "indicators/changedLayouts", "thousands with commas"],
  ["symbols in brackets", "indicators/changedLayouts", "with symbols in brackets keeps them as the reasons"],
  ["fractions where per cent belong", "indicators/changedLayouts", "with fractions where per cent belong is refused"],
  ["fractions in files without counts", "warehouse/refusals", "fractions where a file has percentages only are refused"]
];

test.each(TRAPS)("%s: tests/%s has its test", (_trap, file, name) => {
  expect(readFileSync(join(ROOT, "tests", `${file}.test.ts`), "utf8")).toContain(name);
});
