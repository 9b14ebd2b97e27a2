/** What goes to standard error: sentences, with whatever a plan brought into them made inert. */

import { printable } from "../model/printable.ts";
import type { World } from "./world.ts";

/** One sentence on standard error, and what to do about it. */
export function explain(world: World, message: string, hint: string | undefined): void {
  const lines = [...message.split("\n"), ...(hint === undefined ? [] : [`  ${hint}`])].map(printable);
  world.stderr.write(`firebreak: ${lines.join("\n")}\n`);
}
