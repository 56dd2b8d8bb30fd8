import {FIRST_YEAR, type WorldContract} from "../analysis/world.ts";
import {sectorOf} from "./demoReferences.ts";
import type {DemoCouncil, DemoPortfolio, DemoWorld} from "./demoWorld.ts";

const PER_PACKAGE = 1_000;

/** Every award of the invented country as OCDS release packages in the form in which Contracts Finder publishes, with its usual flaws. */
export function* releasePackages(world: DemoWorld): Generator<string> {
  const place = new Map(world.councils.map(({gss}, i) => [gss, i]));
  let releases: object[] = [];
  let number = 0;
  for (const portfolio of world.portfolios)
    for (const contract of portfolio.contracts.filter(({isPublished}) => isPublished)) {
      number += 1;
      releases.push(...releasesOf(number, portfolio, contract, place));
      if (releases.length >= PER_PACKAGE) {
        yield packageOf(releases);
        releases = [];
      }
    }
  if (releases.length > 0) yield packageOf(releases);
}

const packageOf = (releases: readonly object[]): string =>
  JSON.stringify({publisher: {name: "SYNTHETIC: invented for a demonstration"}, releases});

/** Of a hundred: one placeholder of a pound, three published twice, four frameworks whose ceiling is ten times what runs through them. */
function releasesOf(
  number: number,
  {council, service}: DemoPortfolio,
  contract: WorldContract,
  place: ReadonlyMap<string, number>
): object[] {
  const kind = number % 100;
  const years = contract.ends - contract.starts + 1;
  const pounds = kind === 0 ? 1 : Math.round(contract.size * years) * (kind <= 4 ? 10 : 1);
  const supplier = supplierOf(council, contract.supplier, place);
  const id = `SYNTHETIC-${String(number).padStart(6, "0")}`;
  const release = {
    ocid: `ocds-b5fd17-${id}`,
    id: `${id}-1`,
    date: `${FIRST_YEAR + contract.starts - 1}-02-${String(1 + (number % 28)).padStart(2, "0")}T12:00:00Z`,
    tag: ["award"],
    buyer: {id: council.gss, name: council.name},
    tender: {
      id,
      title: `SYNTHETIC: ${service.what}, ${council.short}, contract ${number}`,
      procurementMethodDetails: kind >= 1 && kind <= 4 ? "Framework agreement" : "Open procedure",
      ...(kind >= 1 && kind <= 4 ? {techniques: {hasFrameworkAgreement: true}} : {}),
      items: [{id: 1, classification: {scheme: "CPV", id: service.cpv}}]
    },
    parties: [
      {id: council.gss, name: council.name, roles: ["buyer"]},
      {id: "1", name: supplier.name, roles: ["supplier"], address: {postalCode: supplier.postcode}}
    ],
    awards: [
      {
        id: `${id}-award`,
        status: "active",
        value: {amount: pounds, currency: "GBP"},
        suppliers: [{id: "1", name: supplier.name}],
        contractPeriod: {
          startDate: `${FIRST_YEAR + contract.starts - 1}-04-01T00:00:00+01:00`,
          endDate: `${FIRST_YEAR + contract.ends}-03-31T00:00:00+01:00`
        }
      }
    ]
  };
  return kind >= 5 && kind <= 7
    ? [release, {...release, id: `${id}-2`, date: release.date.replace("-02-", "-03-")}]
    : [release];
}

/** A third of the suppliers sell everywhere and sit elsewhere; the others sell where they are. */
function supplierOf(
  council: DemoCouncil,
  supplier: number,
  place: ReadonlyMap<string, number>
): {readonly name: string; readonly postcode: string} {
  const own = place.get(council.gss)!;
  if (supplier % 3 === 0)
    return {name: `SYNTHETIC National Services ${supplier} Ltd`, postcode: `${sectorOf(supplier % place.size)}AA`};
  return {name: `SYNTHETIC Local Services ${own + 1}-${supplier} Ltd`, postcode: `${sectorOf(own)}AB`};
}
