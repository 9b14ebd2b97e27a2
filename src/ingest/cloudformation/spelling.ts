/** How names of the API are written: as the API has them, or as the console's JSON does. */

export type Spelling = "pascal" | "camel";

/** A name of the API in a spelling. */
export function spelled(name: string, spelling: Spelling): string {
  return spelling === "pascal" ? name : name.charAt(0).toLowerCase() + name.slice(1);
}
