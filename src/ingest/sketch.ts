/** A sketch as the JSON that Terraform would print of such a plan, so that it is read and judged like any other. */

import { parseAddress } from "../model/address.ts";
import type { Attributes, Sketch, SketchedAction, SketchedChange } from "../model/sketch.ts";
import { configurationOf, type DeclaredObject } from "./sketch-configuration.ts";

/** One object of a sketch. */
interface Sketched extends SketchedChange {
  readonly address: string;
}

/** Whether an address is that of a managed object, `TYPE.NAME` in any module: what alone can be sketched. */
export function isSketchable(address: string): boolean {
  const { module, key } = parseAddress(address);
  return /^(?!data\.|module\.)[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*$/.test(ownPart(address, module, key));
}

/** The plan's JSON in UTF-8. */
export function sketchedPlan(sketch: Sketch): Uint8Array {
  const objects = Object.entries(sketch).flatMap(([address, one]) =>
    repeated({ address, ...(typeof one === "string" ? { action: one } : one) }),
  );
  const plan = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: objects.map(toChange),
    prior_state: {
      format_version: "1.0",
      terraform_version: "1.11.4",
      values: { root_module: { resources: objects.filter(existsBefore).map(toPrior) } },
    },
    configuration: configurationOf(objects.filter(existsAfter).map(toDeclared)),
    applyable: true,
    complete: true,
    errored: false,
  };
  return Buffer.from(JSON.stringify(plan));
}

function repeated({ times, ...object }: Sketched): Sketched[] {
  if (times === undefined) return [object];
  return Array.from({ length: times }, (_, place) => ({ ...object, address: `${object.address}_${place + 1}` }));
}

function existsBefore({ action }: Sketched): boolean {
  return action !== "create";
}

function existsAfter({ action }: Sketched): boolean {
  return action !== "delete" && action !== "forget";
}

/** `replace` is spelled by its order. */
const ACTIONS: Readonly<Record<Exclude<SketchedAction, "replace">, readonly string[]>> = {
  keep: ["no-op"],
  create: ["create"],
  update: ["update"],
  delete: ["delete"],
  forget: ["forget"],
  move: ["no-op"],
  import: ["no-op"],
};

/** What changes where the sketch names no attribute that does. */
const CAUSE = "sketched";

function toChange(object: Sketched): object {
  const { address, action, from, importing, order } = object;
  const replace = order === "create-before-delete" ? ["create", "delete"] : ["delete", "create"];
  return {
    ...named(address),
    ...(from !== undefined && { previous_address: from }),
    change: {
      actions: action === "replace" ? replace : ACTIONS[action],
      ...valuesOf(object),
      before_sensitive: {},
      after_sensitive: {},
      ...((importing === true || action === "import") && { importing: { id: address } }),
    },
  };
}

function valuesOf({ action, before = {}, after = {}, unknown = [] }: Sketched): object {
  const isNew = action === "create";
  const isGone = action === "delete" || action === "forget";
  const changes = action === "update" || action === "replace";
  const isOpen = action === "replace" && unknown.length > 0;
  const old: Attributes = changes ? { [CAUSE]: "before", ...before } : before;
  const own: Attributes = { ...old, ...(changes && !isOpen && { [CAUSE]: "after" }), ...after };
  return {
    before: isNew ? null : old,
    after: isGone ? null : Object.fromEntries(Object.entries(own).filter(([name]) => !unknown.includes(name))),
    after_unknown: Object.fromEntries(unknown.map((name) => [name, true])),
    ...(action === "replace" && { replace_paths: isOpen ? unknown.map((name) => [name]) : [[CAUSE]] }),
  };
}

function toPrior({ address, from, before = {}, dependsOn }: Sketched): object {
  return {
    ...named(from ?? address),
    schema_version: 0,
    values: before,
    ...(dependsOn !== undefined && { depends_on: [dependsOn].flat() }),
  };
}

function toDeclared({ address, before = {}, after = {}, unknown = [] }: Sketched): DeclaredObject {
  const attributes = Object.entries({ ...before, ...after }).filter(([name]) => !unknown.includes(name));
  return { ...partsOf(address), attributes: Object.fromEntries(attributes) };
}

function named(address: string): object {
  const { type, name } = partsOf(address);
  const provider_name = `registry.terraform.io/hashicorp/${type.split("_")[0]}`;
  return { address, mode: "managed", type, name, provider_name };
}

function partsOf(address: string): Omit<DeclaredObject, "attributes"> {
  const { module, key } = parseAddress(address);
  const [type = "", name = ""] = ownPart(address, module, key).split(".");
  return { module, type, name, key };
}

/** `TYPE.NAME` of an address. */
function ownPart(address: string, module: string, key: string): string {
  return address.slice(module === "" ? 0 : module.length + 1, address.length - key.length);
}
