/**
 * Councils that ended in 2009 and, in Northern Ireland, in 2015: mySociety's table of councils has the first not at all and the
 * second without successors, so they are listed here from other publications.
 */
interface AbolishedCouncil {
  readonly gss: string; // ONS code; in Northern Ireland the one of three characters that was in use until 2015
  readonly name: string;
  readonly shortName: string;
  readonly countyGss: string; // empty for a county, and in Northern Ireland
  readonly successors: readonly string[]; // codes; where parts left, the council that took the rest stands first
  readonly lostParts: boolean; // a part went elsewhere than the rest
  readonly lastDay: string; // ISO date
  readonly nation: "England" | "Northern Ireland";
  readonly source: string;
}

const CODES_OF_2009 =
  "ONS Code History Database, July 2024 (code, county, last day); mySociety MapIt, boundaries of March 2009 (name)";
const FOLLOWED_IN_2009 = "localcouncils.co.uk, local government changes of 1 April 2009 (successor)";

// gss, official name, short name, county, successors. Bedfordshire and Cheshire were split in two; the others became one.
const ENGLAND_2009: readonly (readonly [string, string, string, string, string])[] = [
  ["E10000001", "Bedfordshire County Council", "Bedfordshire", "", "E06000055 E06000056"],
  ["E10000004", "Cheshire County Council", "Cheshire", "", "E06000049 E06000050"],
  ["E10000005", "Cornwall County Council", "Cornwall", "", "E06000052"],
  ["E10000010", "Durham County Council", "County Durham", "", "E06000047"],
  ["E10000022", "Northumberland County Council", "Northumberland", "", "E06000048"],
  ["E10000026", "Shropshire County Council", "Shropshire", "", "E06000051"],
  ["E10000033", "Wiltshire County Council", "Wiltshire", "", "E06000054"],
  ["E07000001", "Mid Bedfordshire District Council", "Mid Bedfordshire", "E10000001", "E06000056"],
  ["E07000002", "Bedford Borough Council", "Bedford", "E10000001", "E06000055"],
  ["E07000003", "South Bedfordshire District Council", "South Bedfordshire", "E10000001", "E06000056"],
  ["E07000013", "Chester City Council", "Chester", "E10000004", "E06000050"],
  ["E07000014", "Congleton Borough Council", "Congleton", "E10000004", "E06000049"],
  ["E07000015", "Crewe and Nantwich Borough Council", "Crewe and Nantwich", "E10000004", "E06000049"],
  ["E07000016", "Ellesmere Port and Neston Borough Council", "Ellesmere Port and Neston", "E10000004", "E06000050"],
  ["E07000017", "Macclesfield Borough Council", "Macclesfield", "E10000004", "E06000049"],
  ["E07000018", "Vale Royal Borough Council", "Vale Royal", "E10000004", "E06000050"],
  ["E07000019", "Caradon District Council", "Caradon", "E10000005", "E06000052"],
  ["E07000020", "Carrick District Council", "Carrick", "E10000005", "E06000052"],
  ["E07000021", "Kerrier District Council", "Kerrier", "E10000005", "E06000052"],
  ["E07000022", "North Cornwall District Council", "North Cornwall", "E10000005", "E06000052"],
  ["E07000023", "Penwith District Council", "Penwith", "E10000005", "E06000052"],
  ["E07000024", "Restormel Borough Council", "Restormel", "E10000005", "E06000052"],
  ["E07000054", "Chester-le-Street District Council", "Chester-le-Street", "E10000010", "E06000047"],
  ["E07000055", "Derwentside District Council", "Derwentside", "E10000010", "E06000047"],
  ["E07000056", "Durham City Council", "Durham", "E10000010", "E06000047"],
  ["E07000057", "Easington District Council", "Easington", "E10000010", "E06000047"],
  ["E07000058", "Sedgefield Borough Council", "Sedgefield", "E10000010", "E06000047"],
  ["E07000059", "Teesdale District Council", "Teesdale", "E10000010", "E06000047"],
  ["E07000060", "Wear Valley District Council", "Wear Valley", "E10000010", "E06000047"],
  ["E07000157", "Alnwick District Council", "Alnwick", "E10000022", "E06000048"],
  ["E07000158", "Berwick-upon-Tweed Borough Council", "Berwick-upon-Tweed", "E10000022", "E06000048"],
  ["E07000159", "Blyth Valley Borough Council", "Blyth Valley", "E10000022", "E06000048"],
  ["E07000160", "Castle Morpeth Borough Council", "Castle Morpeth", "E10000022", "E06000048"],
  ["E07000161", "Tynedale District Council", "Tynedale", "E10000022", "E06000048"],
  ["E07000162", "Wansbeck District Council", "Wansbeck", "E10000022", "E06000048"],
  ["E07000182", "Bridgnorth District Council", "Bridgnorth", "E10000026", "E06000051"],
  ["E07000183", "North Shropshire District Council", "North Shropshire", "E10000026", "E06000051"],
  ["E07000184", "Oswestry Borough Council", "Oswestry", "E10000026", "E06000051"],
  ["E07000185", "Shrewsbury and Atcham Borough Council", "Shrewsbury and Atcham", "E10000026", "E06000051"],
  ["E07000186", "South Shropshire District Council", "South Shropshire", "E10000026", "E06000051"],
  ["E07000230", "Kennet District Council", "Kennet", "E10000033", "E06000054"],
  ["E07000231", "North Wiltshire District Council", "North Wiltshire", "E10000033", "E06000054"],
  ["E07000232", "Salisbury District Council", "Salisbury", "E10000033", "E06000054"],
  ["E07000233", "West Wiltshire District Council", "West Wiltshire", "E10000033", "E06000054"]
];

