/** What CloudFormation will refuse of a change. It is judged all the same: whoever can make the change can take a refusal away. */

export type Refusal = {
  /** The object, or the stack whose deletion is refused. */
  readonly address: string;
} & (
  | { readonly by: "stack-policy"; readonly action: "Update:Replace" | "Update:Delete" }
  | { readonly by: "import"; readonly export: string /** Stacks that import it. */; readonly stacks: readonly string[] }
  | { readonly by: "termination-protection" }
);
