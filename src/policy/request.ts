/** What a policy is made from, as whoever calls hands it in. */

import type { ReadRego } from "./rego/load.ts";

/** A config file: how it is named in messages, and its text. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
  /** It was not read from the base although the policy is: only a digest tells that it is what the base means. */
  readonly unvouched?: true;
}

export interface PolicyRequest {
  /** The repository's own config; without one, `recommended` holds. */
  readonly config?: ConfigFile | undefined;
  /** Names or files from the command line, on top of the config; without a config, in place of `recommended`. */
  readonly rulesets: readonly string[];
  /** Reads a file that a config or the command line names; `from` is the config that names it, if one does. */
  readonly readFile: (path: string, from?: string) => Promise<ConfigFile>;
  /** The config in an installed package, or one of its files; `undefined` when no such package is installed. */
  readonly readPackage?: (name: string, from?: string) => Promise<ConfigFile | undefined>;
  /** Absent: a config with Rego cannot be used. */
  readonly readRego?: ReadRego;
}
