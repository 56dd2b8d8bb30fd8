import {csvHeader, readCsv} from "../formats/csv.ts";
import {LayoutError} from "../formats/layoutError.ts";
import {gitHubFolder} from "./discovery/gitHubFolder.ts";
import {definePublication, type Observation, openGovernment} from "./indicator.ts";
import {figure} from "./reading/figures.ts";
import {financialYear} from "./reading/periods.ts";
import {assertOnce, councilIn} from "./reading/places.ts";

const COLUMNS = ["Financial year", "Local authority code", "Grouping", "Measure", "Value"] as const;
const MEASURE = /outcome of short-term services: sequel to service/i;
const ONE_COUNCIL = "LA_Raw"; // medians of groups carry other words

export default definePublication({
  id: "adult-social-care-outcomes",
  title: "Adult Social Care Outcomes Framework, as the Office for Local Government published it",
  publisher: "NHS England; Office for Local Government",
  licence: "OGL-UK-3.0",
  attribution: openGovernment("NHS England; Office for Local Government"),
  page: "https://digital.nhs.uk/data-and-information/publications/statistical/adult-social-care-outcomes-framework-ascof",
  discovery: gitHubFolder("communitiesuk/oflog-automated-text", "src/lib", /^ASC_data\.csv$/),
  periods: "financial years 2015-16 to 2022-23",
  nextUpdate: "none: the Office for Local Government was closed in December 2024",
  caveats: ["Percentages only: the counts behind them are not in the file."],
  traps: [
    "High is good: the polarity is the other way round.",
    "The definition changes in 2024-25: the series breaks there.",
    "Rows of groups of similar councils stand among those of councils, and are left out.",
    "The file has percentages only: fractions in their place are refused."
  ],
  indicators: [
    {
      id: "adults-no-further-request",
      kind: "repeat-demand",
      title: "Adults who ask for no further help after short-term support",
      question: "How often does short-term support leave an adult without a further request for help?",
      unit: "percent",
      polarity: "higher-is-less-repeat-demand",
      tier: "upper",
      serviceLine: "adult-social-care",
      numerator:
        "new clients whose short-term support was followed by no further request for support, or by help at a lower level",
      denominator: "new clients who received short-term support to maximise independence",
      per: null,
      interval: "none: counts not published",
      range: [0, 100],
      periodType: "financial-year",
      breaks: [
        {on: "2024-04-01", what: "The measure (2D) becomes 2A and is worked out from client records: not comparable."}
      ],
      caveats: [
        "The other way round: high means fewer people come back.",
        "Not a cure rate: a council that offers short-term support to people with small needs shows more.",
        "Redefined from 2024-25 on; the years here are all of the older definition."
      ]
    }
  ],
  expect: {councilsPerPeriod: [140, 160]}, // 151 or 152 in every year

  recognises: ({format, bytes}) => {
    if (format !== "text") return false;
    const header = csvHeader(bytes);
    return header !== null && COLUMNS.every((name) => header.includes(name));
  },

  observations: ({bytes}) => {
    const {rows} = readCsv(bytes);
    const wanted = rows.filter(({cells}) => MEASURE.test(cells.Measure ?? "") && cells.Grouping === ONE_COUNCIL);
    if (wanted.length === 0) throw new LayoutError(`no row of a council has a measure that fits ${MEASURE.source}`);
    const observations = wanted.map(({cells, line}): Observation => {
      const where = `line ${line}`;
      const {year, ...period} = financialYear(cells["Financial year"] ?? "", where);
      const {number, symbol} = figure(cells.Value, where);
      return {
        indicatorId: "adults-no-further-request",
        gss: councilIn(cells["Local authority code"], where),
        ...period,
        value: number,
        numerator: null,
        denominator: null,
        missingReason: symbol,
        position: where
      };
    });
    assertOnce(observations);
    return observations;
  }
});
