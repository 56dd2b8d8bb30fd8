import type {Paging, Publisher} from "../registers/register.ts";
import {cut, days, endOf, halve, months, type Window, wholeDay} from "./windows.ts";

/** One question to a register. */
export interface Ask extends Window {
  readonly address: string; // absolute
  readonly hosts: readonly string[]; // where its links may lead besides its own host
  readonly before: readonly string[]; // the pages of the same walk, for registers that are paged by a cursor
  readonly about?: Publisher;
}

/** What an answer holds, as far as asking on depends on it. */
export interface Held {
  readonly releases: number;
  readonly next: string | null; // the next-link, as published
  readonly links: readonly string[] | null; // of a page of links
}

export type Role = "data" | "halved" | "incomplete" | "page";

/** A publisher's page, from the table that the register names. */
export interface CrawlPage extends Publisher {
  readonly url: string;
  readonly hosts: readonly string[];
}

export interface Span {
  readonly from: string; // calendar days, both included
  readonly until: string;
}

/** The first questions for a span of days, in the order in which they are asked: the newest first. */
export function firstAsks(paging: Paging, base: string, span: Span, pages: readonly CrawlPage[] = []): Ask[] {
  switch (paging.kind) {
    case "windows":
    case "cursor":
      return days(span.from, span.until)
        .reverse()
        .map((day) => windowAsk(paging, base, wholeDay(day)));
    case "periods":
      return (paging.each === "day" ? days : months)(span.from, span.until)
        .reverse()
        .flatMap((period) =>
          paging.addresses(period).map((address) => periodAsk(base, period, address, paging.hosts ?? []))
        );
    case "crawl":
      return pages.map(({url, hosts, gss, name}) => ({
        ...wholeDay(span.until),
        address: base === "" ? url : base + new URL(url).pathname + new URL(url).search,
        hosts,
        before: [],
        about: {gss, name}
      }));
  }
}

/** The questions of an independent look at one day: another split than the first, so another page boundary. */
export function secondAsks(paging: Paging, base: string, day: string): Ask[] {
  if (paging.kind !== "windows") return [];
  return cut(wholeDay(day), 3, paging.shortestSeconds).map((window) => windowAsk(paging, base, window));
}

/**
 * What an answer is worth and what has to be asked because of it.
 *
 * @throws {PagingError} when a cursor walks in a circle, or a full page of a cursor-paged register names no next one
 */
export function afterAnswer(paging: Paging, base: string, ask: Ask, held: Held): {role: Role; asks: Ask[]} {
  switch (paging.kind) {
    case "windows":
      return afterWindow(paging, base, ask, held);
    case "cursor":
      return {role: "data", asks: afterPage(paging.fullAt, ask, held)};
    case "periods":
    case "crawl":
      return afterLinks(ask, held);
  }
}

/** A register's pages do not lead where pages must lead. */
export class PagingError extends Error {
  override readonly name = "PagingError";
}

type Windows = Extract<Paging, {kind: "windows"}>;

/** A full page, or one with a next-link, may hide releases, and the link is known to lose some: halve and ask both. */
function afterWindow(paging: Windows, base: string, ask: Ask, {releases, next}: Held): {role: Role; asks: Ask[]} {
  if (releases < paging.fullAt && next === null) return {role: "data", asks: []};
  const halves = halve(ask, paging.shortestSeconds);
  if (halves === null) return {role: "incomplete", asks: []};
  return {role: "halved", asks: halves.reverse().map((window) => windowAsk(paging, base, window))};
}

function afterPage(fullAt: number, ask: Ask, {releases, next}: Held): Ask[] {
  if (next === null && releases >= fullAt)
    throw new PagingError(`${ask.address}: a full page of ${releases} releases names no next one`);
  if (next === null) return [];
  const address = new URL(next, ask.address).href;
  const before = [...ask.before, ask.address];
  if (before.includes(address)) throw new PagingError(`${ask.address}: its next-link leads back to ${address}`);
  return [{...ask, address, before}];
}

const LINKS_IN_A_ROW = 3; // a council's page, a catalogue's page, its description of the dataset

function afterLinks(ask: Ask, {links}: Held): {role: Role; asks: Ask[]} {
  if (links === null) return {role: "data", asks: []};
  if (ask.before.length >= LINKS_IN_A_ROW)
    throw new PagingError(`${ask.address}: the ${LINKS_IN_A_ROW + 1}th page of links in a row; none of them is a file`);
  const before = [...ask.before, ask.address];
  const asks = links.filter((address) => !before.includes(address)).map((address) => ({...ask, address, before}));
  return {role: "page", asks};
}

const windowAsk = (paging: {address: (from: string, to: string) => string}, base: string, {from, to}: Window): Ask => ({
  from,
  to,
  address: base + paging.address(from, to),
  hosts: [],
  before: []
});

const periodAsk = (base: string, period: string, address: string, hosts: readonly string[]): Ask => ({
  from: `${period.length === 7 ? `${period}-01` : period}T00:00:00`,
  to: endOf(period),
  address: base + address,
  hosts,
  before: []
});
