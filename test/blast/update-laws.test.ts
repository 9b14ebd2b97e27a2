/** What holds of any objects, whatever the lexicon says of their type: nothing throws, and what says the same is no change. */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { UpdateEntry } from "../../src/model/updates.ts";
import { change, type Json } from "../support/plan.ts";
import { hazardsIn } from "../support/weakened.ts";

type Group = UpdateEntry & { readonly types: string };
const lines = readFileSync(new URL("../../src/generated/updates.txt", import.meta.url), "utf8")
  .trimEnd()
  .split("\n");
const GROUPS = lines
  .flatMap((types, at): Group[] => (at % 2 === 0 ? [{ types, ...JSON.parse(lines[at + 1] ?? "") }] : []))
  .filter(({ types }) => !types.includes("::"));
const typeOf = ({ types }: Group): string => types.trim().split(" ")[0]?.replace("*", "acme_thing") ?? "";

function rulesFor(type: string, actions: readonly string[], inner: Json): string[] {
  return hazardsIn(change(`${type}.x`, actions, { change: inner })).map(({ ruleId }) => ruleId);
}

const statement = fc.record(
  {
    Sid: fc.constantFrom("A", "B", ""),
    Effect: fc.constantFrom("Allow", "Deny", null),
    Action: fc.oneof(fc.constantFrom("*", "s3:*", "s3:GetObject"), fc.array(fc.constantFrom("s3:Get*", "sqs:?end"))),
    NotAction: fc.constantFrom("iam:*"),
    Resource: fc.oneof(fc.constantFrom("*", "arn:aws:s3:::b/*"), fc.array(fc.constantFrom("a", "b", "*"))),
    Principal: fc.oneof(fc.constantFrom("*"), fc.record({ AWS: fc.constantFrom("*", "1") }), fc.jsonValue()),
    Condition: fc.oneof(fc.constant({ StringEquals: { "aws:SourceArn": "a" } }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
const policy = fc.oneof(
  fc.array(statement, { maxLength: 4 }).map((Statement) => JSON.stringify({ Statement })),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);
const leaf = fc.oneof(
  fc.constantFrom(
    true,
    false,
    null,
    "true",
    0,
    -1,
    7,
    "7",
    "7d",
    "P7D",
    "604800s",
    "",
    "*",
    "0.0.0.0/0",
    "::/0",
    "22",
    "20-25",
  ),
  fc.constantFrom("Enabled", "Suspended", "ENABLED", "allUsers", "arn:aws:kms:r:1:key/k", "k", "tcp", "-1", "ingress"),
  fc.array(fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "allUsers", "a"), { maxLength: 3 }),
  policy,
  fc.jsonValue(),
);

/** Every attribute that the group speaks of, set or not; what holds them is a list of blocks or an object. */
function objectFor({ watch, openings }: Group): fc.Arbitrary<Json> {
  const ofWatches = watch.flatMap(({ at, unless = at, only }) => [
    at,
    unless,
    ...Object.keys(only?.is ?? {}).map((path) => `${only?.each}/${path}`),
  ]);
  const ofOpenings = openings.flatMap(({ rules = "", sources, from, to, ports = [], protocol, where = {} }) =>
    [...sources, from, to, ...ports, protocol, ...Object.keys(where)].flatMap((name) =>
      name === undefined ? [] : [rules === "" ? name : `${rules}/${name}`],
    ),
  );
  return nested([...new Set([...ofWatches, ...ofOpenings])].map((path) => path.split("/")));
}

function nested(paths: readonly (readonly string[])[]): fc.Arbitrary<Json> {
  const names = [...new Set(paths.flatMap(([first]) => (first === undefined ? [] : [first])))];
  const fields = names.map((name) => {
    const below = paths.filter(([first, ...rest]) => first === name && rest.length > 0).map(([, ...rest]) => rest);
    if (below.length === 0) return [name, leaf] as const;
    const block = nested(below);
    return [name, fc.oneof(fc.array(block, { maxLength: 3 }), block, leaf)] as const;
  });
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] });
}

const groupWith = <Value>(make: (group: Group) => fc.Arbitrary<Value>) =>
  fc.constantFrom(...GROUPS).chain((group) => make(group).map((value) => [typeOf(group), value] as const));

/** Every list of blocks in another order. Lists of plain values too, since providers write sets so. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned).reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, turned(item)]));
}

test("nothing throws, whatever stands before, after, and is unknown or sensitive", () => {
  const sides = groupWith((group) => fc.tuple(objectFor(group), objectFor(group), fc.jsonValue(), fc.jsonValue()));
  const actions = fc.constantFrom(["update"], ["create"], ["delete"], ["delete", "create"]);
  fc.assert(
    fc.property(sides, actions, ([type, [before, after, after_unknown, after_sensitive]], names) => {
      const inner = { before, after, after_unknown, after_sensitive };
      expect(Array.isArray(rulesFor(type, names, inner))).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("what is equal before and after is no finding", () => {
  fc.assert(
    fc.property(groupWith(objectFor), ([type, value]) => {
      expect(rulesFor(type, ["update"], { before: value, after: value })).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test("another order of lists is no finding", () => {
  fc.assert(
    fc.property(groupWith(objectFor), ([type, value]) => {
      expect(rulesFor(type, ["update"], { before: value, after: turned(value) })).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});
