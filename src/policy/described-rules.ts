/** Every rule that can find something under a policy, with what it says. */

import { RULES } from "../model/finding.ts";
import type { Policy } from "../model/policy.ts";

export interface DescribedRule {
  readonly id: string;
  readonly description: string;
  /** Some layer says how it counts; otherwise it is a warning. */
  readonly mentioned: boolean;
}

export function describedRules({ rules }: Policy): DescribedRule[] {
  return Object.entries(RULES).map(([id, description]) => ({ id, description, mentioned: Object.hasOwn(rules, id) }));
}
