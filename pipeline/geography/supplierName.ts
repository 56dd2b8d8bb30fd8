import {FIRMS} from "./firms.ts";
import {nameKey} from "./nameKey.ts";

/** What a supplier's name says of who it is. */
export type SupplierKind = "organisation" | "person" | "nobody";

/** Names that people have: lower case, without marks. */
export interface PersonNames {
  readonly forenames: ReadonlySet<string>;
  readonly surnames: ReadonlySet<string>;
  readonly ordinaryWords: ReadonlySet<string>; // words of English and names of places: not a person's, unless the lists above have them
}

// What is written where no supplier is named: the text ends here, or goes on as a pointer to another document.
const NOBODY =
  /^(n a|na|nil|none|no|not (awarded|applicable|known|disclosed|published|available|yet|stated|specified|given|provided|required|relevant|supplied)|non? award(ed)?|no (award|supplier|suppliers|bids?|tenders?|contract|data|details?|name)|nobody|unknown|various|multiple|several|tbc|tba|to be (confirmed|advised|announced|awarded|determined)|see|please (see|refer)|refer to|as (per|above|attached|listed)|(full )?list of|redacted|withheld|confidential|private( and confidential|$)|name withheld|commercial(ly)? (in confidence|sensitive|confidential)|contract not awarded|contract cancelled|cancelled|withdrawn|awarded|supplier( name)?|suppliers|test|x+|details? (in|attached)|attachments?|attached|individual|sole trader|an individual|foster carers?|anonymous|not)( .*)?$/;
// Words that look like those but begin names of firms.
const NOT_NOBODY =
  /^(various eateries|private (hire|medicine|healthcare|capital)|list of.*ltd|test valley|test and|several trees|no (limits?|smoking|1|one|more|barriers|panic|wrong|8|5)|none the|see (green|ability|saw|change|me)|seeability|x(mreality|tra|erox| ray)|not just|not for|withheld wear|awarded homes)/;

