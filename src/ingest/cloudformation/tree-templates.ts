/** What templates add to the change sets of a tree. Without any, what a change set says by itself is all there is. */

import type { BlindSpot } from "../../model/blind-spot.ts";
import type { KnownEdge } from "../../model/dependencies.ts";
import type { Location } from "../../model/source.ts";
import type { Beside } from "./beside.ts";
import type { Policies } from "./fate.ts";
import { addressIn, type StackTree } from "./join.ts";
import { locationsIn } from "./locations.ts";
import type { OutputSources } from "./output-sources.ts";
import { functionIn } from "./template/evaluate.ts";
import { importersOf } from "./template/importers.ts";
import { type PlacedStack, type PlacedTemplate, placeTemplates } from "./template/place.ts";
import { isTemplateAfter } from "./template/read.ts";
import type { TemplateResource } from "./template/template.ts";
import { type ResolvedUse, UseResolver } from "./template/uses.ts";

export interface TreeTemplates {
  /** Why there may be objects and dependencies that nobody said anything of; empty when every stack has its template. */
  readonly gaps: readonly BlindSpot[];
  /** Whether `objects` are all that exist: every stack has its template, or a list of its resources. */
  readonly listsAll: boolean;
  /** Whether CloudFormation said of every export who imports it. */
  readonly knowsImporters: boolean;
  /** Every stack of the tree, also those that nothing happens to. */
  readonly placed: readonly PlacedStack[];
  /** Addresses of what a stack of the tree exports under a name. */
  readonly exported: (name: string) => readonly string[];
  /** Whether a change set takes an export away, by the template that it brings. */
  readonly dropsExport: (stack: PlacedStack, name: string) => boolean;
  /** Resources that exist before the change. */
  readonly objects: readonly TemplateObject[];
  readonly edges: readonly KnownEdge[];
  readonly outputs: OutputSources;
  /** Policies of a resource in each template that has it. */
  readonly policiesOf: (address: string) => readonly Policies[];
  /** Top-level properties, functions worked out where they can be and else left out; `undefined` without a template. */
  readonly propertiesOf: (address: string) => Readonly<Record<string, unknown>> | undefined;
  readonly metadataOf: (address: string) => unknown;
  /** The condition on a resource, where a template has the resource and the condition does not hold. */
  readonly conditionOf: (address: string) => string | undefined;
  readonly locationOf: (address: string) => Location | undefined;
}

export interface TemplateObject {
  readonly address: string;
  readonly type: string;
  /** `false` where a condition leaves that open, and for what stands in another stack: it is no part of the denominator. */
  readonly counts: boolean;
}

/** What lies beside a tree, said of it. */
export function toTreeTemplates(tree: StackTree, beside: Beside): TreeTemplates {
  const placed = placeTemplates(tree, beside);
  const resolver = new UseResolver(placed);
  const resources = resourcesIn(placed);
  const importers = importersOf(placed, beside, resolver);
  const found = (address: string): readonly Found[] => resources.get(address) ?? [];
  return {
    gaps: gapsIn(placed, beside),
    listsAll: placed.every(listsAll),
    knowsImporters: placed.every(({ facts }) => facts?.exports?.every((name) => facts.importers.has(name)) === true),
    placed,
    dropsExport,
    exported: (name) => [...new Set(resolver.exported(name).map(({ address }) => address))],
    objects: [...objectsIn(resources), ...listedIn(placed, resources), ...importers.objects],
    edges: [...edgesIn(resources, resolver), ...importers.edges],
    outputs: (path, output) => resolver.agreedOutput(path, output),
    policiesOf: (address) => found(address).map(policiesOf),
    propertiesOf: (address) => found(address).map(propertiesOf)[0],
    metadataOf: (address) => found(address)[0]?.resource.body["Metadata"],
    conditionOf: (address) =>
      found(address)
        .filter(
          ({ resource: { condition }, placed: { evaluator } }) =>
            condition !== undefined && evaluator.holds(condition) === false,
        )
        .map(({ resource: { condition } }) => condition)[0],
    locationOf: locationsIn(placed, beside),
  };
}

/** A resource of a template, placed in the tree. */
interface Found {
  readonly address: string;
  readonly resource: TemplateResource;
  readonly stack: PlacedStack;
  readonly placed: PlacedTemplate;
  readonly logicalId: string;
}

function resourcesIn(stacks: readonly PlacedStack[]): ReadonlyMap<string, readonly Found[]> {
  const resources = new Map<string, Found[]>();
  for (const stack of stacks) {
    for (const placed of stack.templates) {
      for (const [logicalId, resource] of placed.template.resources) {
        const address = addressIn(stack.path, logicalId);
        const known = resources.get(address) ?? [];
        known.push({ address, resource, stack, placed, logicalId });
        resources.set(address, known);
      }
    }
  }
  return resources;
}

