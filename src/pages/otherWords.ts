import type {CouncilRow} from "../components/rows.ts";
import type {Site} from "./site.ts";

/** Names by which a council is looked for beside its own: in Welsh, and those of councils that it came after. */
export const otherNames = (council: CouncilRow, {predecessorsOf}: Site): string[] => [
  ...(council.welsh_name === null ? [] : [council.welsh_name]),
  ...(predecessorsOf.get(council.gss) ?? []).map(({name}) => name)
];

/** What the search should find a council by: its code, other names, and postcode districts that lie in it at least partly. */
export const otherWords = (council: CouncilRow, site: Site): string[] => [
  council.gss,
  ...otherNames(council, site),
  ...(site.districtsOf.get(council.gss) ?? []).map(({district}) => district)
];