/** Words that only bodies and firms have in their names. */
const ORGANISATION = new RegExp(
  ` (${[
    // legal forms and kinds of body
    "ltd|limited|plc|llp|lp|cic|c i c|cio|inc|incorporated|corp|corporation|gmbh|b v|s a|sarl|srl|pty|llc|company|co|group|holdings?|partners|partnership|lpp|unlimited|cyf|cyfyngedig|rslt?|uk|u k|gb|international|intl|europe|european|global|worldwide|england|scotland|scottish|wales|welsh|cymru|british|britain|ireland|irish|london|and co|and sons?|and daughters?|bros|brothers|associates?|assoc|association|society|trust|trustees?|foundation|charity|charities|charitable|federation|union|institute|institution|council|borough|county|city|district|parish|town|authority|department|ministry|agency|office|commission|board|committee|executive|government|club|guild|league|forum|alliance|network|networks|consortium|cooperative|co operative|co op|coop|collective|enterprises?|ventures?|industries|corps?|bureau|registry|mission|fellowship|fund|bank|church|chapel|mosque|temple|diocese|abbey|priory|convent|monastery|cathedral",
    // what they do or where
    "services?|service|solutions?|systems?|support|supported|supporting|[a-z]*care[a-z]*|caring|centrepoint|carers?|healthcare|health|medical|medics|medicine|medicines|clinics?|clinical|surgery|surgeries|practice|dental|dentists?|pharmacy|pharmacies|chemist|opticians?|eyecare|hearing|nursing|therapy|therapies|therapeutic|physiotherapy|counselling|psychology|psychological|wellbeing|recovery|addiction|addictions|rehab|rehabilitation|hospice|hospital|hospitals|nhs|nhsft|nhst|ambulance|school|schools|academy|academies|college|colleges|university|education|educational|learning|tuition|tutors?|tutoring|teachers?|teaching|training|nursery|nurseries|preschool|childcare|childminding|childminders|playgroup|kindergarten|fostering|foster|adoption|children|childrens|childhood|youth|young|families|family|community|communities|housing|homes|home|homeless|homelessness|living|accommodation|accomodation|apartments?|rooms?|lettings?|estates?|property|properties|residential|residence|lodge|lodgings?|hostel|hotel|hotels|inn|inns|guest|guesthouses?|house|houses|hall|manor|court|cottage|cottages|villa|villas|tower|towers|park|farm|farms|view|place|centre|centres|center|hub|hubs|point|refuge|shelter|tmo|rmo|haven|retreat|construction|contractors?|contracting|contracts|builders?|building|buildings|build|civils?|civil|engineering|engineers?|electrical|electrics|electricians?|plumbing|plumbers?|heating|gas|roofing|roofers?|scaffolding|joinery|joiners|carpentry|carpets|flooring|floors|glazing|glass|windows?|doors?|decorators?|decorating|painting|painters|plastering|plasterers|paving|surfacing|asphalt|tarmac|drainage|drains|groundworks?|landscapes?|landscaping|gardens?|gardening|gardeners|trees?|arborists?|arboricultural|arb|forestry|fencing|demolition|asbestos|scaffold|maintenance|repairs?|cleaning|cleaners|cleansing|laundry|waste|recycling|skips?|environmental|environment|ecology|ecological|energy|power|renewables?|solar|water|utilities|fuels?|oil|motors?|garage|autos?|automotive|vehicles?|tyres?|mot|transport|travel|coaches|coach|taxis?|taxi|cabs|cars?|carz|buses|bus|minibuses?|hire|rentals?|logistics|haulage|freight|couriers?|removals|storage|shipping|marine|aviation|rail|railways?|fleet|fire|security|safety|guarding|alarms?|locksmiths?|cctv|surveillance|technology|technologies|tech|digital|software|computers?|computing|data|cloud|cyber|telecoms?|communications?|media|marketing|design|designs|designers?|print|printers?|printing|press|publishing|publications?|photography|films?|productions?|studios?|music|musical|theatre|dance|arts?|museum|gallery|library|books|architects?|architecture|architectural|surveyors?|surveying|surveys|planning|planners|consulting|consultants?|consultancy|consult|advisory|advisors?|advisers?|advice|advocacy|research|analytics?|insight|intelligence|innovations?|strategy|strategic|management|managers|managed|recruitment|resourcing|resources|staffing|personnel|people|talent|employment|jobs?|workforce|legal|law|solicitors?|solictors?|sols|barristers?|practitioners?|chambers|lawyers|notaries|accountants?|accountancy|accounting|auditors?|audit|financial|finance|insurance|underwriting|assurance|investments?|investors?|capital|pensions?|wealth|mortgages?|credit|trading|traders?|retail|wholesale|stores?|shops?|shopping|supplies|suppliers?|supply|distribution|distributors?|imports?|exports?|products?|manufacturing|manufacturers|equipment|machinery|tools|instruments?|appliances|furniture|furnishings?|interiors?|fabrics?|textiles?|clothing|workwear|uniforms?|foods?|catering|caterers|kitchens?|bakery|bakers|butchers?|dairy|meats?|fruit|restaurants?|cafe|coffee|vending|events?|leisure|sports?|fitness|gym|football|cricket|golf|swimming|pool|outdoor|adventure|tourism|holidays|pet|vets?|veterinary|animal|kennels|funeral|funerals|crematorium|memorials?|works?|workshops?|projects?|programmes?|initiatives?|action|response|rescue|relief|aid|advocates?|voices?|futures?|options?|pathways?|connections?|links?|bridges?|steps?|hands|minds?|lives|life|hope|help|ymca|ywca|bme|lgbtq?|mungos?|mencap|healthineers|barnardos|citizens|womens|mens|elderly|veterans|pensioners|refugees?|migrants?|asylum|disability|disabled|autism|dementia|blind|deaf|lgbt|bme|advocate|salvation|army|samaritans|scouts|guides|mediation|probation|justice|crime|police|labs?|laboratory|laboratories|diagnostics?|testing|inspections?|monitoring|measurement|controls?|automation|robotics|electronics?|lighting|lights|signs|signage|displays?|packaging|chemicals?|plastics?|metals?|steel|concrete|timber|aggregates|quarry|quarries|stone|masonry|bricks?|blinds|curtains|bearings|pumps|lifts|doors|playgrounds?|play|toys|group|hygiene|washrooms?|pest|plant|tool|crane|cranes|access|mobility|prosthetics|orthotics|ambulances|translations?|interpreting|interpreters|languages?|linguistics|transcription|secretarial|events|awards|nationwide|national|regional|northern|southern|eastern|western|central|midlands?|yorkshire|lancashire|north|south|east|west|direct|express|online|plus|pro|one|first|premier|elite|quality|independent|independence|independents|total|complete|advanced|modern|new|ace|star|best|smart|bright|positive|active|safe|secure|clear|key|open|royal|crown|castle|phoenix|unity|harmony|together|change|making|turning|moving|next|forward|your|our|my|the|for|by|of|in|on|at|with|without|from|to|into"
  ].join("|")}) `
);

