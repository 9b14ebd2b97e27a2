/** The static configuration of a plan, reduced to what refers to what. Blocks are read when they are asked for. */

/** One module; the root has `path` `""`. A module is described once, whatever its count or for_each. */
export interface Configuration {
  /** Module path without keys. */
  readonly path: string;
  /** Resource blocks by address within the module: `aws_instance.x`, `data.aws_ami.y`. */
  readonly resources: () => ReadonlyMap<string, ConfigBlock>;
  readonly calls: ReadonlyMap<string, ModuleCall>;
  /** Output name to the references in its expression, explicit `depends_on` included. */
  readonly outputs: () => ReadonlyMap<string, References>;
  /** Local value to the references in its expression. A plan has none; they come with the source. */
  readonly locals: ReadonlyMap<string, References>;
}

/** A resource block, not read yet. */
export interface ConfigBlock {
  readonly read: () => ConfigResource;
}

export interface ConfigResource {
  /** References of its arguments, by top-level argument name. */
  readonly expressions: ReadonlyMap<string, References>;
  readonly forEach: References;
  readonly count: References;
  readonly dependsOn: References;
  /** Arguments whose value is neither a constant nor a reference: calls of functions, such as `timestamp()`. */
  readonly computed: () => ReadonlySet<string>;
  /** Whether the configuration can have no other provider block for it: several may reach different places. */
  readonly onlyProvider: () => boolean;
  /** References of the provider block that it uses, and the module path that block stands in. */
  readonly provider?: { readonly path: string; readonly references: References };
}

export interface ModuleCall {
  readonly module: Configuration;
  readonly arguments: () => CallArguments;
}

export interface CallArguments {
  /** Input variable to the references in its argument. */
  readonly inputs: ReadonlyMap<string, References>;
  readonly forEach: References;
  readonly count: References;
  readonly dependsOn: References;
}

/** References as the plan writes them: each followed by all of its prefixes, longest first. `""` parts two expressions. */
export type References = readonly string[];
