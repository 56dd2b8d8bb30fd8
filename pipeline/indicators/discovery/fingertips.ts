import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Discovery, jsonOf} from "./discovery.ts";

const API = "https://fingertips.phe.org.uk/api";

const AreaTypes = z.array(z.object({Id: z.number(), Name: z.string(), Short: z.string().nullish()}));

/**
 * One indicator of Fingertips for upper-tier councils: the number of their area type changes with each reorganisation, so it
 * is read from the list of area types, and the newest is taken.
 *
 * Source: https://fingertips.phe.org.uk/api (the addresses as the R package fingertipsR uses them)
 */
export function fingertips(indicatorId: number): Discovery {
  return {
    start: [[`${API}/area_types`]],
    hosts: [new URL(API).hostname],
    forPrograms: [`${API}/`],
    notTriedLive: "The addresses are those that other clients use; the names of area types are as others quote them.",
    wants: "area type of counties and unitary authorities",
    read: (answer) => {
      const types = AreaTypes.safeParse(jsonOf(answer));
      if (!types.success)
        throw new LayoutError(`${answer.url} is not a list of area types: ${z.prettifyError(types.error)}`);
      const names = types.data.map((one) => ({...one, words: `${one.Name} ${one.Short ?? ""}`}));
      const [newest] = names.filter(({words}) => UPPER_TIER.test(words)).sort((a, b) => b.Id - a.Id);
      const query = `indicator_ids=${indicatorId}&child_area_type_id=${newest?.Id}&parent_area_type_id=${ENGLAND_TYPE}`;
      return {
        files:
          newest === undefined
            ? []
            : [
                {url: `${API}/all_data/csv/by_indicator_id?${query}`, title: `Indicator ${indicatorId}, ${newest.Name}`}
              ],
        ask: [],
        others: names.filter((one) => one !== newest).map(({Name}) => Name)
      };
    }
  };
}

const UPPER_TIER = /counties (&|and) UAs|upper tier local authorities/i;
const ENGLAND_TYPE = 15;
