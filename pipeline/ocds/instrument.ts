/**
 * Words by which a notice tells what kind of agreement it is about: a framework, a dynamic market, a call-off from one, a list,
 * a concession, a grant, or none at all.
 *
 * Only the finding of words lives here; what they mean for the published number is decided in models/core/value_kinds.sql,
 * after the structured fields. A pattern is read over text in lower case with single spaces and plain hyphens.
 */

import {rememberingLast} from "./rememberingLast.ts";
import {singleSpaced} from "./singleSpaced.ts";
import {type Phrase, phrases, Trigrams} from "./trigrams.ts";

/** A kind of words that was found; each name says where and what. */
export type TextMark = keyof typeof TITLE | keyof typeof TEXT;

// Frameworks of purchasing bodies that others buy from, by the names that notices use for them.
const OWNED = String.raw`(?:ccs|crown commercial\w*(?: services?)?|espo|ypo|nepo|laser|nhs sbs|nhs shared business services|nhs lpp|pagabo|procure partnerships|scape|fusion ?21|lhc|efficiency east midlands|eem|kcs|g-?cloud|digital outcomes|dos ?\d|rm ?\d{3,4}|tppl|yorbuild|yorhub|cpc|prosper|hca|homes england|places for people|procurement for housing|pfh|southern construction|nwcp|north west construction hub|lcp|eastern shires|everything fm|bloom|healthtrust|hte|supply chain|jisc|hcc|vertas|fleet hire)`;
const LIST_NOUN = `(?:framework|dps|dynamic purchasing|dynamic market|flexible purchasing|approved (?:provider|supplier|contractor)s? list)`;

const CALLS_OFF = String.raw`\bcall(?:ed|ing|s)?[ -]?offs?\b(?! (?:framework|contracts? with individual|arrangements?|terms|period|process|agreements? (?:under|will|with)))`;
const COMPETES_INSIDE = String.raw`\b(?:mini|further)[ -]?(?:comp|competition|tender)s?\b`;
const FROM_ONE = String.raw`\b(?:under|via|through|using|from|within|off|utilising|utilizing|pursuant to|against|by way of|in accordance with)\s(?:the |an? |our |its )?(?:[\w&/'().,+-]+ ){0,7}?`;

// A framework of policy or of quality is no agreement with suppliers.
const NO_AGREEMENT =
  "(?:policy|investment|outcomes?|competency|planning|development|performance|assessment|quality|strategic|strategy|evaluation|spatial|skills|inspection|regeneration|practice|governance|legal|legislative|regulatory|statutory|monitoring|democratic|accountability|conceptual|informed|based|theoretical|ofsted|cqc)";
const FRAMEWORK = String.raw`(?<!\b${NO_AGREEMENT} )\bframeworks?\b`;

const TITLE = {
  "title-framework": new RegExp(
    String.raw`(?<!\b(?:design|delivery) )${FRAMEWORK}(?!.{0,12}\b(?:policy|document|guidance|evaluation))`
  ),
  "title-dynamic-market":
    /\bp?dps\b|\bdynamic (?:purchasing|market)|\bflexible (?:purchasing|procurement) (?:system|agreement)|\bopen framework list\b/,
  "title-list":
    /\b(?:approved|preferred|select|selective|qualified|accredited)\s(?:\w+\s){0,3}(?:lists?|panel)\b|\b(?:suppliers?|providers?|contractors?) list\b|\bpanel of (?:\w+ ){0,3}\w+(?:ers|ors|ants|ists)\b|\b(?:provider|supplier|contractor|consultant|solicitor)s?'? panel\b|\bapproved (?:providers|suppliers|contractors)\b/,
  "title-calls-off": new RegExp(
    `${CALLS_OFF}|${COMPETES_INSIDE}|\\btppl\\b|\\bwork order\\b|\\bdirect award (?:under|via|through|from)\\b`
  ),
  "title-from-framework": new RegExp(`${FROM_ONE}${LIST_NOUN}`),
  "title-names-framework": new RegExp(
    `${LIST_NOUN}[ -]*(?:(?:no\\.?|lot|ref|agreement)? ?[\\w/.-]*\\d[\\w/.-]* ?)?(?:-|:)? ?(?:lot \\d+\\w? ?)?(?:call|mini|further|direct award|award from)|\\b${OWNED}\\b.{0,30}\\bframework\\b|\\b(?:g-?cloud|rm) ?\\d+`
  ),
  "title-concession": /\bconcessions?\b(?! (?:fares?|travel|pass|bus|scheme))|\bconcession (?:contract|agreement)/,
  "title-grant": /\bgrant (?:award|agreement|funding agreement|aid)\b|\bgrants? to\b|^grant\b|\bgrant$/,
  "title-not-awarded":
    /\bnot (?:be(?:en)? )?awarded\b|\bno (?:contract )?award(?:ed)?\b|\b(?:tender|procurement|contract|notice|opportunity) (?:has been |was |is )?(?:abandoned|withdrawn|cancelled|terminated|discontinued)\b|^(?:cancelled|withdrawn|abandoned|void)\b|\b(?:cancelled|withdrawn|abandoned)$/,
  "title-market-engagement":
    /\bmarket (?:engagement|sounding|testing|warming|consultation)\b|\b(?:supplier|bidder|provider|market|networking|information|engagement) (?:day|event)\b|\bsoft market\b|\bprior information notice\b|\bexpressions? of interest event\b/
} as const;

