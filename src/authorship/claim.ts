/** What somebody says about the author, before it is held against evidence. */

import { ACTOR_KINDS, type ActorKind } from "../model/authorship.ts";
import { FirebreakError } from "../model/error.ts";

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
