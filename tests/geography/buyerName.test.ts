import {describe, expect, test} from "vitest";
import {readBuyerName} from "../../pipeline/geography/buyerName.ts";
import {committed, committedBuyerWorld, committedToday} from "./committed.ts";

const world = committedBuyerWorld();
const today = committedToday();
const read = (name: string) => readBuyerName(name, world);
const councils = committed<{gss: string; name: string; short_name: string; valid_to: string}>("councils").filter(
  ({valid_to}) => valid_to === ""
);

/** Names that are not read as this council, for a message that shows them. */
const misread = (form: (name: string, short: string) => string) =>
  councils
    .map(({gss, name, short_name}) => ({gss, written: form(name, short_name)}))
    .filter(({gss, written}) => {
      const {kind, councils: codes, isJoint} = read(written);
      return kind !== "council" || isJoint || codes.flatMap(today).join() !== gss;
    })
    .map(({written}) => written);

describe("every council in force is found in what publishers make of its name", () => {
  test.each([
    ["as it is", (name: string) => name],
    ["in capitals", (name: string) => name.toUpperCase()],
    ["with a stray mark", (name: string) => `.${name} `],
    ["with a department after a dash", (name: string) => `${name} - Children's Services`],
    ["with a department after a comma", (name: string) => `${name}, Adult Social Care`],
    ["with a department before", (name: string) => `Legal Services, ${name}`],
    ["as its e-tendering account", (name: string) => `${name} - e-Tendering System`],
    ["with letters in brackets", (name: string) => `${name} (ABC)`],
    ["by its legal formula", (name: string) => `The Mayor and Burgesses of the ${name}`],
    ["with a letter lost from a title word", (name: string) => name.replace("Council", "Coucil")],
    ["with a unit of its own", (name: string) => `${name} Corporate Procurement Unit`],
    ["by its short name and the word", (_: string, short: string) => `${short} Council`]
  ])("%s", (_, form) => {
    expect(misread(form)).toEqual([]);
  });
});

describe("no council is found in the name of another body of its place", () => {
  const bodies = (short: string, name: string) => [
    `${short} Town Council`,
    `${short} Parish Council`,
    `${short} Council for Voluntary Service`,
    `${name} for Voluntary Service`,
    `${short} Council of Mosques`,
    `University of ${short}`,
    `${short} City College`,
    `City of ${short} Academy`,
    `${name} Primary School`,
    `NHS ${short} Integrated Care Board`,
    `${short} Teaching Hospitals NHS Foundation Trust`,
    `${short} Fire and Rescue Authority`,
    `Police and Crime Commissioner for ${short}`,
    `${short} Combined Authority`,
    `${short} National Park Authority`,
    `${short} Norse Limited`,
    `${name} Trading Ltd`,
    `${short} and Kent Commercial Services LLP`,
    `${name} Pension Fund`,
    `${short} Children's Trust`,
    `${short} Homes Ltd`,
    `${short} Airport`,
    `Unison ${name} Branch`,
    `${short} Enterprise Partnership`
  ];
  test("of 385 places and two dozen bodies each", () => {
    const taken = councils.flatMap(({name, short_name}) =>
      bodies(short_name, name).filter((body) => read(body).kind === "council")
    );
    expect(taken).toEqual([]);
  });
});

test.each([
  ["Arts Council England", "central-government"],
  ["Economic and Social Research Council", "central-government"],
  ["British Council", "other"],
  ["Council of Europe", "other"],
  ["General Dental Council", "other"],
  ["Nursing and Midwifery Council", "other"],
  ["Yorkshire Purchasing Organisation", "purchasing-body"],
  ["In-Tend Ltd", "portal-or-agent"],
  ["Greater London Authority", "combined-authority"],
  ["Cyngor Tref Aberystwyth", "parish-or-town"],
  ["Ministry of Justice", "central-government"],
  ["Welsh Ministers", "devolved"],
  ["Northumbria Police", "police-fire"],
  ["Thirteen Housing Group", "housing-association"],
  ["Example Widgets Limited", "company"]
])("%s is %s and has no code", (name, kind) => {
  expect(read(name)).toMatchObject({kind, councils: []});
});

