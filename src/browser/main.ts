import {offerChartFiles} from "./chartFiles.ts";
import {offerCopies} from "./copySentences.ts";
import {filterRows} from "./filterRows.ts";

// The site's one script: it adds to pages that are whole without it.
filterRows(document);
offerCopies(document);
offerChartFiles(document);
