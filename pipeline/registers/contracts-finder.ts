import {catalogueAddress, filesInCatalogue} from "./contracts-finder/catalogue.ts";
import {dailyCsv} from "./contracts-finder/dailyCsv.ts";
import {searchAnswer} from "./contracts-finder/searchAnswer.ts";
import {websiteExport} from "./contracts-finder/websiteExport.ts";
import {defineRegister} from "./register.ts";

const GUID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?:-\d+)?$/;

export default defineRegister({
  id: "contracts-finder",
  title: "Contracts Finder",
  publisher: "Cabinet Office",
  documentation: "https://www.contractsfinder.service.gov.uk/apidocumentation/home",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Contracts Finder, Cabinet Office).",
  publishedSince: "2014-12-01", // thin in December 2014, daily from about March 2015
  caveats: [
    "A notice is an intention or an award, not a payment; many awards are never published, so a total is not a council's spending.",
    "England, and UK bodies with reserved functions. Since 24 February 2025 new procurements are published on Find a Tender instead.",
    "The value is the whole award, however many suppliers share it; for a framework it is a ceiling."
  ],
  // The API declares no charset and has been seen to send ISO-8859-1, and UTF-8 encoded twice ("Â£" for "£").
  encoding: {fallback: "iso-8859-1", undoDoubleEncoding: true},
  reads: (file) => websiteExport(file) ?? dailyCsv(file) ?? searchAnswer(file),
  live: {
    base: "https://www.contractsfinder.service.gov.uk",
    pace: {
      secondsBetween: 12,
      because:
        "The limit is not published; answers 429 name the same limit as Find a Tender (12 in 2 minutes), and parallel clients were locked out hundreds of times.",
      lockout: {status: 403, seconds: 300} // documented: "403 … wait 5 minutes"
    },
    paging: {
      kind: "windows", // the cursor has the form of Find a Tender's, which loses notices; not followed until shown to be safe
      fullAt: 100,
      shortestSeconds: 2,
      address: (from, to) => `/Published/Notices/OCDS/Search?publishedFrom=${from}&publishedTo=${to}&limit=100`
    },
    bounds: {releasesPerWeekday: [20, 2_000]},
    notTriedLive:
      "Pace, lockout and windows follow the publisher's documentation and other clients' notes; the API itself has not been asked by this code."
  },
  bulk: {
    base: "https://www.contractsfinder.service.gov.uk",
    pace: {
      secondsBetween: 5,
      because: "Another client fetched seven months of daily files at this pace without a refusal.",
      lockout: {status: 403, seconds: 300}
    },
    paging: {
      kind: "periods",
      each: "day",
      addresses: (day) => [`/Harvester/Notices/Data/CSV/${day.replaceAll("-", "/")}`]
    },
    bounds: {releasesPerWeekday: [20, 2_000]},
    notTriedLive:
      "The address is the documented one; the files themselves have been read from descriptions and copies only."
  },
  mirror: {
    base: "https://ckan.publishing.service.gov.uk",
    pace: {
      secondsBetween: 5,
      because: "Another client fetched fourteen months of these files from the same store without one failed day."
    },
    paging: {
      kind: "periods",
      each: "month",
      addresses: (month) => [catalogueAddress(month)],
      hosts: ["cdp-sirsi-production-cfs-471112843276.s3.eu-west-2.amazonaws.com", "data.gov.uk"],
      links: filesInCatalogue
    },
    notTriedLive:
      "Catalogue, titles and store follow another client's notes: neither the catalogue nor the store has been asked by this code."
  },
  noticeUrl(releaseId) {
    const guid = GUID.exec(releaseId)?.[1]; // a release id is the notice's own identifier and a sequence number
    return guid === undefined ? null : `https://www.contractsfinder.service.gov.uk/Notice/${guid}`;
  }
});
