/** Plans of several reports by names of their own: jobs of a matrix all call their plan the same. */

import { FirebreakError } from "../model/error.ts";
import type { PlanReport, Report } from "../model/report.ts";

/** A report, and what to call it where reports are told apart. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

export interface ToldApart {
  /** The reports in their order; each input goes by one name throughout, and no two by the same. */
  readonly reports: readonly Report[];
  /** Every plan once, however many reports speak of it. */
  readonly plans: readonly PlanReport[];
  /** The plans that were there already, with a sentence. */
  readonly twins: Report["skipped"];
}

/** @throws FirebreakError `bad-usage` when two reports go by one name */
export function tellApart(named: readonly NamedReport[]): ToldApart {
  const names = named.map(({ name }) => name);
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) {
    throw new FirebreakError("bad-usage", `${twice}: the same report is given twice`, {
      hint: "Name each report once.",
    });
  }
  const owners = ownersOf(named);
  const users = new Map<string, Set<string>>();
  for (const inputs of owners.values()) {
    for (const { name, input } of inputs.values()) users.set(input, (users.get(input) ?? new Set()).add(name));
  }
  const finalName = (from: string, of: string): string => {
    const { name, input } = owners.get(from)?.get(of) ?? { name: from, input: of };
    return (users.get(input)?.size ?? 0) > 1 ? `${input} (${name})` : input;
  };
  const isTwin = (name: string, input: string): boolean => owners.get(name)?.get(input)?.name !== name;
  return {
    reports: named.map(({ name, report }) => withNames(report, (input) => finalName(name, input))),
    plans: named.flatMap(({ name, report: { plans } }) =>
      plans.flatMap((plan) => (isTwin(name, plan.input) ? [] : { ...plan, input: finalName(name, plan.input) })),
    ),
    twins: named.flatMap(({ name, report: { plans } }) =>
      plans.flatMap(({ input }) => {
        if (!isTwin(name, input)) return [];
        return { input, message: `${name}: ${input} is the same plan as ${finalName(name, input)}, and counts once` };
      }),
    ),
  };
}

interface Owner {
  readonly name: string;
  readonly input: string;
}

/** By report, then by input: the first report that speaks of the same bytes for the same environment, and its word for them. */
function ownersOf(named: readonly NamedReport[]): ReadonlyMap<string, ReadonlyMap<string, Owner>> {
  const firsts = new Map<string, Owner>();
  return new Map(
    named.map(({ name, report }) => {
      const inputs = new Map<string, Owner>();
      for (const { input } of report.errors) if (input !== undefined) inputs.set(input, { name, input });
      for (const { input, digest, environment = null } of report.plans) {
        const key = JSON.stringify([digest, environment]);
        const first = firsts.get(key);
        // Within one report the same plan twice was meant so.
        const owner = first === undefined || first.name === name ? { name, input } : first;
        if (first === undefined) firsts.set(key, owner);
        inputs.set(input, owner);
      }
      return [name, inputs];
    }),
  );
}

function withNames(report: Report, to: (input: string) => string): Report {
  const renamed = <T extends { readonly input?: string }>(one: T): T =>
    one.input === undefined ? one : { ...one, input: to(one.input) };
  const { plans, findings, errors } = report;
  return { ...report, plans: plans.map(renamed), findings: findings.map(renamed), errors: errors.map(renamed) };
}
