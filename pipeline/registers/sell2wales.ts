import {proactisRegister} from "./proactis/proactis.ts";

export default proactisRegister({
  id: "sell2wales",
  title: "Sell2Wales",
  publisher: "Welsh Government",
  documentation: "https://api.sell2wales.gov.wales/v1",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (Sell2Wales, Welsh Government).",
  publishedSince: "2019-01-01", // the first month that the API answers for
  caveats: [
    "A notice is an intention or an award, not a payment.",
    "In May 2026 its API answered many notice types with an error and the others with nothing: no contracts here means that the source is not available.",
    "Notices above threshold stand on Find a Tender too, under another process identifier."
  ],
  base: "https://api.sell2wales.gov.wales",
  ocidPrefix: "ocds-kuma6s",
  ownTypes: [51, 52, 53, 54, 55, 56],
  parameters: "&locale=2057", // English; the Welsh texts are the same notices
  notTriedLive:
    "Addresses and notice types follow the publisher's page; the API itself has not been asked by this code, and was answering with errors when others last looked."
});
