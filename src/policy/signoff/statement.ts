/** The text that is signed: written for people and programs alike, read back without believing any of it. */

import type { Fate } from "../../model/action.ts";
import type { EndingObject, SignedPlan, Statement } from "../../model/sign-off.ts";
import { isObject } from "../../model/values.ts";

const KIND = "sign-off";
const VERSION = 1;

export function writeStatement(statement: Statement): string {
  return `${JSON.stringify({ firebreak: KIND, version: VERSION, ...statement }, null, 2)}\n`;
}

/** What a text says, or in a sentence why it says nothing. What this version does not know may be a condition: it is refused. */
export function parseStatement(text: string): Statement | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "what is signed is no JSON, so it is no sign-off of firebreak";
  }
  if (!isObject(value) || value["firebreak"] !== KIND) return "what is signed is no sign-off of firebreak";
  if (value["version"] !== VERSION) return "it was written by another version of firebreak; sign anew";
  const { firebreak: _, version: __, ...statement } = value;
  return isStatement(statement) ? statement : "it says what this version of firebreak does not understand; sign anew";
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === "string" && value !== "";
const time: Check = (value) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value));
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    words.some((word) => word === value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/** All of these keys, and no other one. */
const exactly =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(shape, key)) &&
    Object.entries(shape).every(([key, check]) => check(value[key]));

const FATES: readonly Fate[] = ["destroyed", "snapshotted", "retained", "unknown"];

const ENDING_OBJECT = {
  address: text,
  deposed: optional(text),
  action: text,
  order: optional(text),
  identity: optional(text),
  fate: oneOf(...FATES),
} satisfies Record<keyof EndingObject, Check>;

const SIGNED_PLAN = {
  kind: oneOf("terraform-plan", "cloudformation-change-set"),
  environment: optional(text),
  workspace: optional(text),
  digest: text,
  fingerprint: text,
  ends: list(exactly(ENDING_OBJECT)),
  affected: (value) => value === null || (typeof value === "number" && value >= 0),
  findings: list(exactly({ ruleId: text, address: optional(text) })),
} satisfies Record<keyof SignedPlan, Check>;

const STATEMENT = {
  signer: text,
  signedAt: time,
  expiresAt: time,
  plans: list(exactly(SIGNED_PLAN)),
} satisfies Record<keyof Statement, Check>;

function isStatement(value: unknown): value is Statement {
  return exactly(STATEMENT)(value);
}
