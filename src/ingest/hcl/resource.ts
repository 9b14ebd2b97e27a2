/** A resource or data block to what is kept of it. */

import type { References } from "../../model/configuration.ts";
import type { Lifecycle, Provisioner, Setting, SourceArgument, SourceResource } from "../../model/source.ts";
import type { Block, Body, Expression } from "./body.ts";
import { referencesOf, together } from "./references.ts";

/** With `base` the block is of an override file: what it says holds, the place stays, and no reference is taken back. */
export function toResource(file: string, { line, body }: Block, base?: SourceResource): SourceResource {
  const provisioners = body.blocks.filter(({ type }) => type === "provisioner");
  const written = [...body.attributes].map(([name, expression]) => [name, toArgument(file, expression)] as const);
  return {
    location: base?.location ?? { file, line },
    lifecycle: lifecycleOf(file, bodyOf(body, "lifecycle"), base?.lifecycle ?? USUAL),
    arguments: new Map([...(base?.arguments ?? []), ...written]),
    provisioners:
      base && provisioners.length === 0 ? base.provisioners : provisioners.map((block) => toProvisioner(file, block)),
    hidden: hiddenIn(body, base?.hidden),
  };
}

/** What holds where a resource says nothing. */
const USUAL: Lifecycle = {
  preventDestroy: false,
  createBeforeDestroy: false,
  ignoreChanges: [],
  replaceTriggeredBy: [],
  destroy: true,
  places: new Map(),
};

/** A constant boolean; `otherwise` when the argument is not there. */
export function settingOf(expression: Expression | undefined, otherwise: Setting): Setting {
  if (expression === undefined) return otherwise;
  return booleanOf(expression) ?? "unknown";
}

function booleanOf({ constant }: Expression): boolean | undefined {
  return constant === "true" ? true : constant === "false" ? false : undefined;
}

function lifecycleOf(file: string, { attributes }: Body, base: Lifecycle): Lifecycle {
  const ignored = attributes.get("ignore_changes");
  const triggers = attributes.get("replace_triggered_by");
  return {
    preventDestroy: settingOf(attributes.get("prevent_destroy"), base.preventDestroy),
    createBeforeDestroy: settingOf(attributes.get("create_before_destroy"), base.createBeforeDestroy),
    ignoreChanges: ignored ? (ignored.constant === "all" ? "all" : namesIn(ignored)) : base.ignoreChanges,
    replaceTriggeredBy: triggers ? referencesOf(triggers) : base.replaceTriggeredBy,
    destroy: settingOf(attributes.get("destroy"), base.destroy),
    places: new Map([...base.places, ...[...attributes].map(([name, { line }]) => [name, { file, line }] as const)]),
  };
}

/** Attributes in a list, `tags["Owner"]` as `tags`. */
function namesIn(expression: Expression): readonly string[] {
  const names: string[] = [];
  for (const tokens of expression.parts) {
    tokens.forEach((token, at) => {
      const before = tokens[at - 1]?.text;
      if (token.kind === "name" && before !== ".") names.push(token.text);
    });
  }
  return names;
}

function toArgument(file: string, expression: Expression): SourceArgument {
  const { line, constant } = expression;
  const is = (other: string): boolean => other === constant;
  return { location: { file, line }, references: referencesOf(expression), ...(constant !== undefined && { is }) };
}

function toProvisioner(file: string, { labels, line, body }: Block): Provisioner {
  const when = body.attributes.get("when")?.constant === "destroy" ? "destroy" : "create";
  return { type: labels[0] ?? "", when, location: { file, line } };
}

function bodyOf({ blocks }: Body, type: string): Body {
  return blocks.find((block) => block.type === type)?.body ?? { attributes: new Map(), blocks: [] };
}

/** Terraform leaves out of a plan's configuration: lifecycle, what dynamic blocks repeat over and hold, connections. */
function hiddenIn(body: Body, base: ReadonlyMap<string, References> = new Map()): ReadonlyMap<string, References> {
  const places = new Map([...base].map(([place, references]) => [place, [references]]));
  for (const [place, references] of hiddenPlaces(body, "")) {
    const known = places.get(place);
    if (known) known.push(references);
    else if (references.length > 0) places.set(place, [references]);
  }
  return new Map([...places].map(([place, lists]) => [place, together(lists)]));
}

function hiddenPlaces({ blocks }: Body, path: string): (readonly [place: string, References])[] {
  return blocks.flatMap(({ type, labels, body }) => {
    const [label = ""] = labels;
    if (type === "lifecycle") return lifecyclePlaces(body);
    if (type === "dynamic") return [[`${path}dynamic.${label}`, dynamicIn(body, label, [])] as const];
    if (type === "connection") return [[`${path}connection`, everythingIn(body, [])] as const];
    return hiddenPlaces(body, `${path}${type}.`);
  });
}

function lifecyclePlaces({ attributes, blocks }: Body): (readonly [place: string, References])[] {
  const own = [...attributes].filter(([name]) => name !== "ignore_changes");
  return [
    ...own.map(([name, expression]) => [`lifecycle.${name}`, referencesOf(expression)] as const),
    ...blocks.map(({ type, body }) => [`lifecycle.${type}`, everythingIn(body, [])] as const),
  ];
}

/** `iterators` are what the blocks around go by: they look like resources and are none. */
function dynamicIn(body: Body, label: string, iterators: readonly string[]): References {
  const iterator = body.attributes.get("iterator")?.constant ?? label;
  return everythingIn(body, [...iterators, iterator]);
}

function everythingIn({ attributes, blocks }: Body, iterators: readonly string[]): References {
  const isIterator = (reference: string): boolean => iterators.some((name) => reference.startsWith(`${name}.`));
  const own = [...attributes].map(([name, expression]) => (name === "iterator" ? [] : referencesOf(expression)));
  const inner = blocks.map(({ type, labels: [label = ""], body }) =>
    type === "dynamic" ? dynamicIn(body, label, iterators) : everythingIn(body, iterators),
  );
  return together([...own.map((references) => references.filter((one) => !isIterator(one))), ...inner]);
}
