/** What is asked about an author: the evidence at hand, and what is said. */

import type { Evidence } from "../model/evidence.ts";
import type { ActorClaim } from "./claim.ts";
import type { OwnProcess } from "./collected.ts";

export interface AuthorshipRequest {
  readonly evidence?: Evidence | undefined;
  /** What `--actor` says. */
  readonly claim?: ActorClaim | undefined;
  /** The process that judges. */
  readonly own?: OwnProcess | undefined;
  /** Fingerprints of keys that people hold: what they sign is attested. */
  readonly humanKeys?: readonly string[] | undefined;
}