const NEW = String.raw`(?:establish\w*|set(?:ting)?[ -]?up|creat\w+|put(?:ting)? in place|procur\w+|secur\w+|award\w*|conclud\w+|tender\w*|let(?:ting)?|provision|implement\w*|develop\w*|renew\w*|replac\w+)`;
interface Sign {
  readonly cues: readonly Phrase[];
  readonly pattern: RegExp;
  readonly beside?: RegExp;
}

/**
 * Each pattern with phrases of which a text must hold one for it to match: most notices hold none, registers are large, and to look for
 * a phrase costs next to nothing. Some patterns count only where the text says something else as well.
 */
export const TEXT = {
  "text-sets-up-framework": {
    cues: phrases("framework", "entitled to call", "contracting authorit", "public ", "local authorit"),
    beside: /framework|entitled|able to|eligible|contracting authorit|public bod|public sector/, // local authorities alone buy whatever the agreement
    pattern: new RegExp(
      [
        String.raw`\b(?!procure (?:plus|public|partnerships))${NEW}\s(?:of )?(?:on |to )?(?:(?!via|under|through|from|using|by|against|within|part|with)[\w-]+\s){1,6}?${FRAMEWORK}(?! (?:call|further|mini|direct award))(?! (?:rm|agreement rm)\d)`,
        String.raw`\bthis framework\b|\b(?:this|the)(?: \w+){1,3} framework(?: agreement| contract)? (?:will|is|has|shall|consists?|comprises?|covers?)`,
        String.raw`\bthe framework(?: agreement| contract)? (?:will|is (?:for|to|being|separated|split|divided|intended|expected|anticipated|open|available)|shall|consists?|comprises?|covers|has been (?:tendered|established|set|split)|term|period|duration)`,
        String.raw`\bentitled to call[ -]?off\b|\b(?:any|all|other) (?:contracting authorit\w+|public (?:sector )?bod(?:y|ies)|local authorities)\b.{0,80}(?:call[ -]?off|(?:access|use) (?:this|the) (?:framework|agreement|contract))`,
        String.raw`\bnew framework\b|\bframework (?:tender|of (?:\w+ ){0,3}(?:providers|suppliers|contractors|consultants))\b|\bframework agreement(?:s)? (?:to serve|for the (?:provision|supply)|with (?:a number|multiple|several|one or more|up to|the tenderers))`,
        String.raw`\b(?:appoint\w*|admit\w*|admission|join|inclusion|accepted) (?:\w+ ){0,8}?(?:to|onto|on|into)(?: an?| the| this| its| our| \d+| several| multiple)? (?:\w+ ){0,4}?frameworks?\b(?! and)`,
        String.raw`\b(?:multi|single)[ -](?:supplier|provider|lot|lotted|agency) framework\b|\bmulti-lotted (?:\w+ )?framework\b`
      ].join("|")
    )
  },
  "text-sets-up-list": {
    cues: phrases("list", "panel", "database of"),
    pattern: new RegExp(
      String.raw`\b(?:${NEW}|compile|maintain\w*|appoint\w*|join)\s(?:\w+ ){0,6}?(?:(?:approved|preferred|select|accredited|qualified)\s(?:\w+ ){0,3}(?:lists?|panel)|(?:supplier|provider|contractor)s? lists?|panel of (?:\w+ ){0,3}\w+(?:ers|ors|ants|ists))\b|\b(?:list|database) of (?:\w+ ){0,3}(?:approved|potential|preferred) (?:suppliers|providers|contractors)`
    )
  },
  "text-sets-up-dynamic-market": {
    cues: phrases("dps", "dynamic "),
    pattern: new RegExp(
      String.raw`\b(?:the|this) (?:\w+ ){0,4}?(?:dps|dynamic (?:purchasing system|market))\b(?: \((?:dps|the dps)\))? (?:will|is|has|shall|consists?|comprises?|covers|allows|provides|term|period|agreement)|\b${NEW}\s(?:of )?(?:\w+ ){1,5}?(?:pseudo )?(?:dps|dynamic (?:purchasing system|market))\b|\b(?:admitted|apply|appointed|join|inclusion|onto|accepted)\s(?:\w+ ){0,4}?(?:the |a )(?:\w+ )?(?:dps|dynamic (?:purchasing system|market))\b`
    )
  },
  "text-calls-off": {
    cues: phrases(
      "call",
      "mini",
      "further comp",
      "further-comp",
      "furthercomp",
      "framework",
      "dps",
      "dynamic ",
      "flexible purchasing",
      "approved "
    ),
    pattern: new RegExp(
      [
        String.raw`(?<!to )\bcall[ -]?off (?:contract|order|agreement|award)? ?(?:from|against|under|via|through|using)\b(?! (?:this|the framework (?:will|by)))`,
        String.raw`\b(?:g-?cloud|dos|rm) ?\d[\w.]*(?: ?[-:])?(?: (?:framework|agreement))?[ -]call[ -]?off\b`,
        String.raw`${FRAMEWORK}(?: agreement)?(?: ?-)? (?:call[ -]?off\b(?!s| (?:arrangements?|terms|contracts|period|process))|(?:further|mini)[ -]?comp(?:etition)?\b|direct award\b)`,
        String.raw`\b(?:further|mini)[ -]?comp(?:etition)? (?:via|under|through|using|from|within)\b`,
        String.raw`\b(?:from|under|via|through|using|off|on) an existing (?:\w+ ){0,3}${LIST_NOUN}\b`,
        String.raw`\b(?:only )?open to (?:those )?(?:\w+ ){0,2}(?:suppliers|providers|contractors) (?:who are |already )?(?:registered )?on (?:the|an?|our) (?:[\w&/'().,+-]+ ){0,8}?${LIST_NOUN}\b`,
        String.raw`\b(?:using|utilising|utilizing) (?:the|an) (?:[\w&/'().,+-]+ ){1,8}?(?:framework agreement|dps|dynamic purchasing system)\b`,
        String.raw`\bcall(?:ed|ing)[ -]?off\b(?! (?:by|as and when))|\b(?:is|as) a call[ -]?off\b|\bthis call[ -]?off\b|\bthe call[ -]?off (?:will|is|was|has)\b`,
        String.raw`\b(?:this|a|the|following|by|through|via|run|ran|conducted) (?:\w+ ){0,3}?(?:mini|further)[ -]?comp(?:etition)?\b`,
        String.raw`\b(?:invited|invitation) .{0,60}\b(?:mini|further)[ -]competition\b`,
        String.raw`\b(?:competition|competed|tendered|awarded|procured|purchased|let|bought|award|direct award|made|commissioned|procurement|ordered|order|raised|placed|appointed|selected|chosen|sourced|secured|obtained|conducted|undertaken)\s(?:\w+ ){0,5}?(?:under|via|through|using|from|off|within|utilising|utilizing|against|by way of)\s(?:the |an? |our |its )?(?:[\w&/'().,+-]+ ){0,8}?(?<!\b${NO_AGREEMENT} )${LIST_NOUN}\b(?! (?:will|agreement will|contract will))`
      ].join("|")
    )
  },
  "text-from-named-framework": {
    cues: phrases(
      "framework",
      " agreement",
      " lot ",
      "direct award",
      "directly award",
      "bespoke ",
      ...[..."0123456789"].flatMap((digit) => [`rm${digit}`, `rm ${digit}`])
    ),
    pattern: new RegExp(
      String.raw`\b(?:under|via|through|using|from|utilising|within|permitted under|on)\s(?:the |an? )?(?:[\w&/'().,+-]+ ){0,4}?\b${OWNED}\b(?:.{0,90}\bframework\b| agreement\b| rm ?\d{3,4}| lot \d)|\bdirect(?:ly)? award(?:ed)? (?:under|via|through|from) (?:the )?${OWNED}\b|\b${OWNED}(?:'s)? (?:[\w&/'().,+-]+ ){0,6}?framework\b(?! agreements?,)|\brm ?\d{4}\b.{0,40}\bcall|\bframework ref(?:erence)?\b|\bbespoke (?:\w+ )?call`
    )
  },
  "text-concession": {
    cues: phrases("concession"),
    pattern:
      /\bconcession (?:contract|agreement|notice)|\b(?:award|grant|service|works?|catering|operate|this|a) concession\b(?!ary)(?! (?:fare|travel|pass))/
  },
  "text-not-awarded": {
    cues: phrases(
      "not awarded",
      "not be awarded",
      "not been awarded",
      "abandoned",
      "withdrawn",
      "cancelled",
      "discontinued",
      "no tender",
      "no bids",
      "no suitable",
      "no request",
      "no supplier",
      "no contract was",
      "no contract has",
      "no contract will",
      "no award "
    ),
    pattern:
      /\bnot (?:be(?:en)? )?awarded\b(?! to (?:the|any) (?:same|one|more))|\b(?:procurement|tender|competition|contract|process|opportunity|exercise)(?: process| exercise)? (?:has been |was |has now been |is )(?:abandoned|withdrawn|cancelled|discontinued)\b|\bno (?:tenders?|bids|suitable (?:bids|tenders)|requests? to participate)\b.{0,40}(?:received|submitted|rejected)|\bno (?:contract|award) (?:was|has been|will be) (?:made|awarded)\b|\bno supplier (?:was|has been) (?:appointed|chosen|selected)\b/
  },
  "text-market-engagement": {
    cues: phrases(
      ...["engagement", "sounding", "testing", "information", "networking", "supplier", "provider"].flatMap((what) =>
        [" event", " day", " session"].map((when) => what + when)
      ),
      "this is not a "
    ),
    pattern:
      /\b(?:market (?:engagement|sounding|testing)|bidder information|information|networking|supplier|provider) (?:event|day)s?\b.{0,80}\b(?:will (?:be held|take place)|attend|register|book|invite)|\b(?:invite|attend)\b.{0,80}\b(?:market (?:engagement|sounding)|bidder information|networking|information) (?:event|day|session)|\bthis is not a (?:call for competition|tender)\b/
  }
} as const satisfies Readonly<Record<string, Sign>>;

