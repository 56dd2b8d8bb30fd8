import {JSDOM} from "jsdom";
import {mkdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {Warehouse} from "./pipeline/warehouse/warehouse.ts";
import {readSiteTables} from "./pipeline/publish/siteTables.ts";
import {generatedPages} from "./src/pages/all.ts";
const w = await Warehouse.open("/tmp/council-data");
const tables = await readSiteTables(w, {version:"2025-01-23-1a2b3c4d", dictionary:[], snapshotNote:null, dataset:{schema_version:"1.0.0",files:[],codes:[],sources:[],releases:[],examples:[]}} as never);
w.close();
const t=performance.now();
const pages = generatedPages(tables, new JSDOM().window.document);
const s=(performance.now()-t)/1000;
const out=process.argv[2]!;
let bytes=0;
for (const [p,x] of pages){mkdirSync(dirname(join(out,p)),{recursive:true});writeFileSync(join(out,p),x); bytes+=x.length}
console.log(pages.size,"pages",s.toFixed(1),"s",bytes);
