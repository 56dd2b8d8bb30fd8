import robotsParserModule from "robots-parser";
import type {Client, Manners} from "./client.ts";
import {FetchError} from "./retry.ts";

// The package's types describe a default export; what is there is the function itself.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** Web pages are asked only where the site's robots.txt lets us; documented interfaces and files are made for programs. */
export class Robots {
  private readonly rules = new Map<string, string>(); // robots.txt, by origin

  constructor(private readonly client: Client) {}

  /** @throws {FetchError} when the site asks programs to stay away from the address, or its rules cannot be had */
  async assertAllow(address: string, manners: Manners): Promise<void> {
    const {origin, href} = new URL(address);
    const rules = this.rules.get(origin) ?? (await this.rulesOf(origin, manners));
    this.rules.set(origin, rules);
    if (robotsParser(`${origin}/robots.txt`, rules).isDisallowed(href, "contract-scale"))
      throw new FetchError(`${href}: the site's robots.txt asks programs not to`, "refused");
  }

  private async rulesOf(origin: string, manners: Manners): Promise<string> {
    try {
      const {bytes} = await this.client.get(`${origin}/robots.txt`, manners);
      return new TextDecoder().decode(bytes);
    } catch (error) {
      if (error instanceof FetchError && error.kind === "missing") return ""; // no rules
      throw error;
    }
  }
}
