/** Guards of the catalogue that were on before a change and are off after it. */

import type { Guard } from "../../model/catalogue.ts";
import type { ChangeValues } from "../../model/plan.ts";
import type { UpdateRuleId } from "../../model/updates.ts";
import { guardStates } from "../guards.ts";
import { type Sign, signOf } from "./signs.ts";
import { isEmpty, isUnseen, slotsAt } from "./values.ts";

/** Those of `needs-inspection` say nothing sure; where one of them tells, the lexicon names it. */
const PROTECTS: ReadonlySet<Guard["effect"]> = new Set(["blocks-delete", "keeps-object", "keeps-backup"]);

export function protectionLost(guards: readonly Guard[], values: ChangeValues): Sign[] {
  const telling = guards.filter(({ effect, protectsWhen }) => PROTECTS.has(effect) && protectsWhen !== "positive");
  const names = [...new Set(telling.map(({ attribute }) => attribute))];
  return names.flatMap((name) => {
    // One attribute may protect in several ways (PREVENT, ABANDON): going from one to the other loses nothing.
    const own = telling.filter(({ attribute }) => attribute === name);
    const [slot] = slotsAt(values, name);
    if (slot === undefined || isUnseen(slot.before) !== isUnseen(slot.after)) return unseenOr(own, slot, name);
    if (isUnseen(slot.before)) return [signOf(ruleFor(own), [name], true)];
    const isOn = (value: unknown): boolean => guardStates(own, { [name]: value }).some(({ state }) => state === "on");
    const wasOn = isOn(slot.before);
    // A guard that protects when absent and was never mentioned: nobody relied on it, and defaults come and go.
    return wasOn && !isOn(slot.after) && !isDefault(own, slot.after) ? [signOf(ruleFor(own), [name], false)] : [];
  });
}

function unseenOr(own: readonly Guard[], slot: { before: unknown; after: unknown } | undefined, name: string): Sign[] {
  if (slot === undefined || !isUnseen(slot.after)) return [];
  const wasOn = guardStates(own, { [name]: slot.before }).some(({ state }) => state === "on");
  return wasOn ? [signOf(ruleFor(own), [name], true)] : [];
}

function isDefault(own: readonly Guard[], after: unknown): boolean {
  return isEmpty(after) && own.some(({ absentProtects }) => absentProtects);
}

/** `force_destroy` and `skip_final_snapshot` let more be lost; the others stop protecting. */
function ruleFor(own: readonly Guard[]): UpdateRuleId {
  const isLetGo = own.some(({ protectsWhen, effect }) => protectsWhen === false || effect === "keeps-backup");
  return isLetGo ? "deletion-guard-removed" : "protection-disabled";
}