// Legal forms abroad that are only two letters: at the end of a name.
const FOREIGN_FORM = / (ab|ag|as|bv|nv|sa|sas|spa|oy)$/;

// Words of firms that are also surnames: after a forename they are one.
const ALSO_SURNAME =
  / (hall|park|young|west|north|east|church|stone|bright|best|star|hope|castle|bridges?|press|glass|place|court|royal|swift|chapel|abbey|parish|new|steel|view|help|point|city|english|ireland|wales|england|scotland|france|booker?|cook|gardener|butcher|baker|mason|farmer|pool|bank|banks|keys|key|guy|cross|crown) $/;

// A forename that bodies have in their names too: before a surname alone it is one.
const ALSO_FORENAME = /^ hope (?=[a-z]+ $)/;

const TITLE =
  /^(mr|mrs|ms|miss|mx|dr|rev|revd|reverend|prof|professor|sir|dame|lord|lady|cllr|councillor|master|madam) /;
// Titles that begin names of firms too: they count before a name that people have.
const SOFT_TITLE =
  /^(captain|capt|major|colonel|col|lieutenant|sergeant|sister|brother|father|nurse|pastor|imam|rabbi|baroness|baron|hon|judge) /;
const TITLE_AFTER_SURNAME = /^\S+ (mr|mrs|ms|miss|dr)( \S+){1,2}$/;
const AFTER_NAMES = / (esq|esquire|kc|qc|obe|mbe|cbe|jp|phd|ba|bsc|msc|mba|llb|rn|mrics|frics|riba|mrcpsych|frcpsych)$/;
const SOLE_TRADER =
  / (sole trader|self employed|childminder|childminding|child minder|foster carer|personal assistant|freelancer|freelance|individual|private individual) /;
const PRACTICES =
  / (and co|and partners|solicitors|architects|accountants|pharmacy|chemist|surgery|ltd|limited|llp|plc|cic|trust|group) /;

/**
 * Whether a supplier's name is an organisation's, a natural person's, or says that nobody is named.
 *
 * A natural person's name must not be published, so doubt between a person and a firm goes to the person; but a firm's name
 * withheld is a supplier lost, so a person needs a title, a word for working alone, initials, or a name that people have,
 * and no word that only bodies have. An official company number settles it.
 */
export function supplierKind(written: string, hasCompanyNumber: boolean, names: PersonNames): SupplierKind {
  const name = written.replaceAll(INVISIBLE, "").replaceAll(/\[[a-z -]+ withheld\]/g, " "); // what people have besides says nothing of who they are
  const key = nameKey(turnedAround(plainLetters(name))).replace(BEFORE_A_NAME, "");
  if (key === "" || isNobody(key)) return "nobody";
  if (/^natural person\b/.test(key)) return "person"; // a label that stands for a withheld name
  if (hasCompanyNumber || hasAcronym(name, names)) return "organisation";
  const [self, trade] = key.split(/ (?:t a|ta|trading as) /);
  if (trade !== undefined) return personLike(self!, names) && !PRACTICES.test(` ${self} `) ? "person" : "organisation";
  return personLike(key, names) || isPersonBesideBrackets(name, names) ? "person" : "organisation";
}

