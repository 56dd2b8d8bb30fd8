import {offerChartFiles} from "./chartFiles.ts";
import {offerCopies} from "./copySentences.ts";
import {offerEmbedCode} from "./embedCode.ts";
import {filterRows} from "./filterRows.ts";
import {highlightCouncil} from "./highlight.ts";

// The site's one script: it adds to pages that are whole without it.
filterRows(document);
offerCopies(document);
highlightCouncil(document);
offerEmbedCode(document);
offerChartFiles(document);
