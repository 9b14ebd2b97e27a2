/** Builds small plans as `terraform show -json` writes them; a test says only what it is about. */

export type Json = Readonly<Record<string, unknown>>;

export interface ChangeJson extends Json {
  readonly address: string;
  readonly mode: string;
  readonly change: Json;
}

/** An element of `resource_changes`; `change` adds to the change itself, the rest to the element. `undefined` leaves out. */
export function change(
  address: string,
  actions: readonly string[],
  { change: inner, ...entry }: Json & { readonly change?: Json } = {},
): ChangeJson {
  const [name = "", type = "", above, further] = address
    .replaceAll(/\[[^\]]*\]/g, "")
    .split(".")
    .reverse();
  const mode = above === "data" && further !== "module" ? "data" : "managed";
  const provider = `registry.terraform.io/hashicorp/${type.split("_")[0]}`;
  const isNew = actions.length === 1 && actions[0] === "create";
  const isGone = actions.length === 1 && (actions[0] === "delete" || actions[0] === "forget");
  const before = isNew ? null : { name };
  const values = { before, after: isGone ? null : { name }, after_unknown: {}, ...SENSITIVITY };
  return { address, mode, type, name, provider_name: provider, ...entry, change: { actions, ...values, ...inner } };
}

const SENSITIVITY = { before_sensitive: {}, after_sensitive: {} };

/** An object of `prior_state`. */
export function existing(address: string, dependsOn: readonly string[] = [], more: Json = {}): Json {
  const { mode, type, name, provider_name } = change(address, ["no-op"]);
  const list = dependsOn.length > 0 && { depends_on: dependsOn };
  return { address, mode, type, name, provider_name, schema_version: 0, values: { name }, ...list, ...more };
}

/** A `prior_state` of these objects. */
export function stateOf(...resources: readonly Json[]): Json {
  return { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: { resources } } };
}

/**
 * A plan of these changes. The state holds what they say exists before, unless `sections` brings another one; a section of
 * `undefined` is left out.
 */
export function plan(changes: readonly ChangeJson[], sections: Json = {}): Json {
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes: changes,
    prior_state: stateOf(...changes.filter(existsBefore).map(({ address, deposed }) => priorOf(address, deposed))),
    configuration: { root_module: {} },
    timestamp: "2026-01-31T11:59:00Z",
    applyable: true,
    complete: true,
    errored: false,
    ...sections,
  };
}

function existsBefore({ change: { actions }, mode }: ChangeJson): boolean {
  return mode === "managed" && String(actions) !== "create";
}

function priorOf(address: string, deposed: unknown): Json {
  return existing(address, [], deposed === undefined ? {} : { deposed_key: deposed });
}
