/** The catalogue of resource types as it ships, loaded when the first plan with changes asks for it. */

import type { Catalogue, TypeDetails, TypeEntry } from "./model/catalogue.ts";

/** What `scripts/generate.mjs` writes: entries that many types share, with the types between spaces. */
type Grouped<Entry> = readonly (Entry & { readonly types: string })[];

/** `detailed` loads the larger part too, which only plans that change or end something need. */
export async function loadCatalogue(detailed: boolean): Promise<Catalogue> {
  const { default: entries } = await import("./generated/catalogue.json", { with: { type: "json" } });
  const details = detailed ? (await import("./generated/catalogue-details.js")).default : [];
  return {
    get: (type) => find(entries as Grouped<TypeEntry>, type),
    details: (type) => find(details as Grouped<TypeDetails>, type),
  };
}

export const EMPTY_CATALOGUE: Catalogue = { get: () => undefined, details: () => undefined };

/** A plan has few types and the catalogue thousands: searching its text for one costs less than taking it apart. */
function find<Entry>(groups: Grouped<Entry>, type: string): Entry | undefined {
  return groups.find(({ types }) => types.includes(` ${type} `));
}
