import {readFileSync} from "node:fs";
import {parse} from "csv-parse/sync";
import {decode} from "html-entities";
import {companyNumber} from "../../pipeline/geography/companyNumber.ts";
import {findPostcode} from "../../pipeline/geography/postcode.ts";
import {type PersonNames, supplierKind} from "../../pipeline/geography/supplierName.ts";
import {committedPersonNames, committedSectors} from "../geography/committed.ts";
import type {AccuracySection} from "./run.ts";
import {scoreLine} from "./scores.ts";
import {unseen} from "./unseen.ts";

interface Label {
  readonly supplier_name: string;
  readonly address_as_published: string;
  readonly postcode: string;
  readonly lad24: string; // the council when its sector lies at least 99 % in one
  readonly is_natural_person: string; // 1, 0 or ? (not scored)
  readonly identifier_scheme: string;
  readonly identifier: string;
}

interface UnseenLabel {
  readonly supplier_name: string;
  readonly is_natural_person: string;
}

function unseenLine(names: PersonNames): string {
  const judged = unseen<UnseenLabel>("suppliers").map(({supplier_name, is_natural_person}) => ({
    isPerson: is_natural_person === "1",
    isPublished: supplierKind(supplier_name, false, names) === "organisation"
  }));
  const of = (isPerson: boolean) => judged.filter((one) => one.isPerson === isPerson);
  const published = of(true).filter(({isPublished}) => isPublished).length;
  const withheld = of(false).filter(({isPublished}) => !isPublished).length;
  return `names unseen when labelled, without a legal form: SYNTHETIC persons published ${published} of ${of(true).length}; organisations withheld ${withheld} of ${of(false).length}`;
}

export default {
  title: "Suppliers: postcode, council of the postcode, natural persons",
  measure: async (corpus) => {
    const labels: Label[] = parse(readFileSync(`${corpus}gold/suppliers.csv`), {columns: true});
    const sectors = committedSectors();
    const names = committedPersonNames();
    const addressed = labels.filter(({address_as_published}) => !address_as_published.includes("[street removed]"));
    const judged = addressed.map((label) => {
      const address = decode(label.address_as_published.replace(/^streetAddress=/, ""));
      const found = findPostcode(address, (sector) => sectors.has(sector));
      const sector = sectors.get(found?.postcode.slice(0, -2) ?? "");
      return {label, postcode: found?.postcode ?? "", council: sector && sector.share >= 99 ? sector.gss : ""};
    });
    const claimed = judged.filter(({postcode}) => postcode !== "");
    const right = claimed.filter(({postcode, label}) => postcode === label.postcode);
    const placed = judged.filter(({council}) => council !== "");
    const persons = labels.filter(({is_natural_person}) => is_natural_person !== "?");
    const kind = (label: Label) =>
      supplierKind(
        decode(label.supplier_name),
        /COH|COMPANIES/.test(label.identifier_scheme) && companyNumber(label.identifier) !== null,
        names
      );
    const organisations = persons.filter(({is_natural_person}) => is_natural_person === "0");
    const withheld = organisations.filter((label) => kind(label) !== "organisation");
    const published = persons.filter((label) => label.is_natural_person === "1" && kind(label) === "organisation");
    return [
      scoreLine("postcode", right.length, claimed.length, judged.filter(({label}) => label.postcode !== "").length),
      scoreLine(
        "council of the postcode",
        placed.filter(({council, label}) => council === label.lad24).length,
        placed.length,
        judged.filter(({label}) => label.lad24 !== "").length
      ),
      `natural persons published: ${published.length}; organisations withheld: ${withheld.length} of ${organisations.length}`,
      unseenLine(names),
      ...judged
        .filter(({label, postcode}) => postcode !== label.postcode)
        .map(
          ({label, postcode}) =>
            `differs: ${label.address_as_published.replace(/\s+/g, " ")} | label ${label.postcode} | read ${postcode}`
        ),
      ...judged
        .filter(({label, council}) => council !== label.lad24)
        .map(({label, postcode, council}) => `differs: ${postcode} | label ${label.lad24} | read ${council}`),
      ...withheld.map((label) => `withheld: ${label.supplier_name} (${kind(label)})`)
    ];
  }
} satisfies AccuracySection;
