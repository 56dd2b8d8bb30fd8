/** What kind of public or private body a buyer is; `council` means a principal council. */
export type BuyerKind =
  | "council"
  | "combined-authority"
  | "purchasing-body"
  | "portal-or-agent"
  | "parish-or-town"
  | "nhs"
  | "central-government"
  | "education"
  | "police-fire"
  | "housing-association"
  | "devolved"
  | "voluntary"
  | "company"
  | "other";

interface KindRule {
  readonly rule: string;
  readonly kind: BuyerKind;
  readonly pattern: RegExp;
}

const when = (kind: BuyerKind, rule: string, ...words: string[]): KindRule => ({
  kind,
  rule,
  pattern: new RegExp(` (?:${words.join("|")}) `)
});

// Bodies whose name can carry a council's name, or the word, and that are never one. Read before councils are looked for.
const NEVER_A_COUNCIL: readonly KindRule[] = [
  when(
    "combined-authority",
    "combined-authority",
    "combined (county |mayoral )?authority",
    "combined authorities",
    "mayoral strategic authority",
    "greater london authority",
    "liverpool city region"
  ),
  when(
    "parish-or-town",
    "parish-or-town",
    "(parish|town|community|village|neighbourhood) councils?",
    "parish meeting",
    "charter trustees( .*)?",
    "cyngor (tref|dref|cymuned|cymunedol|plwyf)( .*)?"
  ),
  when(
    "voluntary",
    "council-of-volunteers",
    "councils? (for|of) (voluntary|volunteer|community|social) .*",
    "councils? for (the )?(protection|preservation|social|christian|homeless|disabled|racial|ethnic|british|at risk).*",
    "councils? of (churches|mosques|faiths|deacons|social|christians|disabled|ethnic|jewish|hindu|christian|elders).*",
    "racial equality council",
    "rural community council",
    "voluntary (services? )?council",
    "cvs",
    "youth council",
    "tenants council"
  ),
  when(
    "central-government",
    "council-of-government",
    "arts council( england)?(?! (of|for))",
    "(economic and social|medical|natural environment|engineering and physical sciences|arts and humanities|biotechnology and biological sciences|science and technology facilities|higher education funding|science facilities) (research|facilities|funding) council( .*)?",
    "research councils?( .*)?",
    "funding council( .*)?",
    "national council for .*",
    "valuation tribunal",
    "british (embassy|high commission|consulate)( .*)?",
    "youth justice board",
    "sports council(?! (of|for))( .*)?",
    "design council",
    "competition and markets .*",
    "judicial appointments .*",
    "privy council( .*)?"
  ),
  when(
    "other",
    "council-by-name-only",
    "british council",
    "council of europe",
    "european council",
    "bar council",
    "general .* council( .*)?",
    "general (medical|dental|optical|teaching|osteopathic|chiropractic|pharmaceutical) council",
    "(nursing and midwifery|health and care professions|health professions|care|social care|hearing aid|farriers registration|architects registration|financial reporting|audit|press|law|engineering|teaching|gas|takeover|nautical|fundraising|museums|craft|crafts|sentencing|privacy|tourism|maritime|chief executives|lead scotland) council( .*)?",
    "world .* council",
    "council for (licensed|the registration|the curriculum|industry|healthcare|awards|allied).*",
    "council of (the stock exchange|deans|mortgage lenders|the inns).*",
    "council house"
  ),
  when(
    "nhs",
    "health-service",
    "nhs",
    "n h s",
    "integrated care",
    "icb",
    "icbs",
    "ics",
    "clinical commissioning( .*)?",
    "ccg",
    "ccgs",
    "primary care trust",
    "pct",
    "commissioning support( .*)?",
    "csu",
    "ambulance( .*)?",
    "(university |local )?health board",
    "hospitals?",
    "infirmary",
    "foundation trust",
    "mental health (partnership|trust)( .*)?",
    "(community )?healthcare trust",
    "health and social care (trust|board|partnership)( .*)?",
    "health and care (trust|partnership)( .*)?",
    "public health (wales|scotland|agency)",
    "bwrdd iechyd( .*)?",
    "gig",
    "velindre( .*)?",
    "health education (and improvement|england|nes)( .*)?",
    "medicines unit",
    "blood and transplant",
    "business services organisation",
    "counter fraud authority"
  ),
  when(
    "education",
    "school-or-college",
    "university",
    "universities",
    "college",
    "colleges",
    "academy",
    "academies",
    "(primary|secondary|junior|infant|infants|nursery|high|grammar|special|comprehensive|community|catholic|foundation|free|preparatory) school",
    "school",
    "prifysgol( .*)?",
    "coleg( .*)?",
    "ysgol( .*)?",
    "(multi academy|education|learning|schools|academy|academies|inspiration|diocesan) trust",
    "educational trust",
    "education partnership trust",
    "mat",
    "lycee .*",
    "students union",
    "institute of education"
  ),
  when(
    "police-fire",
    "police-or-fire",
    "police",
    "constabulary",
    "crime commissioners?",
    "office for policing and crime",
    "office of policing and crime",
    "office of police and crime",
    "mopac",
    "pcc",
    "opcc",
    "bluelight",
    "fire and rescue( .*)?",
    "fire (and civil defence |and emergency )?(authority|service|services|brigade|commissioner)",
    "fire and rescue",
    "tan ac achub",
    "heddlu( .*)?"
  ),
  when(
    "other",
    "authority-of-its-own",
    "national park( authority)?",
    "broads authority",
    "parc cenedlaethol( .*)?",
    "(joint )?waste( disposal| and recycling)? (authority|partnership)",
    "waste disposal",
    "pension fund",
    "pension(s)? (authority|partnership|pool|scheme)",
    "superannuation( .*)?",
    "(local )?enterprise partnership",
    "lep",
    "transport partnership",
    "partnership for transport",
    "passenger transport executive",
    "integrated transport authority",
    "transport for london",
    "transport for (greater manchester|the north|west midlands)",
    "harbour (board|trust|commissioners|authority)",
    "(port|conservancy|drainage|valuation joint|licensing|assessors?|river) (authority|board|trust|commissioners)",
    "internal drainage board",
    "port health authority",
    "port of london authority",
    "integration joint board",
    "ijb",
    "lee valley regional park( authority)?",
    "inshore fisheries( .*)?",
    "conservation board",
    "local government association",
    "london councils",
    "welsh local government association",
    "convention of scottish local authorities",
    "cosla",
    "improvement service",
    "sestran|hitrans|nestrans|tactran|swestrans|zettrans",
    "crematorium( .*)?",
    "burial (board|committee)"
  )
];

