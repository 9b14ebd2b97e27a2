/** How names of the API are written: as the API has them, or as the console's JSON does. */

import type { FieldSpec } from "../json/fields.ts";

export type Spelling = "pascal" | "camel";

/** A name of the API in a spelling. */
export function spelled(name: string, spelling: Spelling): string {
  return spelling === "pascal" ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** Fields of the API in a spelling, in the same order. */
export function spelledFields(spec: FieldSpec, spelling: Spelling): FieldSpec {
  return Object.fromEntries(
    Object.entries(spec).map(([name, inner]) => [
      spelled(name, spelling),
      inner === true ? true : spelledFields(inner, spelling),
    ]),
  );
}
