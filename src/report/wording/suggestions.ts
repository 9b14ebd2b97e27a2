/** Destruction that can be avoided, in words, and as text to put into the configuration. */

import { printable } from "../../model/printable.ts";
import type { ReportedSuggestion } from "../../model/report.ts";
import type { MovedBlock, Suggestion } from "../../model/suggestion.ts";
import { counted, formatRange, listed } from "./numbers.ts";

/** What is suggested, in one sentence. */
export function suggestionMessage(suggestion: Suggestion): string {
  if (suggestion.kind === "moved") {
    const { blocks, objects, uncompared } = suggestion;
    const [first] = blocks;
    const more = blocks.length > 1 ? ` and ${blocks.length - 1} more` : "";
    const what = objects === 1 ? "is a rename" : `, ${counted(objects, "object")} in all, are a rename`;
    const open =
      uncompared.length === 0
        ? ""
        : `, as far as can be compared: ${listed(uncompared)} ${uncompared.length === 1 ? "has" : "have"} sensitive values`;
    return `${first?.from} to ${first?.to}${more}${what.startsWith(",") ? "" : " "}${what}${open}`;
  }
  if (suggestion.kind === "stack-refactor") {
    const [first, ...others] = suggestion.blocks;
    const more = others.length === 0 ? " is a rename" : ` and ${others.length} more are renames`;
    return `${first?.from} to ${first?.to}${more}, and a stack refactor keeps the resources`;
  }
  const { address, removed, shifted } = suggestion;
  return `${address} uses count, and its indices shift: only ${listed(removed)} ${removed.length === 1 ? "is" : "are"} taken out, but ${counted(shifted.length, "other instance", "other instances")} ${shifted.length === 1 ? "takes" : "take"} over what the next one was. for_each keeps each instance under a key of its own`;
}

/** What to do about it, in one sentence. */
export function suggestionRemedy(suggestion: Suggestion): string {
  if (suggestion.kind === "moved")
    return "Add the moved blocks to the root module and plan again: nothing of it has to end.";
  if (suggestion.kind === "stack-refactor")
    return "Rename with aws cloudformation create-stack-refactor and these resource mappings, then make the change set anew.";
  return "Use for_each with a key that stays with each instance, and move every index to its key with a moved block, before anything is taken out.";
}

/** The `moved` blocks; for `for-each` a sketch of them, since only people know the keys. */
export function suggestionText(suggestion: Suggestion): string {
  if (suggestion.kind === "moved") return suggestion.blocks.map(movedBlock).join("\n");
  if (suggestion.kind === "stack-refactor") return resourceMappings(suggestion.blocks);
  const { address, staying } = suggestion;
  const toKey = (from: string): MovedBlock => ({
    from,
    to: `${address}["KEY_OF_${from.slice(address.length + 1, -1)}"]`,
  });
  return staying.map((from) => movedBlock(toKey(from))).join("\n");
}

/** The option `--resource-mappings` of `aws cloudformation create-stack-refactor`; the name of the stack is for people to fill in. */
function resourceMappings(blocks: readonly MovedBlock[]): string {
  const place = (address: string) => ({
    StackName: address.includes("/") ? `NAME_OF_${address.slice(0, address.lastIndexOf("/"))}` : "NAME_OF_STACK",
    LogicalResourceId: address.slice(address.lastIndexOf("/") + 1),
  });
  const rows = blocks.map(({ from, to }) => JSON.stringify({ Source: place(from), Destination: place(to) }));
  return `[\n${rows.map((row) => `  ${printable(row)}`).join(",\n")}\n]\n`;
}

/** What the plan would come to with it. */
export function endsWith({ wouldEnd, verdict }: ReportedSuggestion): string {
  const nothing = wouldEnd.lower === 0 && wouldEnd.upper === 0;
  const ends = nothing
    ? "nothing ends"
    : `${formatRange(wouldEnd)} ${wouldEnd.upper === 1 ? "object ends" : "objects end"}`;
  return `With it ${ends}, and the verdict is ${verdict.toUpperCase()}:`;
}

/** As `terraform fmt` would have it. `\\uXXXX` is an escape of HCL too, so what must not be printed still means the same. */
function movedBlock({ from, to }: MovedBlock): string {
  return `moved {\n  from = ${printable(from)}\n  to   = ${printable(to)}\n}\n`;
}
