/** Where a block is written. */

import type { Location } from "../../model/source.ts";

/** ` · network.tf:14` behind what is said of an object; nothing where the place is not known. */
export function atLocation(location: Location | null | undefined): string {
  return location ? ` · ${location.file}:${location.line}` : "";
}
