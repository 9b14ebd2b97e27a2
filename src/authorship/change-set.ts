/** CloudFormation's own traces: what a change set and the CloudTrail event of its call say. Names that toolkits give say nothing. */

import type { Signal } from "../model/authorship.ts";
import type { ChangeSetTraces } from "../model/evidence.ts";
import { shown, signalOf } from "./marks.ts";
import { marksInMessage } from "./message.ts";
import { rulesOfPerson } from "./person.ts";
import { pattern, type Table } from "./table.ts";

const SOURCE = "change set";

/** What a pipeline may write to say who made a change set. `human` there is worth nothing without attestation. */
const OWN_TAG = "firebreak:authorship";

export function marksOfChangeSet({ name, description, tags, rest }: ChangeSetTraces, table: Table): Signal[] {
  return [
    ...marksInMessage(`${name ?? ""}\n${description ?? ""}`, SOURCE, table).signals,
    ...tags.flatMap(({ key, value }) => marksOfTag(key, value, table)),
    ...eventFields(rest).flatMap(([key, value]) => marksOfField(key, value, table)),
  ];
}

function marksOfTag(key: string, value: string, table: Table): Signal[] {
  if (key === OWN_TAG) return marksOfClaim(value, `tag ${key}`);
  return table.tag
    .filter((rule) => rule.key.toLowerCase() === key.toLowerCase())
    .filter((rule) => rule.value === undefined || pattern(rule.value).test(value))
    .slice(0, 1)
    .map((rule) => signalOf(rule, SOURCE, `tag ${key}`));
}

/** `agent:kiro`, or `agent:kiro:operator` as a source identity. */
function marksOfClaim(value: string, where: string): Signal[] {
  const [, agent] = /^(?:agent|ai)(?:[:/]([\w.@-]{1,64}))?(?:[:/]|$)/i.exec(value.trim()) ?? [undefined];
  if (!/^(agent|ai)([:/]|$)/i.test(value.trim())) return [];
  const named = agent === undefined ? {} : { agent: agent.toLowerCase() };
  return [
    {
      source: SOURCE,
      pointsTo: "agent",
      ...named,
      evidence: shown(where),
      strength: "proof",
      weight: 0.97,
      basis: "documented",
    },
  ];
}

function marksOfField(key: string, value: string, table: Table): Signal[] {
  const name = key.toLowerCase();
  if (name === "useragent") {
    // One call goes through several programs, and each says so.
    const rules = table.userAgent.filter((rule) => pattern(rule.key).test(value));
    return rules.map((rule) => signalOf(rule, SOURCE, `user agent ${pattern(rule.key).exec(value)?.[0] ?? ""}`));
  }
  if (name === "sourceidentity" || name === "rolesessionname") return marksOfClaim(value, key);
  if (name === "username" || name === "principalid") {
    const person = { name: value, email: value.includes("@") ? value : "" };
    return rulesOfPerson(person, table)
      .filter(({ strength }) => strength !== "bot")
      .slice(0, 1)
      .map((rule) => signalOf(rule, SOURCE, key));
  }
  if (/(message|comment|description)$/.test(name)) return [...marksInMessage(value, SOURCE, table).signals];
  const rule = table.contextKey.find(
    (one) => one.key.toLowerCase() === name || one.key.toLowerCase() === `aws:${name}`,
  );
  if (rule === undefined || (rule.value !== undefined && !pattern(rule.value).test(value))) return [];
  return [signalOf(rule, SOURCE, key)];
}

const DEEPEST = 8;
const MOST_FIELDS = 5000;

/** Every field of an event with its text, whatever it lies in. */
function eventFields(event: unknown): [key: string, value: string][] {
  const fields: [string, string][] = [];
  const visit = (key: string, value: unknown, depth: number): void => {
    if (fields.length >= MOST_FIELDS || depth > DEEPEST) return;
    if (typeof value === "object" && value !== null)
      for (const [inner, next] of Object.entries(value)) visit(Array.isArray(value) ? key : inner, next, depth + 1);
    else if (value !== null && value !== undefined) fields.push([key, String(value).slice(0, 2000)]);
  };
  visit("", event, 0);
  return fields;
}
