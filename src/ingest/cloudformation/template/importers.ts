/** Resources of other stacks that import what a stack of the tree exports: nothing of theirs is in any change set. */

import type { KnownEdge } from "../../../model/dependencies.ts";
import type { Beside } from "../beside.ts";
import { NESTED_STACK } from "../join.ts";
import { evaluatorFor } from "./evaluate.ts";
import type { PlacedStack } from "./place.ts";
import { usesIn } from "./references.ts";
import type { Template } from "./template.ts";
import type { UseResolver } from "./uses.ts";

interface Importers {
  readonly objects: readonly { readonly address: string; readonly type: string; readonly counts: false }[];
  readonly edges: readonly KnownEdge[];
}

/**
 * Templates that belong to no stack of the tree are those of other stacks; whether they are deployed is known only where
 * CloudFormation itself said who imports (ListImports). A stack that it names, and of which no template shows the importing
 * resource, stands for that resource.
 */
export function importersOf(placed: readonly PlacedStack[], beside: Beside, resolver: UseResolver): Importers {
  const confirmed = confirmedImports(placed);
  const objects: { address: string; type: string; counts: false }[] = [];
  const edges: KnownEdge[] = [];
  for (const { stack, logicalId, type, argument, exported } of importsIn(placed, beside)) {
    const isConfirmed = confirmed.get(exported)?.delete(stack) === true;
    const address = `${stack}:${logicalId}`;
    const found = edgesTo(address, argument, exported, isConfirmed, resolver);
    if (found.length > 0) objects.push({ address, type, counts: false });
    edges.push(...found);
  }
  for (const [exported, stacks] of confirmed) {
    for (const stack of stacks) {
      const found = edgesTo(`${stack}:*`, "Fn::ImportValue", exported, true, resolver);
      if (found.length > 0) objects.push({ address: `${stack}:*`, type: NESTED_STACK, counts: false });
      edges.push(...found);
    }
  }
  return { objects: uniqueBy(objects, ({ address }) => address), edges };
}

/** Importing stacks outside of the tree, by export. */
function confirmedImports(placed: readonly PlacedStack[]): Map<string, Set<string>> {
  const own = new Set(placed.map(({ name }) => name));
  const confirmed = new Map<string, Set<string>>();
  for (const [exported, stacks] of placed.flatMap(({ facts }) => [...(facts?.importers ?? [])])) {
    confirmed.set(exported, new Set(stacks.filter((stack) => !own.has(stack))));
  }
  return confirmed;
}

interface Import {
  readonly stack: string;
  readonly logicalId: string;
  readonly type: string;
  readonly argument: string;
  /** The name of the export. */
  readonly exported: string;
}

function importsIn(placed: readonly PlacedStack[], beside: Beside): Import[] {
  const own = new Set(placed.flatMap(({ templates }) => templates.map(({ template }) => template)));
  if (own.size === 0) return [];
  const names = new Map([...beside.byStackName].flatMap(([name, paths]) => paths.map((path) => [path, name])));
  return beside.templates
    .filter((template) => !own.has(template))
    .flatMap((template) => {
      const stack = names.get(template.path) ?? baseName(template);
      const evaluator = evaluatorFor(template, new Map());
      return [...template.resources].flatMap(([logicalId, { type, properties }]) =>
        Object.entries(properties).flatMap(([argument, value]) =>
          usesIn(value, evaluator).flatMap(({ name, imported }): Import[] => {
            const exported = name === undefined ? evaluator.text(imported) : undefined;
            return exported === undefined ? [] : [{ stack, logicalId, type, argument, exported }];
          }),
        ),
      );
    });
}

function edgesTo(to: string, argument: string, exported: string, certain: boolean, resolver: UseResolver): KnownEdge[] {
  const reference = `export ${exported}`;
  return resolver
    .exported(exported)
    .map(({ address: from }) => ({ from, to, basis: certain ? "exact" : "config", certain, argument, reference }));
}

function uniqueBy<One>(all: readonly One[], key: (one: One) => string): One[] {
  return [...new Map(all.map((one) => [key(one), one])).values()];
}

function baseName({ path }: Template): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/(\.template)?\.\w+$/, "");
}