test.each([
  ["Barnet, London Borough of", "E09000003"],
  ["LB Tower Hamlets", "E09000030"],
  ["Rhondda Cynon Taf CBC", "W06000016"],
  ["Cyngor Sir Gâr", "W06000010"],
  ["Comhairle nan Eilean Siar", "S12000013"],
  ["Walsall MBC", "E08000030"],
  ["Telford & Wrekin", "E06000020"],
  ["Swansea City & County Council", "W06000011"],
  ["Nottignham City Council", "E06000018"],
  ["Thurrock Borough Council", "E06000034"],
  ["Public Health Derbyshire", "E10000007"],
  ["Newry, Mourne and Down District Council (NMD)", "N09000010"],
  ["Craigavon Borough Council", "95N"],
  ["Cyngor Caerdydd", "W06000015"],
  ["Stoke City Council", "E06000021"],
  ["Saint Helens Borough Council", "E08000013"],
  ["N.W. Leicestershire DC", "E07000134"],
  ["Kent County Council - Procurement & Commercial Services", "E10000016"],
  ["Warwickshire County Council - Resources Group", "E10000031"],
  ["RBKC Procurement", "E09000020"]
])("%s is one council", (name, gss) => {
  expect(read(name)).toMatchObject({kind: "council", councils: [gss], isJoint: false});
});

test.each([
  ["Adur and Worthing Councils", ["E07000223", "E07000229"]],
  ["South Kesteven District Council & Rutland County Council", ["E06000017", "E07000141"]],
  ["Babergh and Mid Suffolk District Councils", ["E07000200", "E07000203"]],
  ["Hackney Council / Islington Council", ["E09000012", "E09000019"]],
  ["Cambridge City Council & South Cambridgeshire DC (3C Shared Services)", ["E07000008", "E07000012"]],
  ["Slough Borough Council and RBWM", ["E06000039", "E06000040"]],
  ["Kent County Council on behalf of Dover and Medway", ["E06000035", "E07000108", "E10000016"]],
  ["Babergh Mid Suffolk", ["E07000200", "E07000203"]],
  ["Babergh Mid Suffolk District Council", ["E07000200", "E07000203"]],
  ["Worthing & Adur Shared Services", ["E07000223", "E07000229"]],
  ["Kingston and Sutton Shared Service", ["E09000021", "E09000029"]],
  ["South and East Lincolnshire Councils Partnership", ["E07000136", "E07000137", "E07000140"]]
])("%s is bought together, and both are named", (name, codes) => {
  expect(read(name)).toMatchObject({kind: "council", isJoint: true, councils: codes});
});

test("one council whose own name has an 'and' in it is not two", () => {
  for (const name of ["Bath and North East Somerset Council", "Bournemouth, Christchurch and Poole Council"])
    expect(read(name)).toMatchObject({kind: "council", isJoint: false});
});

test("a council's address after its name is not a second council", () => {
  expect(read("Kent County Council, Maidstone")).toMatchObject({councils: ["E10000016"], isJoint: false});
});

test("an agent is an agent, and its principal is named", () => {
  expect(read("LGSS on behalf of Cambridgeshire")).toMatchObject({kind: "portal-or-agent", councils: ["E10000003"]});
});

test("initials beside a council mean its neighbours in the county, and only when each fits one", () => {
  const three = ["E07000234", "E07000236", "E07000239"];
  expect(read("Wyre Forest District Council on behalf of RBC / BDC")).toMatchObject({isJoint: true, councils: three});
  expect(read("Wyre Forest District Council on behalf of XYZ")).toMatchObject({isJoint: true, councils: ["E07000239"]});
});

test("initials alone are any council with those initials, and another kind of evidence must tell which", () => {
  expect(read("RMBC")).toMatchObject({kind: "other", isUnsure: true, candidates: ["E08000005", "E08000018"]});
  expect(read("MK Council")).toMatchObject({kind: "other", isUnsure: true, candidates: ["E06000042"]});
  expect(read("IBM")).toMatchObject({candidates: []});
});

test("initials that say they are a council's, and can be only one's, are that council", () => {
  expect(read("ESCC")).toMatchObject({kind: "council", councils: ["E10000011"], rule: "initials-of-one-council"});
  for (const [letters, ...codes] of [
    ["DMBC", "E08000017", "E08000027"], // Doncaster, which is a city now, and Dudley
    ["SADC", "E07000221", "E07000240"], // Stratford-on-Avon, and St Albans without the City
    ["BFBC", "E06000036", "E07000027"] // Bracknell Forest, which drops the Borough, and Barrow-in-Furness
  ] as const)
    expect([...read(letters).candidates].sort()).toEqual(codes);
  expect(read("NCDC")).toMatchObject({kind: "other", councils: []}); // North Cornwall ended in 2009
  expect(read("N.K.D.C.")).toMatchObject({kind: "council", councils: ["E07000139"]});
  expect(read("CCC")).toMatchObject({kind: "other", councils: [], isUnsure: true}); // Cambridgeshire, Cumbria, Cardiff …
  expect(read("SCDC").candidates).toEqual(["E07000012", "E07000205"]); // South Cambridgeshire, Suffolk Coastal
});

