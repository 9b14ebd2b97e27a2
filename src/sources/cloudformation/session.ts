/** One reading of a live input: its calls, what could not be seen, and how far it has come. */

import type { BlindSpot } from "../../model/blind-spot.ts";
import type { Api } from "./client.ts";
import { type Failure, failureOf, refusal } from "./failure.ts";

export interface Session {
  readonly api: Api;
  /** A call that there is no verdict without. @throws FirebreakError */
  readonly needed: <Answer>(call: Call, ask: (api: Api) => Promise<Answer>) => Promise<Answer>;
  /**
   * A call that the verdict can do without. `undefined` when AWS refuses or cannot answer it, which becomes a blind spot.
   * @throws FirebreakError when nothing can be asked any more: no credentials, no network
   */
  readonly optional: <Answer>(call: OptionalCall, ask: (api: Api) => Promise<Answer>) => Promise<Answer | undefined>;
  /** One for each operation that was refused and what that hides, in alphabetical order. */
  readonly blindSpots: () => readonly BlindSpot[];
}

interface Call {
  /** As the API and IAM write it. */
  readonly operation: string;
}

interface OptionalCall extends Call {
  /** The stack, stack set or export that it is about. */
  readonly about: string;
  /** What is not known without the answer: the end of a sentence that begins with "so". */
  readonly unseen: string;
}

/** Failures of one call, as against those of everything that could be asked. */
const OF_ONE_CALL: ReadonlySet<Failure["kind"]> = new Set(["denied", "no-stack", "no-change-set", "service"]);

/** `where` is the end of a sentence that names the region, e.g. `in eu-west-1`. */
export function openSession(api: Api, input: string, where: string): Session {
  const refused = new Map<
    string,
    { readonly call: OptionalCall; readonly failure: Failure; readonly about: string[] }
  >();
  return {
    api,
    needed: async ({ operation }, ask) => {
      try {
        return await ask(api);
      } catch (error) {
        throw refusal(failureOf(error), input, operation, where);
      }
    },
    optional: async (call, ask) => {
      try {
        return await ask(api);
      } catch (error) {
        const failure = failureOf(error);
        if (!OF_ONE_CALL.has(failure.kind)) throw refusal(failure, input, call.operation, where);
        const key = `${call.operation} ${call.unseen}`;
        const known = refused.get(key);
        if (known === undefined) refused.set(key, { call, failure, about: [call.about] });
        else if (!known.about.includes(call.about)) known.about.push(call.about);
        return undefined;
      }
    },
    blindSpots: () =>
      [...refused]
        .sort(([left], [right]) => (left < right ? -1 : 1))
        .map(([, { call, failure, about }]) => ({
          code: "call-refused",
          message: `cloudformation:${call.operation} ${why(failure)} for ${listed(about)}, so ${call.unseen}`,
        })),
  };
}

function why({ kind, code }: Failure): string {
  return kind === "denied" ? "is not allowed" : `gave no answer (${code})`;
}

const MOST_NAMED = 3;

function listed(names: readonly string[]): string {
  const shown = [...new Set(names)].sort();
  const more = shown.length - MOST_NAMED;
  return more > 0 ? `${shown.slice(0, MOST_NAMED).join(", ")} and ${more} more` : shown.join(", ");
}
