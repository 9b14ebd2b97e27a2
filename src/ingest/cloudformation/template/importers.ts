/** Resources of other stacks that import what a stack of the tree exports: nothing of theirs is in any change set. */

import type { KnownEdge } from "../../../model/plan.ts";
import { evaluatorFor } from "./evaluate.ts";
import type { TemplateSet } from "./index.ts";
import type { PlacedStack } from "./place.ts";
import { usesIn } from "./references.ts";
import type { Template } from "./template.ts";
import type { UseResolver } from "./uses.ts";

interface Importers {
  readonly objects: readonly { readonly address: string; readonly type: string; readonly counts: false }[];
  readonly edges: readonly KnownEdge[];
}

/** Templates that belong to no stack of the tree are those of other stacks; whether they are deployed nobody says here. */
export function importersOf(placed: readonly PlacedStack[], set: TemplateSet, resolver: UseResolver): Importers {
  const own = new Set(placed.flatMap(({ templates }) => templates.map(({ template }) => template)));
  const names = new Map([...set.byStackName].map(([name, path]) => [path, name]));
  const objects: { address: string; type: string; counts: false }[] = [];
  const edges: KnownEdge[] = [];
  for (const template of own.size === 0 ? [] : set.templates) {
    if (own.has(template)) continue;
    const stack = names.get(template.path) ?? baseName(template);
    const evaluator = evaluatorFor(template, new Map());
    for (const [logicalId, { type, properties }] of template.resources) {
      const address = `${stack}:${logicalId}`;
      const found = Object.entries(properties).flatMap(([argument, value]) =>
        usesIn(value, evaluator).flatMap(({ name, imported }): KnownEdge[] => {
          const exported = name === undefined ? evaluator.text(imported) : undefined;
          if (exported === undefined) return [];
          const reference = `export ${exported}`;
          return resolver
            .exported(exported)
            .map(({ address: from }) => ({ from, to: address, basis: "config", certain: false, argument, reference }));
        }),
      );
      if (found.length === 0) continue;
      objects.push({ address, type, counts: false });
      edges.push(...found);
    }
  }
  return { objects, edges };
}

function baseName({ path }: Template): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/(\.template)?\.\w+$/, "");
}
