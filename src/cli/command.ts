/** What is known of a command: enough to parse it, to explain it, and to complete it. */

import type { Option } from "./options.ts";

export interface Command {
  readonly summary: string;
  readonly usage: string;
  /** What may stand behind the options: paths, nothing, or one of these words first. */
  readonly operands: "files" | "none" | readonly string[];
  /** Terms and what they mean, for help: kinds of inputs, what is written where. */
  readonly about?: readonly (readonly [term: string, meaning: string])[];
  readonly options: Readonly<Record<string, Option>>;
  readonly examples: readonly (readonly [command: string, what: string])[];
}