function objectsIn(resources: ReadonlyMap<string, readonly Found[]>): TemplateObject[] {
  return [...resources.values()].flatMap((all): TemplateObject[] => {
    const existing = all.map(existence);
    const [first] = all;
    if (first === undefined || existing.every((exists) => exists === false)) return [];
    return [{ address: first.address, type: first.resource.type, counts: existing.includes(true) }];
  });
}

/** What CloudFormation lists and no template has. */
function listedIn(placed: readonly PlacedStack[], resources: ReadonlyMap<string, readonly Found[]>): TemplateObject[] {
  return placed.flatMap(({ path, facts }) =>
    (facts?.resources ?? [])
      .map(({ logicalId, type }) => ({ address: addressIn(path, logicalId), type, counts: true }))
      .filter(({ address }) => !resources.has(address)),
  );
}

function listsAll({ facts, templates }: PlacedStack): boolean {
  if (facts?.resources !== undefined) return true;
  return templates.length > 0 && !templates.some(({ template }) => template.isRaw);
}

/** CloudFormation's own list decides. Else: a condition that holds after the change held before it too, else the change set would add the resource. */
function existence({
  resource: { condition },
  stack: { stack, facts },
  placed: { evaluator },
  logicalId,
}: Found): boolean | undefined {
  const action = stack?.rows.get(logicalId)?.action;
  if (action !== undefined) return action !== "Add" && action !== "Import";
  if (facts?.resources !== undefined) return facts.resources.some((resource) => resource.logicalId === logicalId);
  return condition === undefined ? true : evaluator.holds(condition);
}

function edgesIn(resources: ReadonlyMap<string, readonly Found[]>, resolver: UseResolver): KnownEdge[] {
  return [...resources.values()]
    .flat()
    .flatMap(({ address, resource, stack, placed }) =>
      Object.entries(resource.properties).flatMap(([argument, value]) =>
        resolver.resourcesIn(value, stack.path, placed).map((use) => toEdge(use, address, argument)),
      ),
    );
}

export function toEdge({ address: from, attribute, certain }: ResolvedUse, to: string, argument: string): KnownEdge {
  const reference = attribute === undefined ? from : `${from}.${attribute}`;
  return { from, to, basis: certain ? "exact" : "config", certain, argument, reference };
}

/** Functions in a policy are worked out as far as they can be. */
function policiesOf({ resource: { body, properties }, placed: { evaluator } }: Found): Policies {
  const worked = (value: unknown): unknown => (value === undefined ? undefined : (evaluator.text(value) ?? value));
  return {
    deletion: worked(body["DeletionPolicy"]),
    updateReplace: worked(body["UpdateReplacePolicy"]),
    properties,
  };
}

function propertiesOf({ resource: { properties }, placed: { evaluator } }: Found): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
      const worked = functionIn(value) === undefined ? value : evaluator.text(value);
      return worked === undefined ? [] : [[name, worked]];
    }),
  );
}

function dropsExport({ templates }: PlacedStack, name: string): boolean {
  const after = templates.filter(({ template }) => isTemplateAfter(template.path));
  const names = after.flatMap(({ template, evaluator }) =>
    [...template.outputs.values()].flatMap(({ exportName }) =>
      exportName === undefined ? [] : [evaluator.text(exportName)],
    ),
  );
  // A name that cannot be worked out may be this one.
  return after.length > 0 && !names.includes(name) && !names.includes(undefined);
}

const GIVE_FINISHED =
  "Give the processed one: aws cloudformation get-template --template-stage Processed --stack-name STACK --change-set-name CHANGE_SET";

function gapsIn(placed: readonly PlacedStack[], { templates }: Beside): BlindSpot[] {
  const without = placed.filter((stack) => stack.templates.length === 0).map(({ path }) => path);
  const raw = placed.flatMap((stack) => stack.templates.filter(({ template }) => template.isRaw));
  const gaps: BlindSpot[] = [];
  if (without.includes("")) {
    gaps.push({
      code: "no-template",
      message:
        templates.length === 0
          ? "A change set names only what changes: what else depends on an ending object, and how many objects there are, is not in it. Give the template with --source."
          : `None of the templates given is surely the one of this change set, so what depends on an ending object is not known in full. ${GIVE_FINISHED}`,
    });
  }
  const nested = without.filter((path) => path !== "");
  if (nested.length > 0 && !without.includes("")) {
    gaps.push({
      code: "no-nested-template",
      message: `The template of ${nested.join(", ")} was not given, so what depends on an ending object is not known in full.`,
    });
  }
  if (raw.length > 0) {
    const paths = [...new Set(raw.map(({ template }) => template.path))];
    gaps.push({
      code: "raw-template",
      message: `${paths.join(", ")} has transforms, and what they make of it is not in it. ${GIVE_FINISHED}`,
    });
  }
  return gaps;
}
