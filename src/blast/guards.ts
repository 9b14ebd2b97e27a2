/** Which attributes protect an object that is about to end, and what they come to. */

import type { GuardState } from "../model/blast.ts";
import type { Guard } from "../model/catalogue.ts";
import { isObject, ownValue } from "../model/values.ts";

/** The state of each guard of a type, as the object's attributes were before the change. */
export function guardStates(guards: readonly Guard[], before: unknown): GuardState[] {
  if (!isObject(before)) return guards.map((guard) => ({ guard, state: "unknown" }));
  return guards.map((guard) => ({ guard, state: stateOf(guard, ownValue(before, guard.attribute)) }));
}

function stateOf({ protectsWhen, absentProtects }: Guard, value: unknown): GuardState["state"] {
  // What is sensitive may be anything, and what a plan does not mention has not been said to protect.
  if (typeof value === "symbol" || (value === undefined && absentProtects)) return "unknown";
  if (value === undefined || value === null) return absentProtects ? "on" : "off";
  return protects(protectsWhen, value) ? "on" : "off";
}

function protects(when: Guard["protectsWhen"], value: unknown): boolean {
  if (when === "set") return isSet(value);
  if (when === "positive") return (typeof value === "number" || typeof value === "string") && Number(value) > 0;
  // CloudFormation writes booleans as texts.
  if (typeof when === "boolean") return value === when || value === String(when);
  return typeof value === "string" && when.includes(value);
}

export function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== "";
}