const READ_AT_MOST = 10_000; // characters; what a notice is about stands at its beginning

const plain = (text: string): string =>
  singleSpaced(
    text
      .replaceAll(/rn(?<=[.:;,)!?\s]rn)(?:rn)*(?=[A-Z•*\-\d\s])/g, " ") // line breaks that lost their backslashes: "projects.rnProcured"
      .toLowerCase()
      .replaceAll(/[‐-―]|â€["“”]/g, "-")
      .replaceAll(/[‘’`]/g, "'")
      .replaceAll(/[“”"]/g, "")
  ).trim();

/**
 * Every kind of words found, in a fixed order.
 *
 * @param titles the notice's and the award's title as published
 * @param descriptions longer text as published
 */
export function textMarks(titles: readonly (string | null)[], descriptions: readonly (string | null)[]): TextMark[] {
  const title = titles.filter(Boolean).join(" . ");
  const text = [...titles, ...descriptions].filter(Boolean).join(" . ").slice(0, READ_AT_MOST);
  return [...marksInTitle(title), ...marksInText(text)];
}

const marksInTitle = rememberingLast((published: string): readonly TextMark[] => {
  const title = plain(published);
  return (Object.keys(TITLE) as (keyof typeof TITLE)[]).filter((name) => TITLE[name].test(title));
});

const marksInText = rememberingLast((published: string): readonly TextMark[] => {
  const text = plain(published);
  trigrams.read(text);
  return (Object.keys(TEXT) as (keyof typeof TEXT)[]).filter((name) => hasMark(name, text));
});

const trigrams = new Trigrams();

function hasMark(name: keyof typeof TEXT, text: string): boolean {
  const {cues, pattern, beside}: Sign = TEXT[name];
  return trigrams.holdsOne(cues) && pattern.test(text) && (beside === undefined || beside.test(text));
}