const BEFORE_2015 = "mySociety (name, code of the old scheme in its column snac, last day)";
const REFORM_OF_2015 = "hand table: Local Government Act (Northern Ireland) 2014 (successor)";
const PARTS_TO_BELFAST = "belfastcity.gov.uk, local government reform (parts that joined Belfast)";

// gss, official name, short name, successors. Belfast took parts of Lisburn, Castlereagh and North Down.
const NORTHERN_IRELAND_2015: readonly (readonly [string, string, string, string])[] = [
  ["95A", "Derry City Council", "Derry", "N09000005"],
  ["95B", "Limavady Borough Council", "Limavady", "N09000004"],
  ["95C", "Coleraine Borough Council", "Coleraine", "N09000004"],
  ["95D", "Ballymoney Borough Council", "Ballymoney", "N09000004"],
  ["95E", "Moyle District Council", "Moyle", "N09000004"],
  ["95F", "Larne Borough Council", "Larne", "N09000008"],
  ["95G", "Ballymena Borough Council", "Ballymena", "N09000008"],
  ["95H", "Magherafelt District Council", "Magherafelt", "N09000009"],
  ["95I", "Cookstown District Council", "Cookstown", "N09000009"],
  ["95J", "Strabane District Council", "Strabane", "N09000005"],
  ["95K", "Omagh District Council", "Omagh", "N09000006"],
  ["95L", "Fermanagh District Council", "Fermanagh", "N09000006"],
  ["95M", "Dungannon and South Tyrone Borough Council", "Dungannon and South Tyrone", "N09000009"],
  ["95N", "Craigavon Borough Council", "Craigavon", "N09000002"],
  ["95O", "Armagh City and District Council", "Armagh", "N09000002"],
  ["95P", "Newry and Mourne District Council", "Newry and Mourne", "N09000010"],
  ["95Q", "Banbridge District Council", "Banbridge", "N09000002"],
  ["95R", "Down District Council", "Down", "N09000010"],
  ["95S", "Lisburn City Council", "Lisburn", "N09000007 N09000003"],
  ["95T", "Antrim Borough Council", "Antrim", "N09000001"],
  ["95U", "Newtownabbey Borough Council", "Newtownabbey", "N09000001"],
  ["95V", "Carrickfergus Borough Council", "Carrickfergus", "N09000008"],
  ["95W", "North Down Borough Council", "North Down", "N09000011 N09000003"],
  ["95X", "Ards Borough Council", "Ards", "N09000011"],
  ["95Y", "Castlereagh Borough Council", "Castlereagh", "N09000007 N09000003"],
  ["95Z", "Belfast City Council", "Belfast", "N09000003"]
];

const BELFAST = "mySociety (code of the old scheme in its column snac, beside the council in force)";

export const ABOLISHED: readonly AbolishedCouncil[] = [
  ...ENGLAND_2009.map(([gss, name, shortName, countyGss, successors]) => ({
    gss,
    name,
    shortName,
    countyGss,
    successors: successors.split(" "),
    lostParts: false,
    lastDay: "2009-03-31",
    nation: "England" as const,
    source: `${CODES_OF_2009}; ${FOLLOWED_IN_2009}`
  })),
  ...NORTHERN_IRELAND_2015.map(([gss, name, shortName, successors]) => ({
    gss,
    name,
    shortName,
    countyGss: "",
    successors: successors.split(" "),
    lostParts: successors.includes(" "),
    lastDay: "2015-03-31",
    nation: "Northern Ireland" as const,
    source: [
      gss === "95Z" ? BELFAST : BEFORE_2015,
      REFORM_OF_2015,
      ...(successors.includes("N09000003") ? [PARTS_TO_BELFAST] : [])
    ].join("; ")
  }))
];

/** By code. */
export const ABOLISHED_BY_CODE: ReadonlyMap<string, AbolishedCouncil> = new Map(ABOLISHED.map((row) => [row.gss, row]));
