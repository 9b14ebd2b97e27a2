/** Where the resources of a tree are written: in a file that was given, else in the text that AWS was given. */

import type { Location } from "../../model/source.ts";
import type { Beside } from "./beside.ts";
import type { PlacedStack } from "./template/place.ts";

/** By address; `undefined` where nothing that was given says it. */
export function locationsIn(
  placed: readonly PlacedStack[],
  { submittedLines }: Beside,
): (address: string) => Location | undefined {
  const byPath = new Map(placed.map((stack) => [stack.path, stack]));
  return (address) => {
    const slash = address.lastIndexOf("/");
    const stack = byPath.get(slash < 0 ? "" : address.slice(0, slash));
    if (stack === undefined) return undefined;
    const logicalId = address.slice(slash + 1);
    for (const { path, resources } of [...stack.templates.map(({ template }) => template), ...stack.written]) {
      const line = resources.get(logicalId)?.line;
      if (line !== undefined) return { file: path, line };
    }
    for (const lines of submittedLines.get(stack.name ?? "") ?? []) {
      const line = lines.get(logicalId);
      if (line !== undefined) return { file: submittedFile(stack.name ?? ""), line };
    }
    return undefined;
  };
}

/** No file that anybody has: the stack whose template it is. */
function submittedFile(stackName: string): string {
  return `cfn://${stackName}`;
}
