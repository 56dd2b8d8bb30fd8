/** What a register says about one contract, by the columns of one layout. Names are compared without case, numbers and signs. */
export interface Profile {
  readonly id: string;
  readonly source: string; // where the list of columns was published
  readonly columns: Readonly<Partial<Record<Field, readonly string[]>>>;
  readonly tells: readonly Field[]; // a header that has these columns under this profile's names is of this layout
  readonly value: "whole-life" | "annual" | "not-stated"; // what the figure in the value column means
}

export type Field =
  | "organisation"
  | "reference"
  | "title"
  | "description"
  | "supplier"
  | "companyNumber"
  | "charityNumber"
  | "value"
  | "starts"
  | "ends"
  | "awarded"
  | "cpv"
  | "procedure"
  | "sme"
  | "vcse";

/** The layouts that councils' contract registers are known to have. Adding one is adding an entry and a fixture. */
export const PROFILES: readonly Profile[] = [
  {
    id: "local-government-association",
    source: "Local Government Association, Publishing spending and procurement information, version 1.3 (June 2015)",
    columns: {
      organisation: ["organisation name", "organisation label"],
      reference: ["contract reference number", "contract reference"],
      title: ["contract title", "title of agreement"],
      description: ["description", "contract description"],
      supplier: ["supplier name"],
      companyNumber: ["supplier registered company number", "supplier company number"],
      charityNumber: ["supplier charity number", "supplier registered charity number"],
      value: ["contract value", "value of contract", "sum to be paid"],
      starts: ["contract start date", "start date"],
      ends: ["contract end date", "end date"],
      cpv: ["cpv uri", "cpv code", "cpv label"],
      procedure: ["process type", "contract type"],
      sme: ["supplier sme", "sme"],
      vcse: ["supplier vcse", "vcse"]
    },
    tells: ["organisation", "reference", "title", "supplier", "starts"],
    value: "not-stated" // the guide allows the sum over the contract or the estimated annual spending
  },
  {
    id: "transparency-code-list",
    source:
      "North Norfolk District Council, Contracts and purchasing over £5,000 (the list of the Transparency Code, in its order)",
    columns: {
      reference: ["reference number"],
      title: ["title of agreement"],
      description: ["description of the goods and or services being provided", "description of goods and or services"],
      supplier: ["supplier name and details", "supplier name"],
      value: [
        "sum to be paid over the length of the contract or the estimated annual spending or budget for the contract",
        "sum to be paid"
      ],
      starts: ["start date", "start"],
      ends: ["end date", "end"],
      procedure: ["invitation to quote or invitation to tender", "tender or quote"],
      sme: ["small or medium sized enterprise", "sme"],
      vcse: ["voluntary or community sector organisation", "vcse"]
    },
    tells: ["reference", "title", "supplier", "value"],
    value: "not-stated"
  },
  {
    id: "vendor-and-validity",
    source: "Birmingham City Council, Procurement contract register",
    columns: {
      reference: ["contract id"],
      title: ["contract description"],
      supplier: ["vendor", "vendor name"],
      value: ["extended contract value", "original contract value"],
      starts: ["validity period start"],
      ends: ["validity period end"]
    },
    tells: ["reference", "title", "supplier", "starts", "ends"],
    value: "whole-life"
  },
  {
    id: "other-parties",
    source: "London Legacy Development Corporation, Contract register (from December 2014)",
    columns: {
      reference: ["contract reference"],
      organisation: ["entity"],
      supplier: ["other parties to the contract"],
      title: ["title"],
      description: ["brief description of the contract"],
      awarded: ["contract completion date"], // the day on which both parties had signed
      starts: ["contract start date"],
      ends: ["contract end date"],
      procedure: ["contract type"],
      value: ["value"]
    },
    tells: ["reference", "supplier", "title", "value"],
    value: "whole-life"
  },
  {
    id: "scottish-regulated-procurement",
    source: "Scottish Government, Supplier Journey: minimum contents of a contracts register",
    columns: {
      awarded: ["date awarded", "date of award", "award date"],
      supplier: ["name of contractor", "name of contractors", "contractor"],
      title: ["subject matter", "subject matter of the contract"],
      value: ["estimated value", "estimated value of the contract"],
      starts: ["start date"],
      ends: ["end date", "end date excluding extensions"]
    },
    tells: ["supplier", "title", "value"],
    value: "whole-life"
  },
  {
    id: "annual-value",
    source: "Common variant of council registers: a column that says that its figure is for one year",
    columns: {
      reference: ["ref", "contract ref", "contract reference", "contract number"],
      title: ["contract", "contract name", "contract title"],
      supplier: ["supplier", "contractor", "provider"],
      value: ["annual value", "annual contract value", "estimated annual value", "value per annum"],
      starts: ["start date", "start", "contract start"],
      ends: ["end date", "end", "contract end", "expiry date"]
    },
    tells: ["title", "supplier", "value"],
    value: "annual"
  },
  {
    id: "total-value",
    source: "Common variant of council registers: a column for the value of the whole contract",
    columns: {
      reference: ["ref", "contract ref", "contract number", "contract id"],
      title: ["contract", "contract name", "contract title"],
      supplier: ["supplier", "contractor", "provider"],
      value: ["total value", "total contract value", "whole life value", "contract total"],
      starts: ["start date", "start", "contract start"],
      ends: ["end date", "end", "contract end", "expiry date"]
    },
    tells: ["title", "supplier", "value"],
    value: "whole-life"
  }
];
