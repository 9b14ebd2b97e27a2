/** What single attributes tell, before all that tells the same of one object is put together. */

import { compareText } from "../../model/address.ts";
import type { Weakened, Widening } from "../../model/hazard.ts";
import type { UpdateRuleId } from "../../model/updates.ts";
import type { AttributePath } from "../../model/values.ts";

export interface Sign {
  readonly rule: UpdateRuleId;
  /** Empty: the whole object. */
  readonly path: AttributePath;
  /** The new value is not in the plan: it may be so. */
  readonly unseen: boolean;
  /** In what way a policy comes to allow more. */
  readonly cause?: Widening;
}

export function signOf(rule: UpdateRuleId, path: AttributePath, unseen: boolean, cause?: Widening): Sign {
  return { rule, path, unseen, ...(rule === "policy-widened" && cause !== undefined && { cause }) };
}

/** One fact for each rule. An attribute that is sure to tell is not said to be unseen as well. */
export function weakenedBy(signs: readonly Sign[]): Weakened[] {
  if (signs.length === 0) return [];
  const rules = [...new Set(signs.map(({ rule }) => rule))];
  return rules.map((ruleId) => {
    const own = signs.filter(({ rule }) => rule === ruleId);
    const paths = distinct(own.filter(({ unseen }) => !unseen));
    const sure = new Set(paths.map((path) => path.join("/")));
    const unseen = distinct(own.filter((sign) => sign.unseen && !sure.has(sign.path.join("/"))));
    const causes = [...new Set(own.flatMap(({ cause }) => cause ?? []))].sort();
    return { ruleId, paths, unseen, ...(causes.length > 0 && { causes }) };
  });
}

function distinct(signs: readonly Sign[]): AttributePath[] {
  const byText = new Map(signs.map(({ path }) => [path.join("/"), path]));
  byText.delete("");
  return [...byText].sort(([left], [right]) => compareText(left, right)).map(([, path]) => path);
}
