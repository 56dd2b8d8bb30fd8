import {FIRST_YEAR, PLAIN, type Portfolio, type World, type WorldOptions, worldOf} from "../analysis/world.ts";

// A SYNTHETIC country: invented councils that buy through invented contracts, with an effect that we put there ourselves, so that
// every page can be seen full. Every name says SYNTHETIC; no code of a real council is used.

/** A council of the invented country. */
export interface DemoCouncil {
  readonly gss: string; // in the block 900-999 that the Office for National Statistics has not used
  readonly name: string;
  readonly short: string;
  readonly tier: "single" | "upper" | "lower";
  readonly class: "county" | "unitary" | "metropolitan-borough" | "london-borough" | "district";
  readonly region: string;
  readonly county: string | null; // over a district
  readonly population: number;
  readonly imd: number;
  readonly rural: number;
}

/** What one council bought for one service. */
export interface DemoPortfolio {
  readonly council: DemoCouncil;
  readonly service: Service;
  readonly contracts: Portfolio["contracts"];
}

export interface DemoWorld {
  readonly councils: readonly DemoCouncil[];
  readonly portfolios: readonly DemoPortfolio[];
  readonly childrens: World; // of councils of the upper tier, in their order: outcomes follow its contracts
  readonly housing: World; // likewise of the lower tier
  readonly years: readonly number[]; // financial years, by the year in which they end, in which contracts run
}

/** A service line that councils of the invented country buy for. */
export interface Service {
  readonly line: "childrens-social-care" | "adult-social-care" | "housing-homelessness" | "environmental";
  readonly tier: "upper" | "lower";
  readonly cpv: string;
  readonly what: string;
}

export const SERVICES: readonly Service[] = [
  {line: "childrens-social-care", tier: "upper", cpv: "85311300", what: "Residential care of children"},
  {line: "adult-social-care", tier: "upper", cpv: "85311100", what: "Home care for older people"},
  {line: "housing-homelessness", tier: "lower", cpv: "70333000", what: "Temporary accommodation"},
  {line: "environmental", tier: "lower", cpv: "90511000", what: "Refuse collection"}
];

const REGIONS = ["SYNTHETIC North", "SYNTHETIC Middle", "SYNTHETIC South"];
const DISTRICTS_PER_COUNTY = 2;
const CLASSES = [
  {class: "county", block: "E10", word: "County"},
  {class: "unitary", block: "E06", word: "Unitary"},
  {class: "metropolitan-borough", block: "E08", word: "Metropolitan Borough"},
  {class: "london-borough", block: "E09", word: "London Borough"}
] as const;

/**
 * The invented country of a seed.
 *
 * @param councils of the upper tier and unitaries, in four classes in turn; every county has two districts besides
 * @param effect planted: points of repeat demand per doubling of the typical pound
 */
export function demoWorld(seed: number, councils: number, effect: number): DemoWorld {
  const planted: WorldOptions = {
    ...PLAIN,
    councils,
    effect,
    elasticity: effect / 20,
    confounding: 0.5,
    withheldOutcomes: 0.02
  };
  const childrens = worldOf(seed, {...planted, classes: CLASSES.map(({class: ofClass}) => ofClass)});
  const upper = childrens.portfolios.map(({council}, i): DemoCouncil => {
    const {class: ofClass, block, word} = CLASSES[i % CLASSES.length]!;
    const short = `SYNTHETIC ${word} ${Math.floor(i / CLASSES.length) + 1}`;
    return {
      gss: `${block}${900_000 + i}`,
      name: `${short} Council`,
      short,
      tier: ofClass === "county" ? "upper" : "single",
      class: ofClass,
      region: REGIONS[i % REGIONS.length]!,
      county: null,
      population: council.population,
      imd: council.imd_score,
      rural: council.rural_pct
    };
  });
  const all = [...upper, ...upper.filter(({tier}) => tier === "upper").flatMap(districtsOf)];
  const lower = all.filter(({tier}) => tier !== "upper");
  const housing = worldOf(seed + 1, {...planted, councils: lower.length});
  const portfolios = SERVICES.flatMap((service, k): DemoPortfolio[] => {
    const buying = service.tier === "upper" ? upper : lower;
    const world = [childrens, null, housing, null][k] ?? worldOf(seed + k, {...planted, councils: buying.length});
    return buying.map((council, i) => ({council, service, contracts: world.portfolios[i]!.contracts}));
  });
  return {
    councils: all,
    portfolios,
    childrens,
    housing,
    years: Array.from({length: PLAIN.years}, (_, t) => FIRST_YEAR + t)
  };
}

const districtsOf = (county: DemoCouncil): DemoCouncil[] =>
  Array.from({length: DISTRICTS_PER_COUNTY}, (_, k): DemoCouncil => {
    const short = `${county.short.replace("County", "District")}${"AB".charAt(k)}`;
    return {
      ...county,
      gss: `E07${900_000 + Number(county.gss.slice(-3)) * DISTRICTS_PER_COUNTY + k}`,
      name: `${short} Council`,
      short,
      tier: "lower",
      class: "district",
      county: county.gss,
      population: Math.round(county.population / DISTRICTS_PER_COUNTY)
    };
  });