test("places of councils that share no staff are not joined for standing beside each other", () => {
  expect(read("Dover Thanet")).toMatchObject({councils: [], isUnsure: true});
  expect(read("Adur and Worthing Hospital")).toMatchObject({kind: "nhs", councils: []});
});

test("the councils of an area are not the council that has its name", () => {
  for (const name of [
    "Kent Councils",
    "Surrey Councils Partnership",
    "Tees Valley Councils",
    "Tri-borough (Westminster, RBKC, H&F)"
  ])
    expect(read(name)).toMatchObject({kind: "other", isUnsure: true, councils: []});
});

test("an agent in front of a bracket is an agent for the council in it", () => {
  expect(read("STAR Procurement (on behalf of Trafford Council)")).toMatchObject({
    kind: "portal-or-agent",
    councils: ["E08000009"]
  });
});

test("a council that leads a consortium buys for others too", () => {
  expect(read("City of York Council (Consortium Lead)")).toMatchObject({isJoint: true, councils: ["E06000014"]});
});

test("a council's trading name is not the council", () => {
  expect(read("Kent County Council t/a LASER").kind).not.toBe("council");
  expect(read("Surrey County Council (t/a Example Energy)").kind).not.toBe("council");
});

test("a name that several places have is left to other evidence, with its candidates", () => {
  expect(read("Dorset")).toMatchObject({kind: "other", isUnsure: true, candidates: ["E06000059", "E10000009"]});
});

test("a parish that calls itself a council, and a district nobody knows, are for review and have no code", () => {
  expect(read("Little Whinging Council")).toMatchObject({kind: "parish-or-town", isUnsure: true, councils: []});
  expect(read("Cambridgeshire District Councils")).toMatchObject({isUnsure: true, councils: []});
  expect(read("Cork County Council")).toMatchObject({kind: "other", isUnsure: true, councils: []});
});

test.each([
  ["Chichester City Council", "Colchester City Council, two letters away"],
  ["Lichfield City Council", "the district of Lichfield"],
  ["Bramley Council", "Bromley Council, one letter away"],
  ["Leicester County Council", "the city's, or Leicestershire's"],
  ["Winchester Town Forum", "the city's"],
  ["Nottingham City Transport", "the city's department: it is a company"]
])("%s is not taken for %s", (name) => {
  expect(read(name)).toMatchObject({councils: []});
});

test.each([
  ["N.E. Lincs Council", "E06000012"],
  ["West Northants Council", "E06000062"],
  ["West Berks Council - Procurement", "E06000037"],
  ["Cardiff County Council", "W06000015"],
  ["The Council of the City of Wakefield", "E08000036"],
  ["Brsitol City Council", "E06000023"],
  ["Kirklees MC", "E08000034"],
  ["Gt Yarmouth Borough Council", "E07000145"],
  ["Lambeth Libraries & Archives", "E09000022"],
  ["BCKLWN", "E07000146"],
  ["Fermanagh & Omagh DC", "N09000006"], // Omagh District Council ended in 2015
  ["Lisburn & Castlereagh Borough Council", "N09000007"],
  ["Newry Mourne & Down DC", "N09000010"],
  ["Carms CC", "W06000010"],
  ["Sheffield City Council - Commercial Services", "E08000039"]
])("%s is one council, written in short or with a slip", (name, gss) => {
  expect(read(name)).toMatchObject({kind: "council", councils: [gss]});
});

test("a council under the trading name of a listed body is that body", () => {
  expect(read("Leicestershire County Council t/a ESPO")).toMatchObject({kind: "purchasing-body", councils: []});
});

test("places without a word that they buy are for review", () => {
  expect(read("Rochford and Castle Point")).toMatchObject({kind: "other", isUnsure: true});
});

test("a body hosted by a council is not the council", () => {
  expect(read("One Adoption hosted by Leeds City Council")).toMatchObject({kind: "other", isUnsure: true});
});
