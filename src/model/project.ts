/** A repository as `firebreak init` finds it: how it makes plans, where they go, and whose CI runs. */

export const TOOLS = ["terragrunt", "cdk", "sam", "opentofu", "terraform", "cloudformation"] as const;
export type Tool = (typeof TOOLS)[number];

export const CI_NAMES = ["github", "gitlab", "bitbucket", "azure", "circleci", "jenkins", "atlantis"] as const;
export type CiSystem = (typeof CI_NAMES)[number];

export interface Project {
  /** Absolute: the root of the repository, else the folder that was asked about. */
  readonly root: string;
  /** In the order in which they are taken: what wraps another one first. */
  readonly tools: readonly FoundTool[];
  readonly environments: readonly FoundEnvironment[];
  /** By their files, else by the address of the remote. */
  readonly ci: readonly CiSystem[];
  /** The branch that changes go into, as the remote has it; `main` where nothing tells. */
  readonly branch: string;
  /** Paths of files that there are, relative to the root with slashes, hidden ones of CI included. */
  readonly files: ReadonlySet<string>;
}

export interface FoundTool {
  readonly tool: Tool;
  /** Where plans are made, relative to the root with slashes; `.` for the root itself. */
  readonly folders: readonly string[];
  /** Stacks by name, where the repository says how they are called. */
  readonly stacks: readonly string[];
}

export interface FoundEnvironment {
  readonly name: string;
  /** How a plan is known to go there; absent when nothing in a plan tells. */
  readonly match?: EnvironmentSign;
  /** What was found, for people: `the folder envs/prod`. */
  readonly found: string;
}

export type EnvironmentSign =
  | { readonly path: string }
  | { readonly tags: Readonly<Record<string, readonly string[]>> }
  | { readonly workspace: string };
