/** The catalogue of resource types as it ships, unfolded when the first plan with changes asks for it. */

import type { Catalogue, TypeEntry } from "./model/catalogue.ts";

/** What `scripts/generate.mjs` writes: entries that many types share, with the types parted by spaces. */
type Generated = readonly (TypeEntry & { readonly types: string })[];

export async function loadCatalogue(): Promise<Catalogue> {
  const { default: generated } = await import("./generated/catalogue.json", { with: { type: "json" } });
  const catalogue = new Map<string, TypeEntry>();
  for (const { types, ...entry } of generated as Generated)
    for (const type of types.split(" ")) catalogue.set(type, entry);
  return catalogue;
}
