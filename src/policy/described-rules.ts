/** Every rule that can find something under a policy, with what it says. */

import { RULES } from "../model/finding.ts";
import type { Policy } from "../model/policy.ts";
import { REGO_RULES } from "../model/rego.ts";

export interface DescribedRule {
  readonly id: string;
  readonly description: string;
  /** Some layer says how it counts; otherwise it is a warning. */
  readonly mentioned: boolean;
}

export function describedRules({ rules, custom, rego }: Policy): DescribedRule[] {
  const own = Object.entries(custom).map(([name, { description }]) => [`custom/${name}`, description] as const);
  const inRego = Object.entries(rego).flatMap(([name, { policy }]) =>
    REGO_RULES.map((rule) => [`rego/${name}/${rule}`, `What the Rego in ${policy} gives by ${rule}.`] as const),
  );
  return [...Object.entries(RULES), ...own, ...inRego].map(([id, description]) => ({
    id,
    description,
    mentioned: Object.hasOwn(rules, id),
  }));
}
