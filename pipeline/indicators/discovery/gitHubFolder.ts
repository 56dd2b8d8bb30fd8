import {z} from "zod";
import {LayoutError} from "../../formats/layoutError.ts";
import {type Discovery, type FoundFile, jsonOf} from "./discovery.ts";

const API = "https://api.github.com/repos";
const FILES = "https://raw.githubusercontent.com";

const Folder = z.array(z.object({name: z.string(), type: z.string(), download_url: z.string().nullable()}));

/**
 * Files of one folder of a repository on GitHub, where a publisher keeps data that its own tool reads.
 *
 * @param repository such as "communitiesuk/oflog-automated-text"
 * @param folder such as "src/lib"
 * @param file which files are the publication's, by name
 *
 * Source: https://docs.github.com/en/rest/repos/contents
 */
export function gitHubFolder(repository: string, folder: string, file: RegExp): Discovery {
  return {
    start: [[`${API}/${repository}/contents/${folder}`]],
    hosts: [API, FILES].map((address) => new URL(address).hostname),
    forPrograms: [`${API}/`, `${FILES}/`],
    notTriedLive:
      "The API's shapes are those of its documentation; the repository's folders are those of a copy seen elsewhere.",
    wants: `file in ${folder} of ${repository} whose name fits ${file.source}`,
    read: (answer) => {
      const entries = Folder.safeParse(jsonOf(answer));
      if (!entries.success)
        throw new LayoutError(`${answer.url} is not a folder of a repository: ${z.prettifyError(entries.error)}`);
      const isWanted = ({name, type}: {name: string; type: string}): boolean => type === "file" && file.test(name);
      return {
        files: entries.data
          .filter(isWanted)
          .flatMap(({name, download_url}): FoundFile[] =>
            download_url === null ? [] : [{url: download_url, title: name}]
          ),
        ask: [],
        others: entries.data.filter((entry) => !isWanted(entry)).map(({name}) => name)
      };
    }
  };
}
