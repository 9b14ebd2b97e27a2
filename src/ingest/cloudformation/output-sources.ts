/** What the outputs of a nested stack are made of, as far as templates say. */

/** A resource of the tree that a value refers to; without an attribute by `Ref`. */
export interface ResourceUse {
  readonly address: string;
  readonly attribute: string | undefined;
}

/** Resources in the value of an output of the stack at a path; `undefined` when no template says, or two say different things. */
export type OutputSources = (path: string, output: string) => readonly ResourceUse[] | undefined;
