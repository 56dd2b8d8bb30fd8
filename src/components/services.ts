/** The service lines of contracts and indicators, in the order of the revenue outturn, as a reader says them. */
const SERVICE_LABELS: Readonly<Record<string, string>> = {
  education: "Education",
  "highways-transport": "Highways and transport",
  "childrens-social-care": "Children’s social care",
  "adult-social-care": "Adult social care",
  "public-health": "Public health",
  "housing-homelessness": "Housing and homelessness",
  cultural: "Cultural services",
  environmental: "Environmental and regulatory services",
  planning: "Planning and development",
  police: "Police",
  fire: "Fire and rescue",
  "central-support": "Central support",
  "capital-works": "Capital works",
  other: "Other services",
  ambiguous: "Cannot be told from the notice"
};

export const serviceLines: readonly string[] = Object.keys(SERVICE_LABELS);

/** @throws {RangeError} for a service line that no contract can have */
export function serviceLabel(serviceLine: string): string {
  const label = SERVICE_LABELS[serviceLine];
  if (label === undefined)
    throw new RangeError(`"${serviceLine}" has no name for readers: add it to src/components/services.ts`);
  return label;
}

const CLASS_LABELS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  county: ["county council", "county councils"],
  district: ["district council", "district councils"],
  unitary: ["unitary council", "unitary councils"],
  "metropolitan-borough": ["metropolitan borough", "metropolitan boroughs"],
  "london-borough": ["London borough", "London boroughs"],
  scottish: ["council in Scotland", "councils in Scotland"],
  welsh: ["council in Wales", "councils in Wales"],
  "northern-irish": ["council in Northern Ireland", "councils in Northern Ireland"]
};

/** Every class, counties first. */
export const councilClasses: readonly string[] = Object.keys(CLASS_LABELS);

export const classLabel = (councilClass: string): string => CLASS_LABELS[councilClass]?.[0] ?? councilClass;
export const classLabelPlural = (councilClass: string): string => CLASS_LABELS[councilClass]?.[1] ?? councilClass;
