import {proactisRegister} from "./proactis/proactis.ts";

export default proactisRegister({
  id: "public-contracts-scotland",
  title: "Public Contracts Scotland",
  publisher: "Scottish Government",
  documentation: "https://api.publiccontractsscotland.gov.uk/v1",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Public Contracts Scotland, Scottish Government).",
  publishedSince: "2019-01-01", // the first month that the API answers for
  caveats: [
    "A notice is an intention or an award, not a payment. The Procurement Act 2023 does not apply to devolved Scottish bodies.",
    "Notices above threshold stand on Find a Tender too, under another process identifier and with a link back to here.",
    "Organisations are numbered inside each release only and carry no identifiers, so names are all there is to match."
  ],
  base: "https://api.publiccontractsscotland.gov.uk",
  ocidPrefix: "ocds-r6ebe6",
  ownTypes: [101, 102, 103, 104],
  parameters: "",
  notTriedLive:
    "Addresses and notice types follow the publisher's page and another client's notes; the API itself has not been asked by this code, and may refuse it."
});
