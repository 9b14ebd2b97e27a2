/** Change sets, read from any number of inputs, to plans. */

import type { BlindSpot } from "../../model/blind-spot.ts";
import type { ChangePlan } from "../../model/plan.ts";
import { type Beside, readBeside } from "./beside.ts";
import { toChangePlan } from "./change-set.ts";
import type { ChangeSetDocument } from "./document.ts";
import { joinStacks } from "./join.ts";
import type { TemplateFile } from "./template/index.ts";

/** The change sets of one input. */
interface ReadChangeSets {
  readonly changeSets: readonly ChangeSetDocument[];
  /** All that lies beside them, where the input brings that along. */
  readonly beside?: readonly TemplateFile[] | undefined;
  readonly blindSpots?: readonly BlindSpot[] | undefined;
}

/** One plan for each tree of stacks; `files` lie beside all inputs. */
export async function plansOf(
  readings: readonly ReadChangeSets[],
  files: () => readonly TemplateFile[],
): Promise<ChangePlan[]> {
  const shared = readings.filter(({ beside }) => beside === undefined).flatMap(({ changeSets }) => changeSets);
  const plans = shared.length === 0 ? [] : joinChangeSets(shared, await readBeside(files()));
  for (const { changeSets, beside, blindSpots = [] } of readings) {
    if (beside === undefined) continue;
    const own = joinChangeSets(changeSets, await readBeside([...beside, ...files()]));
    plans.push(...own.map((plan) => ({ ...plan, blindSpots: [...plan.blindSpots, ...blindSpots] })));
  }
  return plans;
}

function joinChangeSets(documents: readonly ChangeSetDocument[], beside?: Beside): ChangePlan[] {
  const trees = joinStacks(documents);
  return trees.map((tree) => {
    const alike = trees.filter(({ input }) => input === tree.input);
    const name = alike.length === 1 ? tree.input : `${tree.input}#${alike.indexOf(tree) + 1}`;
    return toChangePlan({ ...tree, input: name }, beside);
  });
}
