import {offerChartFiles} from "./chartFiles.ts";
import {offerCopies} from "./copySentences.ts";
import {offerEmbedCode} from "./embedCode.ts";
import {filterRows} from "./filterRows.ts";
import {highlightCouncil} from "./highlight.ts";
import {offerCitations} from "./offerCitations.ts";
import {openTarget} from "./openTarget.ts";

// The site's one script: it adds to pages that are whole without it. What only one page needs comes when that page is open.
filterRows(document);
offerCitations(document);
offerCopies(document);
highlightCouncil(document);
offerEmbedCode(document);
offerChartFiles(document);
openTarget(document);

const explorer = document.querySelector<HTMLFormElement>("form[data-explorer]");
if (explorer) void import("./explorer/page.ts").then(({searchContracts}) => searchContracts(explorer, document));
const contract = document.querySelector<HTMLElement>("[data-contract]");
if (contract && location.search !== "")
  void import("./explorer/contractView.ts").then(({showContract}) => showContract(contract, document));
const comparison = document.querySelector<HTMLFormElement>("form[data-compare]");
if (comparison) void import("./compare/page.ts").then(({compareCouncils}) => compareCouncils(comparison, document));
