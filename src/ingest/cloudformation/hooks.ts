/** Hooks that run before changes and may refuse them. Which run is known; what they will say is not. */

import { compareText } from "../../model/address.ts";
import type { BlindSpot } from "../../model/blind-spot.ts";
import { printable } from "../../model/printable.ts";
import type { Answers, PlannedHook } from "./answers.ts";
import { addressIn, type Stack, type StackTree } from "./join.ts";
import { listed } from "./names.ts";

/** One sentence for all of a tree; none when CloudFormation counts no hook. */
export function hookSpots(tree: StackTree, { stacks: facts }: Answers): BlindSpot[] {
  const hooked = tree.stacks.flatMap((stack) => hookedIn(stack).map((address) => ({ stack, address })));
  if (hooked.length === 0) return [];
  const addresses = hooked.map(({ address }) => address).sort(compareText);
  const planned = [...new Set(hooked.map(({ stack }) => stack))].map(
    ({ head }) => facts.get(head.stackName ?? "")?.hooks,
  );
  const known = planned.every((hooks) => hooks !== undefined) ? planned.flatMap((hooks) => hooks ?? []) : undefined;
  const head = hooked[0]?.stack.head;
  const ask = `aws cloudformation describe-change-set-hooks --change-set-name ${printable(head?.changeSetId ?? "CHANGE_SET")}`;
  return [
    {
      code: "hooks",
      message: `Hooks run before ${listed(addresses)}, and what they will say is not known: ${known === undefined ? `${ask} names them` : hookWords(known)}.`,
    },
  ];
}

function hookedIn({ path, rows }: Stack): string[] {
  return [...rows.values()].filter(({ hooks }) => hooks > 0).map(({ logicalId }) => addressIn(path, logicalId));
}

/** `A::B::Hook can stop the change, C::D::Hook only warns`; a mode that nobody knows can stop it. */
function hookWords(hooks: readonly PlannedHook[]): string {
  const byType = new Map<string, boolean>();
  for (const { type, failureMode } of hooks) byType.set(type, (byType.get(type) ?? false) || failureMode !== "WARN");
  return [...byType]
    .sort(([left], [right]) => compareText(left, right))
    .map(([type, stops]) => `${printable(type)} ${stops ? "can stop the change" : "only warns"}`)
    .join(", ");
}