// Every other body, by the words of its name. The first rule that fits decides.
const BY_WORDS: readonly KindRule[] = [
  when(
    "other",
    "overseas",
    "government of (gibraltar|jersey|guernsey|bermuda|anguilla|montserrat|the .* islands)",
    "(falkland|falklands|cayman|isle of man|jersey|guernsey|pitcairn|st helena)( islands)? government( .*)?",
    "states of (jersey|guernsey)",
    "commonwealth war graves commission"
  ),
  when("company", "joint-venture", "jv( .*)?", "joint venture( .*)?"),
  when(
    "company",
    "company-by-trade",
    "building society",
    "airports?( group)?",
    "citybus",
    "city transport",
    "port company"
  ),
  when("devolved", "council-of-a-nation", "(arts|sports) council (of|for) (wales|northern ireland|scotland)"),
  when(
    "devolved",
    "devolved-government",
    "(scottish|welsh) (government|ministers|parliament)( .*)?",
    "llywodraeth cymru( .*)?",
    "northern ireland (executive|office|assembly)( .*)?"
  ),
  when(
    "central-government",
    "government-department",
    "(ministry|department|secretary of state) (of|for)( .*)?",
    "(home|cabinet) office",
    "his majesty.*",
    "her majesty.*",
    "(united kingdom|uk) (atomic|space|hydrographic|export|health|research|statistics|infrastructure|supreme)( .*)?",
    "(atomic|nuclear) (energy|weapons|decommissioning) (authority|establishment)( .*)?",
    "homes england( .*)?",
    "homes and communities agency( .*)?"
  ),
  when(
    "purchasing-body",
    "buys-for-others",
    "(purchasing|procurement|buying|commercial|energy) (organisation|consortium|consortia|partnership|hub|collaborative|collaboration|alliance|agency|authority|framework|frameworks)( .*)?",
    "(crown commercial|national procurement|shared procurement|procurement shared|joint procurement|collaborative procurement) service",
    "commercial procurement( .*)?",
    "procurement (service|services|unit|centre|for .*|plus|assist|collaborate|department|group|alliance|lincolnshire)( .*)?",
    "(procure|fusion21|efficiency north|enprocure|en procure|laser energy|laser)( .*)?",
    "consortium",
    "consortia",
    "shared business services?",
    "supply chain",
    "purchasing( .*)?",
    "frameworks? (alliance|scotland|wales)",
    "scape( .*)?",
    "pagabo",
    "commercial (services group|solutions)"
  ),
  when(
    "housing-association",
    "landlord",
    "housing (association|associations|group|trust|society|partnership|co operative|cooperative|executive|company|solutions|limited|ltd|21|plus|consortium|services?|care|alliance)( .*)?",
    "housing",
    "homes",
    "cartrefi( .*)?",
    "tai",
    "sheltered( .*)?",
    "almshouses?",
    "tenant management( .*)?",
    "(support|care) and support",
    "living"
  ),
  when(
    "devolved",
    "devolved-government",
    "(scottish|welsh) (government|ministers|parliament|enterprise|water|courts .*|prison .*|environment .*|fire .*|ambulance .*|qualifications .*|natural .*|social .*|canals|forestry .*|legal .*)",
    "scottish (government|parliament|enterprise|water|funding council|canals|borders enterprise)",
    "llywodraeth( .*)?",
    "senedd( .*)?",
    "natural resources wales",
    "cyfoeth naturiol( .*)?",
    "transport (scotland|for wales|scotland .*)",
    "(registers of|historic environment|visit|creative|skills development|zero waste|disclosure|education|revenue|social security|nature|food standards|crofting commission|forestry and land|national museums|national library|national galleries of|water industry commission for|care inspectorate|audit|sport|sea fish|marine|south of scotland|highlands and islands)( .*)? scotland",
    "(sport|museum|qualifications|cadw|careers|amgueddfa|estyn|audit|social care|library|arts council of|trydan|digital health and care)( .*)? (wales|cymru)",
    "northern ireland( .*)?",
    "(department (of|for) (the economy|infrastructure|communities|health|finance|justice|agriculture .*|education)) ni",
    "strategic investment board",
    "invest ni",
    "education authority( .*)?",
    "stormont",
    "scottish .*"
  ),
  when(
    "central-government",
    "government-department",
    "(ministry|department|departments|office|secretary of state|crown office) (of|for)( .*)?",
    "(home|cabinet|foreign|met|scotland|wales|northern ireland|foreign commonwealth and development|attorney generals?|serious fraud|national audit|intellectual property|information commissioners?|government actuarys?|valuation|public record|stationery|treasury) office",
    "hm .*",
    "h m .*",
    "his majesty.*",
    "her majesty.*",
    "(hmrc|hmpps|hmcts|dwp|defra|mod|moj|dft|dfe|desnz|dsit|dcms|dhsc|mhclg|dluhc|beis|dbt|fcdo|decc|bis|ofgem|ofwat|ofcom|ofsted|ofqual|orr|dvla|dvsa|dfid|bduk|cefas|ukhsa|mhra|ukri|ukef|onr|gld|ons|ccs|nda)",
    "(prison|probation)( .*)?",
    "(environment|food standards|highways|rural payments|uk space|uk health security|government property|driver and vehicle .*|maritime and coastguard|planning inspectorate|medicines .*|national crime|security industry|education and skills funding|homes and communities|health security|defence .*|animal and plant .*|marine management|national infrastructure|legal aid|pipelines|insolvency|vehicle certification|coal) (agency|authority|organisation|commission|service)",
    "agency",
    "agencies",
    "national highways",
    "highways england",
    "network rail( .*)?",
    "high speed two( .*)?",
    "hs2( .*)?",
    "homes england( .*)?",
    "natural england",
    "historic england",
    "sport england",
    "forestry (england|commission)( .*)?",
    "public health england",
    "(crown prosecution|insolvency|national savings .*|crown estate|companies house|land registry|land registry .*|ordnance survey|civil service .*|uk export .*|uk research and .*|uk statistics .*|british library|british museum|house of commons|house of lords|parliamentary .*|houses of parliament|competition and markets .*|financial conduct .*|bank of england|uk atomic .*|nuclear decommissioning .*|atomic weapons .*|united kingdom .*|gambling commission|equality and human rights .*|care quality commission|charity commission.*|electoral commission|independent office .*|cafcass|children and family court .*|student loans .*|national lottery .*|heritage lottery .*|skills funding .*|magnox|sellafield|nuclear restoration .*|low level waste repository)( .*)?",
    "(water services |gas and electricity |utility |payment systems |pensions |energy )?regulat(or|ory|ors|ion|ions)( .*)?",
    "inspectorate( .*)?",
    "commission( .*)?",
    "protection fund",
    "wealth fund",
    "british (business|museum|library|film|waterways|geological)( .*)?",
    "government( .*)?"
  ),
  when(
    "voluntary",
    "charity",
    "charity",
    "charitable",
    "charities",
    "(voluntary|community) (sector|action|trust|foundation|association|partnership|hall|centre|enterprise|interest|transport|services?|care|development)( .*)?",
    "foundation( .*)?",
    "(citizens advice|age uk|mind|ymca|barnardos?|mencap|save the children|british red cross|national trust|wildlife trust|hospice|church|diocese|cathedral|village hall|museum|theatre|art gallery|shaw trust|womens organisation|womens aid|migrant help)( .*)?",
    "trust( .*)?",
    "(coast and countryside|leisure|heritage|museums?|development|conservation) trust( .*)?",
    "community interest company",
    "society( .*)?"
  ),
  when(
    "portal-or-agent",
    "portal",
    "e ?(tendering|sourcing|procurement|tenders)( .*)?",
    "(tendering|tenders|procurement|supplier|sourcing|contracts) portal( .*)?",
    "portal",
    "portal for .*",
    "shared services",
    "tenders limited"
  ),
  when(
    "company",
    "company",
    "ltd",
    "limited",
    "plc",
    "llp",
    "cic",
    "c i c",
    "cyf",
    "cyfyngedig",
    "inc",
    "incorporated",
    "corp",
    "gmbh",
    "jv",
    "joint venture",
    "group",
    "holdings",
    "company",
    "enterprise",
    "enterprises",
    "properties",
    "solutions",
    "consult(ing|ants|ancy)",
    "commercial services",
    "t a .*",
    "trading",
    "norse",
    "buses",
    "energy",
    "water",
    "building society",
    "(football|rugby|cricket|racing) club",
    "chamber( of commerce)?"
  )
];

const found = (rules: readonly KindRule[], key: string): {kind: BuyerKind; rule: string} | null => {
  const match = rules.find(({pattern}) => pattern.test(` ${key} `));
  return match ? {kind: match.kind, rule: match.rule} : null;
};

/** A body that is no principal council although its name may carry one's, from its name as `nameKey` writes it; else null. */
export const neverACouncil = (key: string) => found(NEVER_A_COUNCIL, key);

/** The kind that the words of a name tell; null when they tell nothing. */
export const kindByWords = (key: string) => found(BY_WORDS, key);
