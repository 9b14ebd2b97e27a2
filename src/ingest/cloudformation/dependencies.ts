/** What exists before the change and what depends on what: from the change sets themselves, and from templates. */

import { type AddressParts, compareText } from "../../model/address.ts";
import type { DependencySource, ExistingObject, KnownEdge } from "../../model/dependencies.ts";
import { memoize } from "../memoize.ts";
import type { Detail } from "./detail.ts";
import { addressIn, type Stack, type StackTree } from "./join.ts";
import type { Row } from "./row.ts";
import type { TreeTemplates } from "./tree-templates.ts";

interface Dependencies {
  readonly dependencies: DependencySource;
  readonly existing: number;
}

export function toDependencies(tree: StackTree, templates: TreeTemplates): Dependencies {
  const objects = existingObjects(tree, templates);
  const named = new Set(tree.stacks.flatMap(({ path, rows }) => [...rows.keys()].map((id) => addressIn(path, id))));
  return {
    existing: objects.length - templates.objects.filter(({ address, counts }) => !counts && !named.has(address)).length,
    dependencies: {
      objects: () => objects,
      edges: memoize(() => [...edgesIn(tree), ...templates.edges]),
      gaps: templates.gaps,
      state: { present: false, leavesOut: 0 },
      renamed: new Map(),
      configuration: () => undefined,
      comparedWithBefore: true,
      carriersOf: () => [],
    },
  };
}

function existingObjects(tree: StackTree, templates: TreeTemplates): ExistingObject[] {
  const types = new Map(templates.objects.map(({ address, type }) => [address, type]));
  for (const { path, rows } of tree.stacks) {
    for (const row of rows.values()) if (existsBefore(row)) types.set(addressIn(path, row.logicalId), row.type);
  }
  return [...types]
    .map(([address, type]) => ({ address, type, managed: true, parts: partsOf(address), dependsOn: NONE }))
    .sort((left, right) => compareText(left.address, right.address));
}

const NONE: readonly string[] = [];

/** Logical ids have no keys, and nested stacks are no modules. */
function partsOf(address: string): AddressParts {
  return { module: "", moduleConfig: "", resource: address, config: address, key: "" };
}

/** An imported resource exists, but not yet in the stack. */
export function existsBefore({ action }: Row): boolean {
  return action !== "Add" && action !== "Import";
}

/** `CausingEntity` names what a changing resource refers to. */
function edgesIn({ stacks }: StackTree): KnownEdge[] {
  const byPath = new Map(stacks.map((stack) => [stack.path, stack]));
  const edges: KnownEdge[] = [];
  for (const stack of stacks) {
    for (const { logicalId, details } of stack.rows.values()) {
      const to = addressIn(stack.path, logicalId);
      for (const detail of details) {
        if (detail.cause === undefined) continue;
        for (const from of causedBy(byPath, stack, detail)) edges.push(edge(from, to, detail));
      }
    }
  }
  return edges;
}

function edge(from: string, to: string, { attribute, name, cause = "" }: Detail): KnownEdge {
  return { from, to, basis: "exact", certain: true, argument: name ?? attribute, reference: cause };
}

/** Addresses of what a detail is caused by; a parameter of a nested stack leads on to what the parent hands in. */
function causedBy(byPath: ReadonlyMap<string, Stack>, stack: Stack, { source, cause }: Detail): string[] {
  if (cause === undefined) return [];
  if (source === "ResourceReference") return [addressIn(stack.path, cause)];
  if (source === "ResourceAttribute") return [addressIn(stack.path, cause.split(".")[0] ?? cause)];
  if (source !== "ParameterReference" || stack.path === "") return [];
  const slash = stack.path.lastIndexOf("/");
  const parent = byPath.get(slash < 0 ? "" : stack.path.slice(0, slash));
  const row = parent?.rows.get(stack.path.slice(slash + 1));
  if (parent === undefined || row === undefined) return [];
  return row.details
    .filter(({ path }) => path === `/Properties/Parameters/${cause}`)
    .flatMap((detail) => causedBy(byPath, parent, detail));
}
