import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Discovery, type FoundFile, jsonOf} from "./discovery.ts";

const API = "https://www.arcgis.com/sharing/rest";
const STORES = ["ago-item-storage.s3.us-east-1.amazonaws.com", "ago-item-storage.s3-external-1.amazonaws.com"]; // downloads redirect there

const Answered = z.object({
  nextStart: z.number(),
  results: z.array(z.object({id: z.string(), title: z.string(), type: z.string()}))
});

/**
 * The newest item of a series in ArcGIS Online, where the Office for National Statistics keeps its geography: a search by
 * title, and the month in the title, such as "ONS Postcode Directory (August 2025) for the UK".
 *
 * @param owner of the items
 * @param title that theirs begin with
 * @param type such as "CSV Collection"
 *
 * Source: https://developers.arcgis.com/rest/users-groups-and-items/search/
 */
export function arcGisItems(owner: string, title: string, type: string): Discovery {
  const query = `title:"${title}" AND owner:${owner} AND type:"${type}"`;
  const first = `${API}/search?q=${encodeURIComponent(query)}&sortField=modified&sortOrder=desc&num=50&f=json`;
  return {
    start: [[first]],
    hosts: [new URL(API).hostname, ...STORES],
    forPrograms: [`${API}/`, ...STORES.map((host) => `https://${host}/`)],
    notTriedLive:
      "The search's shapes are those of its documentation; titles, owner and where downloads redirect to are as others name them.",
    wants: `${type} titled "${title}" with a month in brackets`,
    read: (answer) => {
      const read = Answered.safeParse(jsonOf(answer));
      if (!read.success)
        throw new LayoutError(`${answer.url} is not what the search promises: ${z.prettifyError(read.error)}`);
      const dated = read.data.results.filter(
        (one) => one.type === type && one.title.startsWith(title) && monthOf(one.title) !== null
      );
      const [newest] = dated.sort((a, b) => monthOf(b.title)!.localeCompare(monthOf(a.title)!));
      return {
        files: newest === undefined ? [] : [fileOf(newest)],
        ask: newest === undefined && read.data.nextStart > 0 ? [`${first}&start=${read.data.nextStart}`] : [],
        others: read.data.results.filter((one) => one !== newest).map((one) => one.title)
      };
    }
  };
}

/** An item is one edition, and its data do not change; a new edition is another item. */
const fileOf = ({id, title}: {id: string; title: string}): FoundFile => ({
  url: `${API}/content/items/${id}/data`,
  title,
  isFixed: true
});

const MONTHS = "january february march april may june july august september october november december".split(" ");

/** "(August 2025)" or "(Aug 2025)" as "2025-08". */
function monthOf(title: string): string | null {
  const [, words, year] = /\(([a-z]{3,9})\.? (20\d\d)\)/i.exec(title) ?? [];
  const month = MONTHS.findIndex((name) => words !== undefined && name.startsWith(words.toLowerCase()));
  return month < 0 ? null : `${year}-${String(month + 1).padStart(2, "0")}`;
}
