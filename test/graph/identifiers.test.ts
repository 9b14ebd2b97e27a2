/** Identifiers of ending objects are found in whatever stands in a survivor's attributes, however the plan writes them down. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judgedPlan } from "../support/judge.ts";
import { change, existing, type Json, plan, stateOf } from "../support/plan.ts";

/** Where a survivor may carry an identifier. */
const PLACES: Readonly<Record<string, (identifier: string) => Json>> = {
  "an attribute": (identifier) => ({ target: identifier }),
  "a list in a block": (identifier) => ({ block: [{ targets: ["other-thing", identifier] }] }),
  "JSON in a string": (identifier) => ({ policy: JSON.stringify({ Statement: [{ Resource: identifier }] }) }),
};

/** Ways to write the same JSON. Go: `encoding/json` escapes for HTML unless told otherwise. */
const WRITERS: Readonly<Record<string, (text: string) => string>> = {
  "JSON.stringify": (text) => text,
  Go: (text) => text.replace(/[<>&\u2028\u2029]/g, escaped),
  "ASCII only": (text) => text.replace(/[^\0-\x7f]/g, escaped),
};

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Shaped like real ones, and anything else that a provider may think of. */
const identifier = fc.oneof(
  fc.stringMatching(/^(vpc|subnet|sg|i)-0[0-9a-f]{16}$/),
  fc.stringMatching(/^arn:aws:sqs:eu-central-1:[0-9]{12}:[a-z]{4,20}$/),
  fc.stringMatching(/^[a-z]{3,8}[|,; &<>][a-z0-9]{5,9}$/),
  fc.stringMatching(/^[äößéç日本]{8,12}$/),
);

describe.each(Object.entries(WRITERS))("a plan written by %s", (writer, write) => {
  // JSON in a string is written by Terraform's own jsonencode, which escapes before the plan is written.
  const places = Object.entries(PLACES).filter(
    ([place]) => place !== "JSON in a string" || writer === "JSON.stringify",
  );

  test.each(places)("says which survivors carry an identifier in %s", async (_, placed) => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(identifier, { minLength: 1, maxLength: 40 }), async (identifiers) => {
        const ending = identifiers.map((id, place) =>
          change(`aws_thing.t${place}`, ["delete"], { change: { before: { id }, after: null } }),
        );
        const state = identifiers.flatMap((id, place) => [
          existing(`aws_thing.t${place}`, [], { values: { id } }),
          existing(`aws_user.u${place}`, [], { values: { id: `user-of-${place}`, ...placed(id) } }),
        ]);
        const users = identifiers.map((_, place) => change(`aws_user.u${place}`, ["no-op"]));
        const json = plan([...ending, ...users], { prior_state: stateOf(...state) });
        const { changes } = await judgedPlan(write(JSON.stringify(json)));
        for (const { address, blastRadius } of changes) {
          const user = address.replace("aws_thing.t", "aws_user.u");
          expect(blastRadius.affected.map((one) => [one.address, one.edge])).toEqual([[user, "value"]]);
        }
        expect(changes).toHaveLength(identifiers.length);
      }),
      { seed: 20260131, numRuns: 25 },
    );
  });
});
