/** What one dependency rests on, looked up when somebody asks: expressions, list entries, places of an identifier. */

import type { ExistingObject } from "../model/dependencies.ts";
import type { Evidence } from "../model/explanation.ts";
import { namesOf, type Renames } from "./blocks.ts";
import type { BuiltGraph } from "./build.ts";
import { existingTarget, keysOf, resolveTarget } from "./config-edges.ts";
import { followReferences } from "./references.ts";

/** All that says that `dependent` depends on `node` directly, the surest first. */
export function evidenceFor(built: BuiltGraph, renamed: Renames, node: number, dependent: number): Evidence[] {
  return [
    ...namedBetween(built, node, dependent),
    ...referencesBetween(built, node, dependent),
    ...entriesBetween(built, renamed, node, dependent),
    ...identifiersBetween(built, node, dependent),
  ];
}

function referencesBetween({ nodes, configuration }: BuiltGraph, node: number, dependent: number): Evidence[] {
  const block = nodes.partsOf(dependent).config;
  const targets = configuration && followReferences(configuration, [block], true).get(block);
  const groups = nodes.groupsOf(node);
  const keys = keysOf(nodes, dependent);
  const found = new Map<string, Evidence>();
  for (const target of targets ?? []) {
    const meant = existingTarget(nodes, target);
    const source = meant && resolveTarget(nodes, dependent, keys, meant);
    if (source === undefined || source === dependent) continue;
    const exact = nodes.isObject(source);
    const matches = exact ? source === node : groups.includes(source);
    const { argument = "", via = [] } = target.trace ?? {};
    if (matches) found.set(JSON.stringify([argument, via]), { kind: "reference", argument, via, exact });
  }
  return [...found.values()];
}

function namedBetween({ nodes, known }: BuiltGraph, node: number, dependent: number): Evidence[] {
  const [source, user] = [nodes.objects[node]?.address, nodes.objects[dependent]?.address];
  const found = new Map<string, Evidence>();
  for (const { from, to, certain, argument, reference } of known) {
    if (from !== source || to !== user) continue;
    found.set(`${argument} ${reference}`, { kind: "reference", argument, via: [reference], exact: certain });
  }
  return [...found.values()];
}

function entriesBetween({ nodes }: BuiltGraph, renamed: Renames, node: number, dependent: number): Evidence[] {
  const { config } = nodes.partsOf(node);
  const { dependsOn, erased = [] } = nodes.objects[dependent] as ExistingObject;
  const named = (list: readonly string[]): string[] => list.filter((entry) => namesOf(entry, renamed).includes(config));
  return [
    ...named(dependsOn).map((entry): Evidence => ({ kind: "state", entry })),
    ...named(erased).map((entry): Evidence => ({ kind: "erased", entry })),
  ];
}

function identifiersBetween({ nodes, carried }: BuiltGraph, node: number, dependent: number): Evidence[] {
  return carried
    .filter(({ ending, dependent: carrier }) => {
      const from = nodes.object(ending.address, ending.deposed);
      return from === node && nodes.object(carrier.address, carrier.deposed) === dependent;
    })
    .map(({ path }) => ({ kind: "value", path }));
}
