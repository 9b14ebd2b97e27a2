/** Terraform source: what a plan leaves out of the configuration it was made from, and where each block stands. */

import { splitAddress, withoutKeys } from "./address.ts";
import type { References } from "./configuration.ts";

export interface Location {
  /** With slashes, as seen from the working folder; for the source in a saved plan, from the folder that it was made in. */
  readonly file: string;
  /** The first line of the block, from 1 on. */
  readonly line: number;
}

/** The configuration of one plan as it was written. */
export interface ConfigurationSource {
  /** What to call it in a sentence: `tfplan (tfconfig)`, `--source envs/prod`. */
  readonly label: string;
  readonly root: SourceModule;
  /** What `.terraform.lock.hcl` pins; absent when there is no such file. */
  readonly lock?: DependencyLock;
}

/** Exact versions of providers, by address (`registry.terraform.io/hashicorp/aws`). */
export interface DependencyLock {
  readonly location: Location;
  readonly providers: ReadonlyMap<string, LockedProvider>;
}

export interface LockedProvider {
  readonly location: Location;
  readonly version: string;
  readonly hashes: readonly string[];
}

/** One module, its files taken together, override files merged. It is read once for each call. */
export interface SourceModule {
  /** Module path without keys; the root has `""`. */
  readonly path: string;
  /** Resource blocks by address within the module: `aws_vpc.main`, `data.aws_ami.y`. */
  readonly resources: ReadonlyMap<string, SourceResource>;
  readonly calls: ReadonlyMap<string, SourceCall>;
  readonly locals: ReadonlyMap<string, References>;
  /** Output name to the references of its preconditions. */
  readonly outputs: ReadonlyMap<string, References>;
  /** Every other block that has an address: `output.id`, `var.cidr`, `check.health`, `action.aws_lambda_invoke.x`. */
  readonly others: ReadonlyMap<string, Location>;
  readonly moved: readonly { readonly from: string; readonly to: string; readonly location: Location }[];
  readonly removed: readonly RemovedBlock[];
  readonly imports: readonly { readonly to: string; readonly location: Location }[];
  /** Constraints on the versions of providers, by source (`hashicorp/aws`). */
  readonly requirements: ReadonlyMap<string, Written>;
  /** Where the state is kept; only the root module has one. */
  readonly backend?: { readonly type: string; readonly location: Location };
}

export interface SourceCall {
  readonly location: Location;
  /** Which module it is, and of which version. */
  readonly source?: Written;
  readonly version?: Written;
  /** `undefined` when the module's files are not at hand. */
  readonly module: SourceModule | undefined;
}

export interface RemovedBlock {
  /** A resource or module, without keys, as seen from the module that the block stands in. */
  readonly from: string;
  /** Whether the object is destroyed; `false` forgets it. */
  readonly destroy: Setting;
  readonly location: Location;
}

/** A guard as it is written; `unknown` when it is no constant. */
export type Setting = boolean | "unknown";

export interface SourceResource {
  readonly location: Location;
  readonly lifecycle: Lifecycle;
  /** Arguments as they are written, nested blocks left out. */
  readonly arguments: ReadonlyMap<string, SourceArgument>;
  /** Provisioner blocks in their order. */
  readonly provisioners: readonly Provisioner[];
  /** References that no plan shows, by where they stand: `lifecycle.replace_triggered_by`, `dynamic.ingress`, `connection`. */
  readonly hidden: ReadonlyMap<string, References>;
}

export interface Lifecycle {
  readonly preventDestroy: Setting;
  readonly createBeforeDestroy: Setting;
  /** What of the resource is ignored; `all` for the keyword. */
  readonly ignoreChanges: readonly string[] | "all";
  readonly replaceTriggeredBy: References;
  /** Terraform 1.16: `false` keeps the object when its block goes or it is replaced. */
  readonly destroy: Setting;
  /** Where each of its arguments is written, by name; absent ones are not. */
  readonly places: ReadonlyMap<string, Location>;
}

/** An expression, to be compared with another one: what is written may be a secret, and none of it is for a report. */
export interface Written {
  readonly location: Location;
  /** Its signs and words, however they are laid out. */
  readonly text: string;
  /** The text, number or keyword that it is, when it is a constant. */
  readonly constant?: string;
}

export interface SourceArgument {
  readonly location: Location;
  readonly references: References;
  /** Whether it is this text, number or keyword; absent when it is no constant. What it is stays in the source. */
  readonly is?: (constant: string) => boolean;
}

export interface Provisioner {
  readonly type: string;
  readonly when: "create" | "destroy";
  readonly location: Location;
}

