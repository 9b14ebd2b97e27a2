/** Names in a sentence. */

import { printable } from "../../model/printable.ts";

const MOST_NAMED = 3;

/** `A, B, C and 4 more` */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map(printable).join(", ");
  return names.length > MOST_NAMED ? `${shown} and ${names.length - MOST_NAMED} more` : shown;
}