/** "DAC Beachcroft": three or more capitals beside words written otherwise, that are nobody's name. */
function hasAcronym(name: string, {forenames, surnames}: PersonNames): boolean {
  const words = name.match(/\p{L}+/gu) ?? [];
  if (!words.some((word) => /^\p{Lu}\p{Ll}/u.test(word))) return false;
  return words.some((word, i) => {
    const plain = nameKey(word);
    const isLoud =
      /^\p{Lu}{3,4}$/u.test(word) &&
      !AFTER_NAMES.test(` ${plain}`) &&
      !(i > 0 && TITLE.test(`${plain} `)) &&
      !/^(?:fao|attn)$/.test(plain);
    return isLoud && !forenames.has(plain) && !surnames.has(plain);
  });
}

/** "Jane Example (Roselands)": a person, unless what stands in brackets is a firm's. */
function isPersonBesideBrackets(name: string, names: PersonNames): boolean {
  const [bracket] = /\([^()]*\)/.exec(name) ?? [];
  if (bracket === undefined || ORGANISATION.test(` ${nameKey(bracket)} `)) return false;
  return personLike(nameKey(plainLetters(name).replace(bracket, " ")), names);
}

const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
// What is written before the name of somebody who stands for himself, or for another.
const BEFORE_A_NAME =
  /^(?:fao|attn|for the attention of|contact(?: name| person| officer)?|c o|(?:lead|case|procurement|contracts?) (?:officer|manager)|project (?:manager|lead)|(?:the )?executors? of|(?:the )?(?:late )?estate of(?: the late)?) (?=\S+ \S)/;

const NOT_MARKS: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ı: "i",
  þ: "th",
  ð: "d"
};

/** Letters that are no accent on another, as the lists of names write them; a plus between names as the word. */
const plainLetters = (name: string): string =>
  name.replace(/[łøđßæœıþð]/gi, (letter) => NOT_MARKS[letter.toLowerCase()] ?? letter).replaceAll("+", " and ");

