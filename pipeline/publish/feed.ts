import {createHash} from "node:crypto";
import type {ReleaseRow} from "../../src/components/rows.ts";

/**
 * One Atom feed of releases and of corrections to earlier versions, newest first (RFC 4287).
 *
 * Times are the date of the latest source or of the decision, never a clock's, so the feed is the same whenever it is written.
 *
 * @param site address of the site, without a slash at the end; empty while it has none, then addresses are relative to the feed
 */
export function atomFeed(releases: readonly ReleaseRow[], site = ""): string {
  const entries = releases.flatMap(releaseEntries).reverse();
  const updated =
    entries
      .map((entry) => entry.on)
      .sort()
      .at(-1) ?? "1970-01-01";
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"${site === "" ? "" : ` xml:base="${escapeXml(`${site}/`)}"`} xml:lang="en-GB">
  <title>Contract Scale: releases and corrections of the data</title>
  <id>${entryId("feed")}</id>
  <updated>${updated}T00:00:00Z</updated>
  <author><name>Contract Scale contributors</name></author>
  <link rel="self" type="application/atom+xml" href="feed.xml"/>
  <link rel="alternate" type="text/html" href="data/"/>
${entries.map(entryXml).join("")}</feed>
`;
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly on: string;
  readonly href: string;
  readonly category: "release" | "correction";
  readonly lines: readonly string[];
}

function releaseEntries({version, data_cut_off_on, note, notices}: ReleaseRow): Entry[] {
  const href = `v/${version}/`;
  return [
    {id: version, title: `Data version ${version}`, on: data_cut_off_on, href, category: "release", lines: note},
    ...notices.map(({decided_on, text}) => ({
      id: `${version} ${decided_on} ${text}`,
      title: `Notice on data version ${version}`,
      on: decided_on,
      href,
      category: "correction" as const,
      lines: [text]
    }))
  ];
}

function entryXml({id, title, on, href, category, lines}: Entry): string {
  return `  <entry>
    <title>${escapeXml(title)}</title>
    <id>${entryId(id)}</id>
    <updated>${on}T00:00:00Z</updated>
    <category term="${category}"/>
    <link rel="alternate" type="text/html" href="${escapeXml(href)}"/>
    <content type="text">${escapeXml(lines.join("\n"))}</content>
  </entry>
`;
}

/** A name for an entry that needs no domain of ours: a UUID of version 8 (RFC 9562) made of a hash of what it names. */
function entryId(name: string): string {
  const hex = createHash("sha256").update(`contract-scale ${name}`).digest("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
