/** Objects that the policy protects: by address, by type or by a tag that they have before the change. */

import type { AssessedChange } from "../model/blast.ts";
import type { ProtectedByPolicy } from "../model/finding.ts";
import type { JudgedPlan } from "../model/judgement.ts";
import type { Policy } from "../model/policy.ts";
import type { HeldTo } from "./held-to.ts";
import { matchesText } from "./patterns.ts";
import { hasTag } from "./tags.ts";

/** Protected objects that end, once each. Whoever is held to the lower bound answers only for what is certain. */
export function protectedEndings(
  { assessed }: JudgedPlan,
  { bound }: HeldTo,
  policy: Policy["protected"],
): ProtectedByPolicy[] {
  return assessed.changes
    .filter(({ ending }) => ending === "certain" || (ending === "conditional" && bound === "upper"))
    .flatMap((assessedChange) => {
      const by = protectionOf(assessedChange, policy);
      return by === undefined ? [] : [{ ruleId: "protected-by-policy", address: assessedChange.change.address, ...by }];
    });
}

type Protection = Pick<ProtectedByPolicy, "by" | "pattern">;

function protectionOf(
  { change }: AssessedChange,
  { addresses, types, tags }: Policy["protected"],
): Protection | undefined {
  const matches = (patterns: readonly string[], text: string): string | undefined =>
    patterns.find((pattern) => matchesText(pattern, text));
  // An object that is moved keeps its protection on the way.
  const address = matches(addresses, change.address) ?? matches(addresses, change.previousAddress ?? change.address);
  if (address !== undefined) return { by: "address", pattern: address };
  const type = matches(types, change.type);
  if (type !== undefined) return { by: "type", pattern: type };
  const names = Object.keys(tags);
  if (names.length === 0) return undefined;
  const { before } = change.values();
  const tag = names.find((name) => hasTag(before, name, tags[name] ?? []));
  return tag === undefined ? undefined : { by: "tag", pattern: tag };
}
