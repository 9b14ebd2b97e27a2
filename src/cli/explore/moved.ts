/** The text that would keep an object: `moved` blocks, resource mappings, or a sketch of them for people to complete. */

import { parseAddress, splitAddress } from "../../model/address.ts";
import type { ReportedSuggestion } from "../../model/report.ts";
import type { Entry, Explored } from "./explored.ts";

/** What was suggested for this very object, or for something that it lies in. */
export function suggestionsFor({ report }: Explored, { plan, change }: Entry): readonly ReportedSuggestion[] {
  const suggestions = report.plans[plan]?.suggestions ?? [];
  if (suggestions.length === 0) return [];
  const around = containers(change.address);
  return suggestions.filter(({ kind, blocks, message }) =>
    kind === "for-each"
      ? message.startsWith(`${parseAddress(change.address).resource} `)
      : blocks.some(({ from, to }) => around.has(from) || around.has(to)),
  );
}

/** Of all that is suggested the blocks that have to do with the object; a sketch as a whole. */
export function movedText(all: Explored, entry: Entry): string {
  const around = containers(entry.change.address);
  return suggestionsFor(all, entry)
    .map(({ kind, text, blocks }) => {
      if (kind !== "moved") return text;
      const own = blocks.flatMap(({ from, to }, place) => (around.has(from) || around.has(to) ? [place] : []));
      const texts = text.trimEnd().split("\n\n");
      return own.map((place) => `${texts[place]}\n`).join("\n");
    })
    .join("\n");
}

/** Everything that a block can name so that it covers the object: itself, its resource, each module around it. */
function containers(address: string): ReadonlySet<string> {
  const { resource } = parseAddress(address);
  const found = new Set([address, resource]);
  const steps = splitAddress(address);
  for (let end = 2; end < steps.length && steps[end - 2] === "module"; end += 2) {
    const outer = steps.slice(0, end).join(".");
    found.add(outer).add(outer.replace(/\[[^[\]]*\]$|\["(?:[^"\\]|\\.)*"\]$/, ""));
  }
  return found;
}
