import {registerLinks} from "./council-registers/links.ts";
import {registerFile} from "./council-registers/registerFile.ts";
import {defineRegister} from "./register.ts";

export default defineRegister({
  id: "council-registers",
  title: "Councils' own contract registers",
  publisher: "Each council, under the Local Government Transparency Code 2015",
  documentation: "https://www.gov.uk/government/publications/local-government-transparency-code-2015",
  licence: "OGL-UK-3.0",
  attribution:
    "Contains public sector information licensed under the Open Government Licence v3.0 (contract registers of the councils named in council-registers.csv, where the council states that licence).",
  publishedSince: "2015-04-01", // from the Code of 2015; many councils keep current contracts only
  caveats: [
    "The Code lets a council state the sum over the whole contract or the estimated annual spending, and few say which: a value is taken as published.",
    "Registers list contracts in force when they were saved; purchase orders may stand among them.",
    "Rows carry no process identifier, so the same contract on Contracts Finder is recognised by its content only."
  ],
  encoding: {},
  noticeUrl: () => null,
  reads: registerFile,
  live: {
    base: "",
    pace: {secondsBetween: 10, because: "Councils' web servers publish no limit; a page and its few files can wait."},
    paging: {kind: "crawl", pages: "council-registers.csv", links: registerLinks},
    notTriedLive:
      "Pages and layouts are written after published descriptions: neither a live page nor a whole real register file has been read by this code."
  }
});
