/** What one input turned out to hold. */

import type { BlindSpot } from "../model/blind-spot.ts";
import type { SourceTree } from "../model/source.ts";
import type { TemplateFile } from "./template-files.ts";

export interface Content {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes in hex, when it is known already. */
  readonly sha256?: string | undefined;
  /** The state from before the plan, when the input brings it along. */
  readonly previousState?: { readonly input: string; readonly bytes: Uint8Array } | undefined;
  /** The Terraform source that the plan was made from, when the input brings it along. */
  readonly source?: SourceTree | undefined;
  /** Files that belong to this input alone: templates, and saved answers of AWS. */
  readonly beside?: readonly TemplateFile[];
  /** What could not be seen while it was read. */
  readonly blindSpots?: readonly BlindSpot[];
}
