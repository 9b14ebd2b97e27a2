/** A Terraform configuration as the tests make it, edit it and compute with it. `render.ts` writes it down. */

export type Key = string | number;

export type Expression =
  | { readonly kind: "literal"; readonly value: Key }
  /** A block of the same module, with all of its instances: `terraform_data.r0`, `data.terraform_remote_state.d0`. */
  | { readonly kind: "block"; readonly address: string }
  | { readonly kind: "module"; readonly name: string }
  | { readonly kind: "local"; readonly name: string }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "each"; readonly part: "key" | "value" }
  | { readonly kind: "count-index" }
  | { readonly kind: "attribute"; readonly of: Expression; readonly name: string }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression }
  /** `of[*].path`, of a map `values(of)[*].path`. */
  | { readonly kind: "splat"; readonly of: Expression; readonly from: "list" | "map"; readonly path: readonly string[] }
  /** `(of + by) % modulo`: an instance that is not the one of the same index. */
  | { readonly kind: "offset"; readonly of: Expression; readonly by: number; readonly modulo: number }
  /** `{ a = "b" }[of]`: an instance that is not the one of the same key. */
  | { readonly kind: "lookup"; readonly table: readonly (readonly [string, string])[]; readonly of: Expression }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [string, Expression])[] }
  /** `{ for key, value in of : key => value.path }`; with a table the keys are exchanged. */
  | {
      readonly kind: "for";
      readonly of: Expression;
      readonly table: readonly (readonly [string, string])[] | undefined;
      readonly path: readonly string[];
    }
  | { readonly kind: "set"; readonly keys: readonly string[] }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "join"; readonly of: Expression }
  | { readonly kind: "length"; readonly of: Expression }
  /** A text made of all that is in it: `sha1(jsonencode(of))`. */
  | { readonly kind: "digest"; readonly of: Expression };

export type Repetition =
  | { readonly kind: "once" }
  | { readonly kind: "count"; readonly count: Expression }
  | { readonly kind: "for-each"; readonly over: Expression };

/** A resource (always `terraform_data`) or a data source (always `terraform_remote_state`). */
export interface Block {
  /** Stays when an edit renames the block. */
  readonly id: number;
  readonly managed: boolean;
  name: string;
  repeat: Repetition;
  /** The argument that carries a value: `input` of a resource, `defaults` of a data source. */
  input: Expression | undefined;
  /** Further members of `triggers_replace`; its first one is the version. */
  triggers: Expression | undefined;
  /** Another version replaces the object; `undefined` with no triggers either: no `triggers_replace` at all. */
  version: string | undefined;
  /** The version is that of the instance with this key alone; all others have version "1". */
  versionOnlyOf: Key | undefined;
  precondition: Expression | undefined;
  dependsOn: Expression[];
  replaceTriggeredBy: Expression[];
  createFirst: boolean;
}

export interface Call {
  readonly id: number;
  name: string;
  /** Two calls may share one. */
  readonly module: Module;
  repeat: Repetition;
  readonly inputs: Map<string, Expression>;
  dependsOn: Expression[];
}

export interface Module {
  /** Name of its folder under `modules/`; the root's is empty. */
  readonly folder: string;
  readonly variables: string[];
  readonly locals: Map<string, Expression>;
  blocks: Block[];
  calls: Call[];
  readonly outputs: Map<string, Expression>;
  /** `moved` blocks, addresses relative to the module. */
  readonly moved: { readonly from: string; readonly to: string }[];
}

export function addressOf({ managed, name }: Block): string {
  return managed ? `terraform_data.${name}` : `data.terraform_remote_state.${name}`;
}

/** All modules of a configuration, each once, parents first. */
export function modulesOf(root: Module): Module[] {
  const modules = new Set([root]);
  for (const module of modules) for (const call of module.calls) modules.add(call.module);
  return [...modules];
}

/** Every module with the module path, without keys, of each way that leads to it. */
export function pathsOf(root: Module): { readonly module: Module; readonly path: string }[] {
  const paths = [{ module: root, path: "" }];
  for (const { module, path } of paths) {
    for (const call of module.calls) paths.push({ module: call.module, path: joined(path, `module.${call.name}`) });
  }
  return paths;
}

export function joined(path: string, step: string): string {
  return path === "" ? step : `${path}.${step}`;
}

/** The key as it stands in an address: Terraform quotes it as HCL does. */
export function keyText(key: Key | undefined): string {
  if (key === undefined) return "";
  return typeof key === "number" ? `[${key}]` : `[${quoted(key)}]`;
}

export function quoted(text: string): string {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
  // A function, since `$$` in a replacement text stands for one `$`.
  return `"${escaped.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)}"`;
}
