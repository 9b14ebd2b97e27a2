/** Laws that hold for every plan: of the radius, its bounds, and what is not known. Plans are random, the seed is fixed. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, type PlanReport } from "../../src/index.ts";

/** Objects r0, r1, ... of which each may depend on earlier ones; some end. */
interface Shape {
  readonly edges: readonly (readonly [dependent: number, dependency: number])[];
  readonly ends: readonly number[];
  readonly count: number;
}

const shape: fc.Arbitrary<Shape> = fc.integer({ min: 2, max: 14 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    ends: fc.uniqueArray(fc.nat(count - 1), { minLength: 1, maxLength: 4 }),
    edges: fc.uniqueArray(
      fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1))
        .filter(([dependent, dependency]) => dependency < dependent)
        .map(([dependent, dependency]): [number, number] => [dependent, dependency]),
      { maxLength: 24, selector: ([dependent, dependency]) => `${dependent} ${dependency}` },
    ),
  }),
);

const RUNS = { seed: 20260131, numRuns: 60 };
const address = (place: number): string => `terraform_data.r${place}`;

describe("the radius", () => {
  test("is everything that reaches the ending object over dependencies, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(shape, async (plan) => {
        const report = await judged(plan);
        for (const change of report.changes) {
          const place = Number(change.address.slice(address(0).length - 1));
          expect(change.blastRadius.affected.map((one) => one.address).sort()).toEqual(dependentsOf(plan, place));
          expect(change.blastRadius.upper).toBe(change.blastRadius.affected.length);
        }
      }),
      RUNS,
    );
  });

  test("has a path for each object, of real dependencies, as short as any", async () => {
    await fc.assert(
      fc.asyncProperty(shape, async (plan) => {
        const report = await judged(plan);
        const edges = new Set(plan.edges.map(([from, to]) => `${address(from)} ${address(to)}`));
        for (const change of report.changes) {
          const listed = new Map(change.blastRadius.affected.map((one) => [one.address, one]));
          for (const { path, distance, address: own } of listed.values()) {
            expect([path[0], path.at(-1), path.length]).toEqual([change.address, own, distance + 1]);
            for (const [place, step] of path.entries()) {
              const before = path[place - 1];
              if (before !== undefined) expect(edges.has(`${step} ${before}`), `${step} -> ${before}`).toBe(true);
              if (place > 0) expect(listed.get(step)?.distance).toBe(place);
            }
          }
        }
      }),
      RUNS,
    );
  });

  test("never shrinks with another dependency, nor does a bound of the whole plan", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.nat(), fc.nat(), async (plan, left, right) => {
        const [low, high] = [left % plan.count, right % plan.count].sort((a, b) => a - b);
        fc.pre(low !== undefined && high !== undefined && low !== high);
        const more = { ...plan, edges: [...plan.edges, [high, low] as const] };
        const [before, after] = [await judged(plan), await judged(more)];
        for (const [place, change] of before.changes.entries()) {
          const grown = after.changes[place]?.blastRadius.affected.map((one) => one.address);
          expect(grown).toEqual(expect.arrayContaining(change.blastRadius.affected.map((one) => one.address)));
        }
        expect(after.totals.affected.lower).toBeGreaterThanOrEqual(before.totals.affected.lower);
        expect(above(after.totals.affected.upper, before.totals.affected.upper)).toBe(true);
      }),
      RUNS,
    );
  });

  test("counts exactly what it would list, however little it lists", async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.integer({ min: 0, max: 3 }), async (plan, most) => {
        const [all, few] = [await judged(plan), await judged(plan, {}, most)];
        for (const [place, change] of all.changes.entries()) {
          const { lower, upper, affected } = change.blastRadius;
          const cut = few.changes[place]?.blastRadius;
          expect([cut?.lower, cut?.upper]).toEqual([lower, upper]);
          expect(cut?.affected).toEqual(affected.slice(0, most));
          expect(cut?.truncated).toBe(affected.length > most);
        }
      }),
      RUNS,
    );
  });
});

describe("less knowledge", () => {
  test.each(["prior_state", "configuration"] as const)("without %s no upper bound is lower", async (section) => {
    await fc.assert(
      fc.asyncProperty(shape, async (plan) => {
        const [whole, cut] = [await judged(plan), await judged(plan, { without: section })];
        expect(above(cut.totals.affected.upper, whole.totals.affected.upper)).toBe(true);
        expect(cut.totals.affected.lower).toBeLessThanOrEqual(whole.totals.affected.upper ?? Number.POSITIVE_INFINITY);
        for (const [place, change] of whole.changes.entries()) {
          expect(above(cut.changes[place]?.blastRadius.upper ?? null, change.blastRadius.upper)).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

describe("circles, which Terraform never writes", () => {
  test("come to an end and are named", async () => {
    const circle: Shape = {
      count: 4,
      ends: [0],
      edges: [
        [1, 0],
        [2, 1],
        [1, 2],
        [3, 2],
      ],
    };
    const report = await judged(circle);
    expect(report.changes[0]?.blastRadius.upper).toBe(3);
    const named = report.blindSpots.find(({ code }) => code === "circular-dependencies");
    expect(named?.message).toContain("terraform_data.r1, terraform_data.r2");
  });
});

function above(left: number | null, right: number | null): boolean {
  return left === null || (right !== null && left >= right);
}

/** By hand: who depends on it, and on those, until nobody is added. */
function dependentsOf({ edges }: Shape, seed: number): string[] {
  const found = new Set<number>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const [dependent, dependency] of edges) {
      if (dependent === seed || found.has(dependent) || (dependency !== seed && !found.has(dependency))) continue;
      found.add(dependent);
      grown = true;
    }
  }
  return [...found].map(address).sort();
}

async function judged(
  { count, edges, ends }: Shape,
  { without }: { without?: "prior_state" | "configuration" } = {},
  maxAffected = 1000,
): Promise<PlanReport> {
  const places = Array.from({ length: count }, (_, place) => place);
  const base = (place: number) => ({
    address: address(place),
    mode: "managed",
    type: "terraform_data",
    name: `r${place}`,
  });
  const direct = (place: number): string[] => edges.filter(([from]) => from === place).map(([, to]) => address(to));
  const value = { id: "0" };
  const sections = {
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: places.map((place) => ({
      ...base(place),
      change: { actions: ends.includes(place) ? ["delete", "create"] : ["no-op"], before: value, after: value },
    })),
    prior_state: {
      values: {
        root_module: {
          resources: places.map((place) => ({ ...base(place), values: value, depends_on: direct(place) })),
        },
      },
    },
    configuration: {
      root_module: {
        resources: places.map((place) => ({
          ...base(place),
          expressions: { input: { references: direct(place).flatMap((to) => [`${to}.id`, to]) } },
        })),
      },
    },
  };
  const kept = Object.fromEntries(Object.entries(sections).filter(([name]) => name !== without));
  const bytes = Buffer.from(JSON.stringify(kept));
  const { plans } = await check([{ input: "plan.json", bytes }], { maxAffected, now: new Date(0) });
  if (plans[0] === undefined) throw new Error("no plan came back");
  return plans[0];
}
