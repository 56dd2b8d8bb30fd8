import {defineRegister} from "./register.ts";

const NOTICE = /^\d{6}-\d{4}$/;

export default defineRegister({
  id: "find-a-tender",
  title: "Find a Tender",
  publisher: "Cabinet Office",
  documentation: "https://www.find-tender.service.gov.uk/apidocumentation",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Find a Tender, Cabinet Office).",
  publishedSince: "2021-01-02",
  caveats: [
    "A notice is an intention, an award or a contract, not a payment; light-touch contracts, which most care services are, need fewer notices.",
    "Until 24 February 2025 above-threshold notices only; since then, for procurements begun under the Procurement Act 2023, also below-threshold ones (12,000 pounds central government, 30,000 others).",
    "Northern Ireland has no open register of its own: its notices are those published here, above threshold as a rule.",
    "Scottish and Welsh notices above threshold are published here again, under another process identifier.",
    "A change notice (UK10) carries only what changes; the rest of the contract stands in an earlier notice of the same process."
  ],
  encoding: {},
  noticeUrl: (releaseId) =>
    NOTICE.test(releaseId) ? `https://www.find-tender.service.gov.uk/Notice/${releaseId}` : null,
  live: {
    base: "https://www.find-tender.service.gov.uk",
    pace: {
      secondsBetween: 12,
      because: "429 names a limit of 12 requests in 2 minutes; clients that asked every 11 seconds still met some."
    },
    paging: {
      kind: "windows", // the cursor is a hidden key: following it lost an eighth to a quarter of the notices of busy days
      fullAt: 100,
      shortestSeconds: 2, // updatedFrom equal to updatedTo is answered with 400
      // No other parameter may be sent (400), and "stages" leaves notices out.
      address: (from, to) => `/api/1.0/ocdsReleasePackages?updatedFrom=${from}&updatedTo=${to}&limit=100`
    },
    bounds: {releasesPerWeekday: [50, 3_000]},
    notTriedLive:
      "Windows, pace and repairs follow measurements that other clients published; the API itself has not been asked by this code."
  }
});
