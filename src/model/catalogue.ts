/** What the catalogue of resource types says of one type. Source: the files under `rulesets/catalogue/`. */

export const LOSSES = [
  "data",
  "backups",
  "history",
  "endpoint",
  "address",
  "ip",
  "arn",
  "name",
  "keys",
  "credentials",
  "access",
  "records",
  "capacity",
  "configuration",
] as const;
export type Loss = (typeof LOSSES)[number];

export interface TypeEntry {
  /** Ending one loses data that people put there. This alone feeds the limit `dataLoss`. */
  readonly holdsData: boolean;
  /** What else is lost with it; `data` exactly when it holds data. */
  readonly losses: readonly Loss[];
  /** Replaced in ordinary work. */
  readonly routine?: boolean;
}

/** Entries by type name, as the plan writes it; `undefined` for a type that is not listed, which is not the same as harmless. */
export interface Catalogue {
  readonly get: (type: string) => TypeEntry | undefined;
}
