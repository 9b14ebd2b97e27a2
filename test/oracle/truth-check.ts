/** What firebreak calls certain, held against which instance really depends on which. */

import type { ReportedChange } from "../../src/index.ts";
import type { Scenario } from "./scenario.ts";
import { type Dependencies, dependentsIn } from "./truth.ts";

export interface Figures {
  readonly scenarios: number;
  /** Objects that end; those on which every reading agrees; and what Terraform would destroy with them, themselves left out. */
  readonly ending: number;
  readonly agreed: number;
  readonly dependents: number;
  /** The same for those with dependents that the plan alone cannot know; and how many dependents it lists all the same. */
  readonly hidden: number;
  readonly hiddenDependents: number;
  readonly hiddenListed: number;
  /** Pairs of an object that surely ends and one that its value reaches, without the hidden; those of them that are certain. */
  readonly reached: number;
  readonly reachedCertain: number;
  /** Entries called certain, and those of them that no value of the ending object reaches. */
  readonly certain: number;
  readonly certainUnreached: number;
}

export const NO_FIGURES: Figures = {
  scenarios: 0,
  ending: 0,
  agreed: 0,
  dependents: 0,
  hidden: 0,
  hiddenDependents: 0,
  hiddenListed: 0,
  reached: 0,
  reachedCertain: 0,
  certain: 0,
  certainUnreached: 0,
};

export function sum(left: Figures, right: Figures): Figures {
  const keys = Object.keys(NO_FIGURES) as (keyof Figures)[];
  return Object.fromEntries(keys.map((key) => [key, left[key] + right[key]])) as unknown as Figures;
}

export class TruthCheck {
  /** Of the configurations before and after the edit together: a plan knows references of both. */
  private readonly strict: Dependencies;
  private readonly loose: Dependencies;
  private counted: Figures = { ...NO_FIGURES, scenarios: 1 };

  constructor({ applied, edited }: Scenario["truth"], moved: ReadonlyMap<string, string>) {
    this.strict = united(renamed(applied.strict, moved), edited.strict);
    this.loose = united(renamed(applied.loose, moved), edited.loose);
  }

  get figures(): Figures {
    return this.counted;
  }

  /** An exact edge, the last one of its path, says which instance is meant: it has to be that one. */
  judge({
    address: ending,
    blastRadius,
  }: ReportedChange): { readonly what: string; readonly missing: string[]; readonly extra: string[] }[] {
    const exact = blastRadius.affected.filter(({ edge }) => edge === "exact");
    const wrong = exact.flatMap(({ address, path }) => {
      const from = path.at(-2) ?? ending;
      return dependentsIn(this.loose, from).has(address) ? [] : `${from} -> ${address}`;
    });
    const dependents = dependentsIn(this.loose, ending);
    const untrue = exact.flatMap(({ address, certain }) => (certain && !dependents.has(address) ? address : []));
    return [
      { what: "exact edges where no instance reads the other", missing: [], extra: wrong },
      { what: "exact and certain entries that do not depend on it", missing: [], extra: untrue },
    ].filter(({ extra }) => extra.length > 0);
  }

  /** Adds to the figures; `hidden` when the plan does not know all of the `dependents`. */
  count(change: ReportedChange, dependents: number, hidden: boolean): void {
    const { address: ending, certainty, blastRadius } = change;
    const { affected } = blastRadius;
    const certain = affected.flatMap((entry) => (entry.certain ? entry.address : []));
    const all = dependentsIn(this.strict, ending);
    // Only what exists can depend, and only what is managed is listed.
    const reached = !hidden && certainty === "certain" ? affected.filter(({ address }) => all.has(address)) : [];
    this.counted = sum(this.counted, {
      scenarios: 0,
      ending: 1,
      agreed: 0,
      dependents,
      hidden: hidden ? 1 : 0,
      hiddenDependents: hidden ? dependents : 0,
      hiddenListed: hidden ? affected.length : 0,
      reached: reached.length,
      reachedCertain: reached.filter((entry) => entry.certain).length,
      certain: certain.length,
      certainUnreached: certain.filter((address) => !all.has(address)).length,
    });
  }
}

function renamed(dependencies: Dependencies, moved: ReadonlyMap<string, string>): Dependencies {
  const now = (address: string): string => moved.get(address) ?? address;
  return new Map([...dependencies].map(([address, reads]) => [now(address), new Set([...reads].map(now))]));
}

function united(left: Dependencies, right: Dependencies): Dependencies {
  const addresses = [...new Set([...left.keys(), ...right.keys()])];
  return new Map(
    addresses.map((address) => [address, new Set([...(left.get(address) ?? []), ...(right.get(address) ?? [])])]),
  );
}
