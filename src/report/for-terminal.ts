/** What a terminal must not take for its own signs; the other formats have theirs in `escape.ts`. */

import { printable } from "../model/printable.ts";

/** For terminals and logs: nothing in it moves the cursor, colours, turns direction or breaks the line. */
export function forTerminal(text: string): string {
  return printable(text);
}
