/** The catalogue of resource types as it ships, loaded when the first plan with changes asks for it. */

import type { Catalogue, TypeEntry } from "./model/catalogue.ts";

/** What `scripts/generate.mjs` writes: entries that many types share, with the types between spaces. */
type Generated = readonly (TypeEntry & { readonly types: string })[];

/** A plan has few types and the catalogue thousands: searching its text for one costs less than taking it apart. */
export async function loadCatalogue(): Promise<Catalogue> {
  const { default: generated } = await import("./generated/catalogue.json", { with: { type: "json" } });
  return { get: (type) => (generated as Generated).find(({ types }) => types.includes(` ${type} `)) };
}
