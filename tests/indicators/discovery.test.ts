import {expect, test} from "vitest";
import {publications} from "../../pipeline/discover.ts";
import type {Answer, Discovery, FoundFile} from "../../pipeline/indicators/discovery/discovery.ts";
import {exploreEducationStatistics} from "../../pipeline/indicators/discovery/exploreEducationStatistics.ts";
import {govUk} from "../../pipeline/indicators/discovery/govUk.ts";
import {fixedAddress, linkedFiles} from "../../pipeline/indicators/discovery/linkedFiles.ts";
import population from "../../pipeline/references/population.ts";

// SYNTHETIC answers, shaped after the publishers' own descriptions of their interfaces; no live answer has been met yet.

const answer = (url: string, body: unknown): Answer => ({
  url,
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body))
});

/** Follows a discovery through answers by address, as a fetcher would; an address without an answer is an error. */
function follow(
  discovery: Discovery,
  answers: Readonly<Record<string, unknown>>
): {files: FoundFile[]; asked: string[]} {
  const asked: string[] = [];
  const lacks = discovery.lacks ?? ((files: readonly FoundFile[]) => (files.length === 0 ? discovery.wants : null));
  for (const start of discovery.start[0] ?? []) {
    const queue = [start];
    const files: FoundFile[] = [];
    for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
      if (!(url in answers)) throw new Error(`nobody answers ${url}`);
      asked.push(url);
      const found = discovery.read(answer(url, answers[url]));
      files.push(...found.files);
      queue.push(...found.ask.filter((next) => !asked.includes(next)));
    }
    if (lacks(files) === null) return {files, asked};
  }
  return {files: [], asked};
}

const firstOf = ({start}: Discovery): string => start[0]![0]!;
const publication = async (id: string) => (await publications()).find((one) => one.id === id)!;
const CONTENT = "https://www.gov.uk/api/content/government";
const ASSET = "https://assets.publishing.service.gov.uk/media/0000";

test("a page of GOV.UK leads to its data attachments, not to its others", async () => {
  const {discovery} = await publication("statutory-homelessness");
  const {files, asked} = follow(discovery, {
    [`${CONTENT}/statistical-data-sets/live-tables-on-homelessness`]: {
      base_path: "/government/statistical-data-sets/live-tables-on-homelessness",
      details: {
        attachments: [
          {
            url: `${ASSET}/Statutory_Homelessness_Detailed_Local_Authority_Data_202512.ods`,
            title: "Detailed local authority level tables: October to December 2025"
          },
          {url: `${ASSET}/DetailedLA_202109_fixed.xlsx`, title: "", filename: "DetailedLA_202109_fixed.xlsx"},
          {
            url: `${ASSET}/Statutory_Homelessness_England_Level_Time_Series_Data.ods`,
            title: "Statutory homelessness England level time series"
          },
          {url: `${ASSET}/detailed_LA_notes.pdf`, title: "Detailed LA notes"}
        ]
      }
    }
  });
  expect(files.map(({url}) => url)).toEqual([
    `${ASSET}/Statutory_Homelessness_Detailed_Local_Authority_Data_202512.ods`,
    `${ASSET}/DetailedLA_202109_fixed.xlsx`
  ]);
  expect(asked).toHaveLength(1);
});

test("a collection of GOV.UK leads to its documents, and those to their attachments", async () => {
  const {discovery} = await publication("revenue-outturn");
  const document = "/government/statistics/revenue-2024-to-2025-individual-local-authority-data-outturn";
  const {files} = follow(discovery, {
    [firstOf(discovery)]: {
      base_path: "/government/collections/local-authority-revenue-expenditure-and-financing",
      links: {
        documents: [
          {
            base_path: document,
            title: "Local authority revenue expenditure: 2024 to 2025 individual local authority data - outturn"
          },
          {base_path: "/government/statistics/budget", title: "Local authority revenue: 2025 to 2026 budget"}
        ]
      }
    },
    [`https://www.gov.uk/api/content${document}`]: {
      base_path: document,
      details: {
        attachments: [
          {
            url: `${ASSET}/RSX_LA_Data_2024-25_data_by_LA.ods`,
            title: "Revenue outturn service expenditure summary (RSX) 2024-25"
          },
          {url: `${ASSET}/RO3_LA_Data_2024-25_data_by_LA.ods`, title: "Revenue outturn social care (RO3) 2024-25"}
        ]
      }
    }
  });
  expect(files.map(({url}) => url)).toEqual([`${ASSET}/RSX_LA_Data_2024-25_data_by_LA.ods`]);
});

test("where the content API has no file, the page itself is read", () => {
  const discovery = govUk(["statistics/fly-tipping-in-england"], {attachment: /flytipping/i});
  const [api, page] = discovery.start[0]!;
  const {files} = follow(discovery, {
    [api!]: {base_path: "/government/statistics/fly-tipping-in-england", details: {attachments: []}},
    [page!]: `<p><a class="x" href="${ASSET}/Flytipping_LA.ods">Fly-tipping incidents <b>by LA</b></a> <a href="${ASSET}/Flytipping_LA.ods">ODS</a> <a href="/help">Help</a></p>`
  });
  expect(files).toEqual([{url: `${ASSET}/Flytipping_LA.ods`, title: "Fly-tipping incidents by LA", isFixed: true}]);
});