/** The block of a resource by its address, keys or not; `undefined` when the source has none. */
export function sourceResource(source: ConfigurationSource, address: string): SourceResource | undefined {
  const { module, local } = walkTo(source, address);
  return module?.resources.get(local);
}

/** The call of a module by its address, keys or not; `undefined` when it is not written. */
export function sourceCall({ root }: ConfigurationSource, address: string): SourceCall | undefined {
  let module: SourceModule | undefined = root;
  let call: SourceCall | undefined;
  for (const name of splitAddress(withoutKeys(address)).filter((_, place) => place % 2 === 1)) {
    call = module?.calls.get(name);
    module = call?.module;
  }
  return call;
}

/**
 * Where an address is written: its block; else what removes it; else, since its block is gone, what stands in its place where
 * that is known (`instead`), or the nearest module call around it. `undefined` when the source has nothing to point at.
 */
export function locationOf(source: ConfigurationSource, address: string, instead?: Location): Location | undefined {
  const { module, local, call, path } = walkTo(source, address);
  const block = local === "" ? undefined : (module?.resources.get(local)?.location ?? module?.others.get(local));
  return block ?? removalOf(source, path) ?? instead ?? call?.location;
}

interface Walked {
  /** The module that the address stands in, when the source has it. */
  readonly module: SourceModule | undefined;
  /** The address within that module; `""` when the address is the module's own. */
  readonly local: string;
  /** The innermost module call on the way that is written. */
  readonly call: SourceCall | undefined;
  /** The whole address without keys. */
  readonly path: string;
}

function walkTo({ root }: ConfigurationSource, address: string): Walked {
  const path = withoutKeys(address);
  const steps = splitAddress(path);
  let module: SourceModule | undefined = root;
  let call: SourceCall | undefined;
  let at = 0;
  while (steps[at] === "module" && steps[at + 1] !== undefined) {
    const next: SourceCall | undefined = module?.calls.get(steps[at + 1] ?? "");
    call = next ?? call;
    module = next?.module;
    at += 2;
  }
  return { module, local: steps.slice(at).join("."), call, path };
}

/** The `removed` block that names an address or a module around it, as seen from any module above. */
function removalOf({ root }: ConfigurationSource, path: string): Location | undefined {
  let found: { readonly length: number; readonly location: Location } | undefined;
  const visit = (module: SourceModule): void => {
    for (const { from, location } of module.removed) {
      const removed = module.path === "" ? from : `${module.path}.${from}`;
      const covers = path === removed || path.startsWith(`${removed}.`);
      if (covers && removed.length > (found?.length ?? 0)) found = { length: removed.length, location };
    }
    for (const { module: inner } of module.calls.values()) {
      if (inner && path.startsWith(`${inner.path}.`)) visit(inner);
    }
  };
  visit(root);
  return found?.location;
}

/** Files of one module, as they were found. */
export interface SourceFolder {
  /** What the source of a further module is resolved against; opaque to whoever reads. */
  readonly id: string;
  readonly files: readonly SourceFile[];
  /** Why files that should be there were not taken, as sentences. */
  readonly problems: readonly string[];
}

export interface SourceFile {
  /** As it is to be shown; its end says what it is (`.tf`, `.tf.json`). */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Where source comes from, asked module by module. What it cannot give it says in a sentence. */
export interface SourceTree {
  readonly label: string;
  /** The folder of the root module as an absolute path; absent for what a plan brings along. */
  readonly folder?: string;
  /**
   * What the plan brings along (`plan`), what somebody named (`named`), or the folder that happens to be the working one
   * (`found`): that one is taken silently or not at all.
   */
  readonly origin: "plan" | "named" | "found";
  readonly root: () => SourceFolder;
  /** The module that `from` calls; `names` are the calls from the root down, `source` what the call says, if that is a constant. */
  readonly called: (from: SourceFolder, names: readonly string[], source: string | undefined) => SourceFolder | string;
  /** The lock file beside the root module. */
  readonly lock?: () => SourceFile | undefined;
}

/** Where earlier revisions of source are found. */
export interface EarlierSource {
  /** What to call the revision in a sentence: `main`. */
  readonly label: string;
  /** The change edits, adds or removes files of source. */
  readonly isTouched: () => Promise<boolean>;
  /** The same root module as it was where the change branched off, and as the base has it now; or why it cannot be had. */
  readonly before: (tree: SourceTree) => Promise<readonly SourceTree[] | string>;
  /** The same root module as HEAD has it, whatever lies in the working tree. */
  readonly committed: (tree: SourceTree) => Promise<SourceTree | string>;
}

/** Why a module was not read that is nowhere in the repository: of such ones only the version is known. */
export const NOT_IN_REPOSITORY = "its files are not in the repository";
