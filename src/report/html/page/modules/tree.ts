/** How many objects lie where, and how many of them end: plans, and the modules in which something ends. */

import type { Range } from "../../../../model/bounds.ts";
import type { PlanReport, Report } from "../../../../model/report.ts";

export interface Place {
  readonly name: string;
  /** The module's address; absent for a plan, and for what lies directly in something. */
  readonly address?: string;
  readonly plan: PlanReport;
  readonly existing: number;
  readonly ended: Range;
  readonly dataLoss: Range;
  readonly children: readonly Place[];
}

/** Plans with the places in them; those without any object are left out. */
export function placesOf({ plans }: Report): Place[] {
  return plans.filter(({ existing }) => existing > 0).map(placeOfPlan);
}

function placeOfPlan(plan: PlanReport): Place {
  const { existing, totals, environment, input } = plan;
  const own = { existing, ended: totals.ended, dataLoss: totals.dataLoss };
  const name = environment === undefined ? input : `${environment} (${input})`;
  const children = childrenOf(plan, "");
  return { name, plan, ...own, children: withRest(children, own, plan, "everything else") };
}

/** The modules right below one; one module is below another when no third lies between them. */
function childrenOf(plan: PlanReport, parent: string): Place[] {
  const inside = plan.modules.filter(({ address }) => isWithin(address, parent));
  const direct = inside.filter(({ address }) => !inside.some((other) => isWithin(address, other.address)));
  return direct.map(({ address, existing, ended, dataLoss }) => {
    const own = { existing, ended, dataLoss };
    const children = withRest(childrenOf(plan, address), own, plan, "directly in it");
    return { name: parent === "" ? address : address.slice(parent.length + 1), address, plan, ...own, children };
  });
}

function isWithin(address: string, parent: string): boolean {
  return address !== parent && (parent === "" || address.startsWith(`${parent}.`));
}

type Amounts = Pick<Place, "existing" | "ended" | "dataLoss">;

/** What its parts do not account for is a part of its own. */
function withRest(parts: readonly Place[], whole: Amounts, plan: PlanReport, name: string): Place[] {
  const existing = whole.existing - parts.reduce((sum, part) => sum + part.existing, 0);
  if (parts.length === 0 || existing <= 0) return [...parts];
  const rest = (pick: (amounts: Amounts) => Range): Range => {
    const { lower, upper } = pick(whole);
    const sum = parts.reduce((total, part) => total + pick(part).lower, 0);
    const most = parts.reduce<number | null>((total, part) => plus(total, pick(part).upper), 0);
    return {
      lower: Math.max(0, lower - sum),
      upper: upper === null || most === null ? null : Math.max(0, upper - most),
    };
  };
  return [
    ...parts,
    { name, plan, existing, ended: rest((one) => one.ended), dataLoss: rest((one) => one.dataLoss), children: [] },
  ];
}

function plus(left: number | null, right: number | null): number | null {
  return left === null || right === null ? null : left + right;
}
