/** Who wrote the change: the door of this folder. */

import { ACTOR_KINDS, type ActorKind, type Authorship } from "../model/authorship.ts";
import { FirebreakError } from "../model/error.ts";

/** What somebody says about the author. */
export interface ActorClaim {
  readonly kind: Exclude<ActorKind, "mixed">;
  /** Which agent or account. */
  readonly id?: string;
}

const CLAIMABLE = ACTOR_KINDS.filter((kind): kind is ActorClaim["kind"] => kind !== "mixed");

/** Reads `agent:claude-code`, `human`, ... @throws FirebreakError `bad-usage` */
export function parseActor(text: string): ActorClaim {
  const [word = "", ...rest] = text.split(":");
  const kind = CLAIMABLE.find((known) => known === word);
  const id = rest.join(":");
  if (kind === undefined || (rest.length > 0 && !/^[\w.@+[\]/-]{1,100}$/.test(id))) {
    throw new FirebreakError("bad-usage", `--actor ${JSON.stringify(text)} is no author`, {
      hint: `Use ${CLAIMABLE.join(", ")}, with a name where there is one: --actor agent:claude-code`,
    });
  }
  return id === "" ? { kind } : { kind, id };
}

/** The judgement on the author. Without a claim nothing is known, and silence is not a human. */
export function judgeAuthorship(claim: ActorClaim | undefined): Authorship {
  if (claim === undefined || claim.kind === "unknown")
    return { kind: "unknown", confidence: 0, signals: [], operators: [] };
  const agent = claim.kind === "agent" && claim.id !== undefined ? { agent: claim.id } : {};
  return {
    kind: claim.kind,
    grade: "claimed",
    ...agent,
    confidence: 1,
    signals: [{ source: "--actor", pointsTo: claim.kind, ...agent }],
    operators: [],
  };
}
