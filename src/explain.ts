/** The line of `firebreak explain`: bytes to plans, plans to the reasons why one address is in a blast radius. */

import { explain, unknownCauses } from "./blast/index.ts";
import {
  type NamedBytes,
  plansOfChangeSets,
  readInput,
  type TemplateFile,
  whileReading,
  withSource,
} from "./ingest/index.ts";
import { FirebreakError } from "./model/error.ts";
import type { Explanation } from "./model/explanation.ts";
import type { ChangePlan } from "./model/plan.ts";
import type { SourceTree } from "./model/source.ts";
import { reasonsOf } from "./report/wording/index.ts";

/**
 * One explanation for each plan that knows the address, of inputs that are read together.
 * @throws FirebreakError when the input cannot be read, or no plan knows the address
 */
export async function explainInputs(
  inputs: readonly (NamedBytes & { readonly source?: SourceTree | undefined })[],
  address: string,
  given: { readonly source?: SourceTree | undefined; readonly templates?: (() => readonly TemplateFile[]) | undefined },
): Promise<Explanation[]> {
  const readings = await Promise.all(inputs.map(readInput));
  const sourced = readings.flatMap(({ plans: found }, place) =>
    found.map((plan) => withSource(plan, inputs[place]?.source ?? given.source)),
  );
  const plans = [...(await Promise.all(sourced)), ...(await plansOfChangeSets(readings, given.templates))];
  const explanations = plans.flatMap((plan) => whileReading(plan.input, () => explanationIn(plan, address)) ?? []);
  if (explanations.length > 0) return explanations;
  const known = plans.flatMap((plan) =>
    plan.dependencies.objects().flatMap((object) => (object.managed ? object.address : [])),
  );
  throw new FirebreakError("bad-usage", `${inputs[0]?.input ?? "-"}: the plan knows no existing object ${address}`, {
    hint: hintFor(address, known),
  });
}

function explanationIn(plan: ChangePlan, address: string): Explanation | undefined {
  const causes = unknownCauses(plan);
  return explain(plan, address, (change) => reasonsOf(change, causes.get(change)));
}

/** Addresses of the same type or with the same name help more than a list of all. */
function hintFor(address: string, known: readonly string[]): string {
  const name = address.split(".").at(-1) ?? address;
  const near = known.filter((candidate) => candidate.includes(name) || candidate.includes(address));
  if (near.length > 0) return `Did you mean: ${near.slice(0, 5).join(", ")}`;
  return "firebreak check FILE --verbose lists the objects that end and what depends on them.";
}