test("a page about maintenance is refused with its words, never read as nothing", () => {
  const discovery = govUk(["statistics/x"], {attachment: /x/});
  expect(() => discovery.read(answer(firstOf(discovery), "<h1>Sorry, GOV.UK is down</h1>"))).toThrow(
    'https://www.gov.uk/api/content/government/statistics/x answered with something other than JSON: "<h1>Sorry'
  );
  expect(() => discovery.read(answer(firstOf(discovery), {message: "not found"}))).toThrow(
    /is not a page of the content API/
  );
});

const EES = "https://api.education.gov.uk/statistics/v1";
const ID = "0195c6ff-1111-7000-8000-000000000000";

test("a publication of Explore Education Statistics is found by name, its data sets by title, its file as it was uploaded", async () => {
  const {discovery} = await publication("children-in-need");
  const {files} = follow(discovery, {
    [firstOf(discovery)]: {
      paging: {page: 1, pageSize: 40, totalResults: 2, totalPages: 1},
      results: [
        {id: "other", slug: "outcomes-for-children-in-need", title: "Outcomes for children in need"},
        {id: ID, slug: "characteristics-of-children-in-need", title: "Children in need"}
      ]
    },
    [`${EES}/publications/${ID}/data-sets?pageSize=40`]: {
      results: [
        {id: "d1", title: "C1 - Referrals and re-referrals", latestVersion: {version: "1.0", file: {id: "f1"}}},
        {id: "d2", title: "D3 - Second or subsequent child protection plans", latestVersion: {version: "1.0"}},
        {id: "d3", title: "A1 - Children in need"}
      ]
    }
  });
  expect(files.map(({url}) => url)).toEqual([
    "https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/f1/csv",
    `${EES}/data-sets/d2/csv`
  ]);
});

test("where the API does not know the publication, the release's page is read", () => {
  const discovery = exploreEducationStatistics("children-looked-after", "looked after", [/placement stability/i]);
  const file = "11111111-2222-3333-4444-555555555555";
  const {files, asked} = follow(discovery, {
    [firstOf(discovery)]: {results: []},
    [discovery.start[0]![1]!]:
      `<a href="/data-catalogue/data-set/${file}">LA - CLA placement stability</a><a href="/data-catalogue/data-set/${file.replace("1", "2")}">Other</a>`
  });
  expect(files).toEqual([
    {
      url: `https://explore-education-statistics.service.gov.uk/data-catalogue/data-set/${file}/csv`,
      title: "LA - CLA placement stability"
    }
  ]);
  expect(asked).toEqual(discovery.start[0]);
});

test("an answer of another shape is refused with what is wrong", () => {
  const discovery = exploreEducationStatistics("x", "x", [/x/]);
  expect(() => discovery.read(answer(firstOf(discovery), {results: [{id: 5}]}))).toThrow(
    /is not what the API promises: /
  );
});

test("NHS England's pages lead from the publication to each year's release, and to its files", async () => {
  const {discovery, page} = await publication("adult-social-care-unit-costs");
  const release =
    "https://digital.nhs.uk/data/personal-social-services-expenditure-and-unit-costs-england-2014-15-final-release";
  const file = "https://files.digital.nhs.uk/publicationimport/pub1/pss-exp-eng-14-15-fin-coun-lev-unit-cost.csv";
  const {files} = follow(discovery, {
    [page]: `<a href="${release}">Personal Social Services: Expenditure and Unit Costs, England 2014-15</a>`,
    [release]: `<a href="${file}">Unit costs by council</a><a href="https://files.digital.nhs.uk/x.pdf">Report</a>`
  });
  expect(files).toEqual([{url: file, title: "Unit costs by council"}]);
});

test("links that are not https, and pages that lead back to themselves, lead nowhere", () => {
  const discovery = linkedFiles({page: "https://example.org/a", file: /data/, release: /release/});
  const {files, ask} = discovery.read(
    answer(
      "https://example.org/a",
      '<a href="http://example.org/data.csv">data</a><a href="ftp://x/data.csv">data</a><a href="/a">release</a><a href="b">release 2</a>'
    )
  );
  expect(files).toEqual([]);
  expect(ask).toEqual(["https://example.org/b"]);
});

test("Nomis answers with the file itself", () => {
  expect(population.discovery.files?.[0]?.url).toMatch(
    /^https:\/\/www\.nomisweb\.co\.uk\/api\/v01\/dataset\/NM_2002_1\.data\.csv\?/
  );
  expect(fixedAddress("https://example.org/x.csv", "X").files).toEqual([
    {url: "https://example.org/x.csv", title: "X"}
  ]);
});