/** "Smith, John" and "SMITH John" -> "John Smith". */
function turnedAround(name: string): string {
  const [, loud, quiet] = /^([A-Z][A-Z'-]{3,}) ([A-Z][a-z]+)$/.exec(name.trim()) ?? [];
  if (loud !== undefined) return `${quiet} ${loud}`;
  const [surname, forenames, ...rest] = name.split(",").map((part) => part.trim());
  return rest.length === 0 && forenames !== undefined && !/\s/.test(surname!) ? `${forenames} ${surname}` : name;
}

const isNobody = (key: string) => NOBODY.test(key) && !NOT_NOBODY.test(key) && !/ (ltd|limited|llp|plc|cic)$/.test(key);

function personLike(written: string, names: PersonNames): boolean {
  const {forenames, surnames} = names;
  const key = written.replace(AFTER_NAMES, "");
  const padded = ` ${key} `;
  if (SOLE_TRADER.test(padded) && !/ (ltd|limited|llp|plc|cic|agency) /.test(padded)) return true;
  if (TITLE.test(key) && !PRACTICES.test(padded) && !ORGANISATION.test(padded.replace(ALSO_SURNAME, " "))) return true;
  if (TITLE_AFTER_SURNAME.test(key) && !ORGANISATION.test(padded)) return true;
  const untitled = key.replace(SOFT_TITLE, "");
  if (untitled !== key && /^\S+ \S+/.test(untitled) && personLike(untitled, names)) return true;
  if (FIRMS.has(key) || FOREIGN_FORM.test(key) || /[0-9]/.test(key)) return false;
  const beforeSurname = padded.replace(ALSO_SURNAME, " ");
  const isForenameFirst = forenames.has(key.split(" ")[0]!);
  const inFull = isForenameFirst && !beforeSurname.trim().includes(" ") ? beforeSurname : padded;
  if (ORGANISATION.test(inFull.replace(ALSO_FORENAME, " "))) return false;
  const words = key.split(" ").filter((word, i) => i === 0 || !PARTICLES.has(word));
  if (key.includes(" and ")) return coupleOfPeople(key, names);
  if (words.length < 2 || words.length > 4) return false;
  const isOrdinary = (word: string) =>
    word.length > 1 && names.ordinaryWords.has(word) && !surnames.has(word) && !forenames.has(word);
  if (words.slice(1).filter(isOrdinary).length > 1) return false; // "Reed Business Information"
  const last = words[words.length - 1]!;
  const [first] = words as [string];
  if (last.length < 2) return words.length === 2 && first.length > 2 && last !== "s" && isName(first, names); // "Example A": surname first
  if (first.length === 1) return words.slice(0, -1).every((word) => word.length === 1 || forenames.has(word)); // R N Wooler
  if (forenames.has(first)) return true;
  if (first.length === 2 && words.length === 2 && surnames.has(last)) return true; // JP Smith
  if (surnames.has(last) && words.length <= 3 && !surnames.has(first) && !ORDINARY.test(` ${first} `)) return true;
  return areNames(words, names);
}

const PARTICLES = new Set(
  "and o d de da das do dos del della di du van von der den ter ten la le al el bin bint binti ibn abu ap ab ferch mac mc ni nic ui jr snr jnr".split(
    " "
  )
);

/** Two or three words that can be spoken and that no list of words has: names, of people far more often than of firms. */
const areNames = (words: readonly string[], {ordinaryWords}: PersonNames): boolean =>
  words.length <= 3 &&
  words.every((word) => /^[a-z]{2,}$/.test(word) && /[aeiouy]/.test(word) && !ordinaryWords.has(word));

const isName = (word: string, {surnames, ordinaryWords}: PersonNames): boolean =>
  surnames.has(word) || !ordinaryWords.has(word);

/** "John and Mary Smith": two forenames, or their first letters, and one surname or two. */
function coupleOfPeople(key: string, names: PersonNames): boolean {
  const [left, right] = key.split(" and ").map((part) => part.split(" ")) as [string[], string[]];
  const [one, other] = [left[0]!, right[0] ?? ""];
  if (names.forenames.has(one) && names.forenames.has(other)) return true;
  const isGiven = (word: string) => names.forenames.has(word) || word.length === 1;
  if (!isGiven(one) || !isGiven(other) || right.length !== 2) return false;
  return left.length === 2 ? left[1] === right[1] : isName(right[1]!, names); // "J and M Smith"
}

// First words of firms' names that no person is called.
const ORDINARY =
  / (a|abc|able|above|abbey|acorn|allied|alpha|anchor|apex|aqua|arc|arch|area|aspire|atlas|beyond|big|black|blue|bond|break|broad|brook|carlton|causeway|challenge|chapel|cherry|classic|clean|coast|comfort|concept|core|corner|country|creative|crystal|cumbria|delta|dose|dragon|dynamic|eagle|early|eco|edge|eden|ever|extra|fair|family|fast|field|flat|focus|fresh|front|future|glen|gold|golden|good|grand|great|greater|green|grey|ground|harbour|heart|high|highland|hill|hot|ideal|imperial|inner|inspired|iron|jubilee|just|kings?|lake|land|leading|lime|linden|listening|little|live|local|long|lower|main|maple|mercia|merit|metro|mid|mill|moor|mount|mountain|multi|natural|nexus|oak|ocean|old|olive|optimum|orange|orchard|paragon|park|peak|perfect|pink|pitts|pure|quay|queens?|quick|rapid|real|red|regent|reliance|ridge|right|rise|river|riverside|roc|rock|rose|rosedale|sea|second|select|severn|silver|single|snow|sole|spring|springfield|sterling|stepping|summit|sun|sunny|super|sure|swift|thames|time|top|trans|tree|trinity|true|twin|tyne|ultra|under|union|united|universal|upper|urban|valley|vale|vantage|victoria|vision|vital|walk|way|well|white|wild|wind|wise|wood|woodland|yellow|zen|zenith) /;
