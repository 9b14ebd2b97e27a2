/** What a picture shows, and that it counts whatever it leaves out. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type AffectedObject, check, type PlanReport, type Report, type ReportedChange } from "../../src/index.ts";
import { pictureOf } from "../../src/report/picture/index.ts";
import {
  MOST_DRAWN,
  type Picture,
  type PictureEdge,
  type PictureGroup,
  type PictureNode,
  type Scene,
} from "../../src/report/picture/shapes.ts";

const STORY = readFileSync(join(import.meta.dirname, "../../fixtures/story/plan.json"));
const NOW = new Date("2026-01-31T12:00:00Z");
const story = (): Promise<Report> => check([{ input: "plan.json", bytes: STORY }], { now: NOW, actor: "agent" });

/** An object that is replaced. */
function ending(
  address: string,
  affected: readonly AffectedObject[] = [],
  more: Partial<ReportedChange> = {},
): ReportedChange {
  return {
    address,
    type: address.split(".").at(-2) ?? "",
    action: "replace",
    certainty: "certain",
    fate: "destroyed",
    routine: false,
    holdsData: false,
    losses: [],
    counted: true,
    reasons: [],
    blastRadius: { lower: affected.length, upper: affected.length, truncated: false, affected },
    ...more,
  };
}

/** What depends on the first address, through those between. */
function dependent(path: readonly string[], more: Partial<AffectedObject> = {}): AffectedObject {
  const address = path.at(-1) ?? "";
  return { address, distance: path.length - 1, path, edge: "exact", certain: true, effect: "untouched", ...more };
}

function planOf(changes: readonly ReportedChange[], more: Partial<PlanReport> = {}): PlanReport {
  const ended = { lower: changes.length, upper: changes.length };
  const listed = new Set(changes.flatMap(({ blastRadius }) => blastRadius.affected.map(({ address }) => address)));
  const data = changes.filter(({ holdsData }) => holdsData).length;
  const none = { create: 0, update: 0, delete: 0, replace: 0, forget: 0, import: 0, move: 0, read: 0, noop: 0 };
  return {
    input: "plan.json",
    kind: "terraform-plan",
    digest: "sha256:0",
    fingerprint: "0",
    complete: true,
    incompleteReasons: [],
    summary: { ...none, unknown: 0 },
    existing: 1000,
    share: { lower: 0, upper: 0 },
    changes,
    totals: {
      ended,
      affected: { lower: 0, upper: listed.size },
      dataLoss: { lower: data, upper: data },
      score: { lower: 0, upper: 0 },
    },
    modules: [],
    noSurvivors: [],
    drift: { changed: [], deleted: [] },
    blindSpots: [],
    suggestions: [],
    ...more,
  };
}

function reportOf(plans: readonly PlanReport[], more: Partial<Report> = {}): Report {
  return {
    schemaVersion: "1.0",
    tool: { name: "firebreak", version: "0.0.0" },
    asOf: "2026-01-31T12:00:00Z",
    verdict: "fail",
    authorship: { kind: "unknown", grade: "claimed", confidence: 0, signals: [], operators: [] },
    plans,
    findings: [],
    signatures: [],
    policy: { heldTo: { actor: "unknown", bound: "upper" }, mode: "enforce", sources: [], limits: {} },
    skipped: [],
    errors: [],
    ...more,
  } as Report;
}

function draw(changes: readonly ReportedChange[], most = 40): Picture {
  return pictureOf(reportOf([planOf(changes)]), most);
}

function nodesOf({ nodes, groups }: Scene): PictureNode[] {
  return [...nodes, ...groups.flatMap(nodesOf)];
}

function groupsOf({ groups }: Scene): PictureGroup[] {
  return groups.flatMap((group) => [group, ...groupsOf(group)]);
}

function namesOf(picture: Picture): string[] {
  return nodesOf(picture).map(({ lines }) => lines.join(": "));
}

/** Edges by the names of what they join. */
function edgesOf(picture: Picture): string[] {
  const names = new Map(nodesOf(picture).map(({ id, lines }) => [id, lines[0]]));
  return picture.edges.map(({ from, to, basis, certain }) =>
    [names.get(from), "->", names.get(to), basis, ...(certain ? [] : ["possibly"])].join(" "),
  );
}

/** What holds for every picture. */
function expectSound(picture: Picture): void {
  const ids = nodesOf(picture).map(({ id }) => id);
  expect([...ids].sort((left, right) => left - right)).toEqual(ids.map((_, place) => place));
  const known = new Set(ids);
  expect(picture.edges.filter(({ from, to }) => !known.has(from) || !known.has(to) || from === to)).toEqual([]);
  expect(new Set(picture.edges.map(({ from, to }) => `${from} ${to}`)).size).toBe(picture.edges.length);
}

describe("the story", () => {
  test("says in its headline what the report says", async () => {
    const picture = pictureOf(await story(), MOST_DRAWN.normal);
    expect(picture.headline).toMatch(/^FAIL: \d+ to \d+ of 61 objects end, 6 of them hold data$/);
  });

  test("fits: alike instances share a node, and nothing is left out", async () => {
    const report = await story();
    const picture = pictureOf(report, MOST_DRAWN.normal);
    expectSound(picture);
    expect(picture.leftOut).toBe(0);
    expect(nodesOf(picture).length).toBeLessThanOrEqual(44);
    expect(nodesOf(picture).filter(({ losesData }) => losesData)).toHaveLength(6);
    expect(namesOf(picture)).toContain("aws_vpc.this: replaced, 40 depend on it");
    expect(namesOf(picture)).toContain("3 × aws_route53_record.service: replaced");
    expect(namesOf(picture)).toContain("aws_eks_addon.vpc_cni: untouched");
    expect(edgesOf(picture)).toContain("aws_db_subnet_group.main -> aws_db_instance.orders exact");
    expect(groupsOf(picture).map(({ label, perishes }) => [label, perishes])).toEqual(
      expect.arrayContaining([
        ["module.db", false],
        ["module.network: possibly all 14 objects end", true],
      ]),
    );
  });

  test("shows every object by itself when there is room for all", async () => {
    const picture = pictureOf(await story(), MOST_DRAWN.verbose);
    expectSound(picture);
    expect(nodesOf(picture).every(({ addresses }) => addresses.length === 1)).toBe(true);
    expect(new Set(nodesOf(picture).flatMap(({ addresses }) => addresses)).size).toBe(51);
    expect(namesOf(picture)).toContain("aws_subnet.private[0]: replaced, 1 to 16 depend on it");
  });

  test("counts what it leaves out, however small it is", async () => {
    const report = await story();
    for (let most = 1; most <= 60; most++) {
      const picture = pictureOf(report, most);
      expectSound(picture);
      const drawn = nodesOf(picture).flatMap(({ addresses }) => addresses);
      const counts = nodesOf(picture).flatMap(({ lines }) => Number(/^\+ (\d+) more/.exec(lines[0] ?? "")?.[1] ?? 0));
      expect(drawn.length + picture.leftOut).toBe(51);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(picture.leftOut);
    }
  });

  test("keeps the worst: objects that lose data, then what most depend on", async () => {
    const picture = pictureOf(await story(), 10);
    const [first] = nodesOf(picture).filter(({ id }) => id === 0);
    expect(first?.lines).toEqual(["aws_db_instance.orders", "replaced, loses its data"]);
    expect(namesOf(picture)).toContain("aws_db_instance.orders: replaced, loses its data");
  });

  test("does not depend on the order in which changes are listed", async () => {
    const report = await story();
    const turned = report.plans.map((plan) => ({ ...plan, changes: plan.changes.toReversed() }));
    expect(pictureOf({ ...report, plans: turned }, 20)).toEqual(pictureOf(report, 20));
  });
});

describe("nodes", () => {
  const words = (more: Partial<ReportedChange>): string => namesOf(draw([ending("aws_x.a", [], more)]))[0] ?? "";

  test("say how an object ends", () => {
    expect(words({ action: "delete" })).toBe("aws_x.a: deleted");
    expect(words({ holdsData: true })).toBe("aws_x.a: replaced, loses its data");
    expect(words({ holdsData: true, fate: "snapshotted" })).toBe("aws_x.a: replaced, but a snapshot stays");
    expect(words({ holdsData: true, fate: "retained" })).toBe("aws_x.a: replaced, but kept unmanaged");
    expect(words({ routine: true, counted: false })).toBe("aws_x.a: replaced (routine)");
    expect(words({ certainty: "conditional" })).toBe("aws_x.a: possibly replaced");
    expect(words({ action: "update", certainty: "conditional", deferred: "provider_config_unknown" })).toBe(
      "aws_x.a: possibly ended (put off)",
    );
  });

  test("tell deposed objects from the current one", () => {
    const picture = draw([ending("aws_x.a", [], { deposed: "00ab12cd", action: "delete" }), ending("aws_x.a")]);
    expect(namesOf(picture)).toEqual(["aws_x.a: replaced", "aws_x.a (deposed 00ab12cd): deleted"]);
  });

  test("stand in the group of their module instance, nested ones nested", () => {
    const picture = draw([ending('module.a["x.y"].module.b[0].aws_x.c'), ending('module.a["x.y"].aws_x.d["k"]')]);
    const [outer] = picture.groups;
    expect(outer?.label).toBe('module.a["x.y"]');
    expect(outer?.nodes.map(({ lines }) => lines[0])).toEqual(['aws_x.d["k"]']);
    expect(outer?.groups.map(({ label }) => label)).toEqual(["module.b[0]"]);
    expect(outer?.groups[0]?.nodes.map(({ lines }) => lines[0])).toEqual(["aws_x.c"]);
  });

  test("share groups however deep modules are nested", () => {
    const deep = `${Array.from({ length: 2000 }, (_, level) => `module.m${level}`).join(".")}.aws_x.a`;
    const picture = draw([ending(deep)]);
    expect(groupsOf(picture)).toHaveLength(6);
    expect(namesOf(picture)).toEqual(["aws_x.a: replaced"]);
  });

  test("are shared by instances only if the same happens to them", () => {
    const changes = [0, 1, 2, 3].map((key) => ending(`aws_x.a[${key}]`, [], key === 3 ? { action: "delete" } : {}));
    expect(namesOf(draw(changes, 2))).toEqual(["3 × aws_x.a: replaced", "aws_x.a[3]: deleted"]);
    expect(namesOf(draw(changes, 4))).toHaveLength(4);
  });

  test("count the rest by module, in the nearest group that there is", () => {
    const changes = [
      ending("module.eks.aws_x.worst", [], { holdsData: true }),
      ...Array.from({ length: 18 }, (_, index) => ending(`module.eks.aws_x.n${index}`)),
      ending("module.eks.module.inner.aws_x.a", [], { certainty: "conditional" }),
      ending("aws_x.z", [], { certainty: "conditional" }),
    ];
    const picture = draw(changes, 1);
    expect(picture.leftOut).toBe(20);
    expect(picture.groups[0]?.nodes.map(({ lines }) => lines.join(": "))).toEqual([
      "aws_x.worst: replaced, loses its data",
      "+ 18 more in module.eks: 18 end",
      "+ 1 more in module.eks.module.inner: 1 ends",
    ]);
    expect(picture.nodes.map(({ lines }) => lines.join(": "))).toEqual(["+ 1 more in the root module: 1 ends"]);
    expect(groupsOf(picture)).toHaveLength(1);
  });

  test("count the rest of many modules in one sum", () => {
    const changes = Array.from({ length: 50 }, (_, index) => ending(`module.m${index}.aws_x.a`));
    const picture = draw(changes, 5);
    expectSound(picture);
    expect(nodesOf(picture)).toHaveLength(5 + 8);
    expect(namesOf(picture)).toContain("+ 38 more in 38 other modules: 38 end");
  });

  test("say what the rest loses", () => {
    const changes = [0, 1, 2].map((index) => ending(`aws_x.a${index}`, [], { holdsData: true }));
    expect(namesOf(draw(changes, 1))).toContain("+ 2 more in the root module: 2 end, 2 with their data");
  });

  test("say that the report lists fewer dependents than there are", () => {
    const affected = [dependent(["aws_x.a", "aws_x.b"])];
    const change = ending("aws_x.a", affected, { blastRadius: { lower: 9, upper: 9, truncated: true, affected } });
    const plan = planOf([change]);
    const totals = { ...plan.totals, affected: { lower: 9, upper: 9 } };
    const picture = pictureOf(reportOf([{ ...plan, totals }]), 40);
    expect(namesOf(picture)).toContain("+ 8 more dependents: that the report does not list");
    expect(picture.leftOut).toBe(8);
  });

  test("say that there may be more than anybody can know", () => {
    const plan = planOf([ending("aws_x.a")]);
    const totals = { ...plan.totals, affected: { lower: 0, upper: null } };
    expect(namesOf(pictureOf(reportOf([{ ...plan, totals }]), 40))).toContain(
      "more may depend on these: the plan does not tell",
    );
  });
});

describe("edges", () => {
  const [a, b, c, d] = ["aws_x.a", "aws_x.b", "aws_x.c", "aws_x.d"] as const;

  test("are the last hops of paths, each once, as sure as the surest", () => {
    const picture = draw([
      ending(a, [dependent([a, b]), dependent([a, b, c], { edge: "state", certain: false })]),
      ending(b, [dependent([b, c], { edge: "config" })]),
    ]);
    expect(edgesOf(picture)).toEqual([`${a} -> ${b} exact`, `${b} -> ${c} config`]);
  });

  test("lead past what is not drawn, as sure as the weakest link", () => {
    const changes = [
      ending(a, [dependent([a, b], { edge: "state", effect: "ends" }), dependent([a, b, c], { effect: "ends" })]),
      ending(b, [dependent([b, c], { effect: "ends" })], { certainty: "conditional" }),
      ending(c, [], { holdsData: true }),
    ];
    const picture = draw(changes, 2);
    expect(edgesOf(picture)).toContain(`${a} -> ${c} state`);
    expect(edgesOf(picture)).toContain(`${a} -> + 1 more in the root module state`);
  });

  test("that follow from surer or equal ones are not drawn", () => {
    const chain = [dependent([a, b]), dependent([a, c]), dependent([a, d], { certain: false })];
    const picture = draw([ending(a, chain), ending(b, [dependent([b, c])]), ending(c, [dependent([c, d])])]);
    expect(edgesOf(picture)).toEqual([`${a} -> ${b} exact`, `${b} -> ${c} exact`, `${c} -> ${d} exact`]);
  });

  test("that are certain are drawn beside ways that are not", () => {
    const unsure = { certain: false };
    const picture = draw([
      ending(a, [dependent([a, b], unsure), dependent([a, c])]),
      ending(b, [dependent([b, c], unsure)]),
    ]);
    expect(edgesOf(picture)).toContain(`${a} -> ${c} exact`);
    expect(edgesOf(picture)).toContain(`${a} -> ${b} exact possibly`);
  });

  test("by value and erased ones are all drawn, and tell nothing about others", () => {
    const picture = draw([
      ending(a, [dependent([a, b]), dependent([a, c], { edge: "erased" }), dependent([a, d])]),
      ending(b, [dependent([b, c]), dependent([b, d], { edge: "value", certain: false })]),
    ]);
    expect(edgesOf(picture).toSorted()).toEqual([
      `${a} -> ${b} exact`,
      `${a} -> ${c} erased`,
      `${a} -> ${d} exact`,
      `${b} -> ${c} exact`,
      `${b} -> ${d} value possibly`,
    ]);
  });

  test("of circles all stay", () => {
    const picture = draw([
      ending(a, [dependent([a, b], { effect: "ends" }), dependent([a, b, c], { effect: "ends" })]),
      ending(b, [dependent([b, c], { effect: "ends" }), dependent([b, c, a], { effect: "ends" })]),
      ending(c, [dependent([c, a], { effect: "ends" }), dependent([c, a, b], { effect: "ends" })]),
    ]);
    expectSound(picture);
    expect(edgesOf(picture)).toHaveLength(3);
  });

  test("never change what is reached from where", () => {
    const names = Array.from({ length: 12 }, (_, index) => `aws_x.n${index}`);
    for (let seed = 1; seed <= 50; seed++) {
      let state = seed;
      const chance = (): number => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
      };
      // Some go back: bad input has circles.
      const pairs = names.flatMap((from, place) =>
        names.flatMap((to, other) =>
          chance() < (place < other ? 0.4 : place === other ? 0 : 0.04) ? [[from, to]] : [],
        ),
      );
      const picture = draw(
        names.map((from) =>
          ending(
            from,
            pairs.filter(([start]) => start === from).map((path) => dependent(path as string[], { effect: "ends" })),
          ),
        ),
      );
      expectSound(picture);
      const drawn = edgesOf(picture).map((edge) => edge.split(" ").filter((_, place) => place === 0 || place === 2));
      expect(reachOf(names, drawn)).toEqual(reachOf(names, pairs));
    }
  });

  function reachOf(names: readonly string[], pairs: readonly (readonly (string | undefined)[])[]): string[] {
    return names.map((start) => {
      const reached = new Set<string | undefined>([start]);
      for (const node of reached) for (const [from, to] of pairs) if (from === node) reached.add(to);
      return `${start}: ${[...reached].sort().join(" ")}`;
    });
  }
});

describe("plans", () => {
  const quiet = planOf([], { input: "quiet.json" });

  test("in which nothing ends are one node that says so", () => {
    const picture = pictureOf(reportOf([quiet], { verdict: "pass" }), 40);
    expect(picture.headline).toBe("PASS: nothing ends");
    expect(namesOf(picture)).toEqual(["nothing ends"]);
    expect(picture.edges).toEqual([]);
  });

  test("that could not be seen whole say so", () => {
    const targeted = { ...quiet, complete: false };
    expect(namesOf(pictureOf(reportOf([targeted]), 40))).toEqual(["nothing ends in what could be seen"]);
    const errors = [{ input: quiet.input, code: "errored-plan", message: "" }];
    const broken = pictureOf(reportOf([quiet], { verdict: "undecided", errors }), 40);
    expect(namesOf(broken)).toEqual(["nothing ends in what could be seen"]);
    expect(broken.headline).toBe("UNDECIDED: nothing ends in what could be seen");
  });

  test("of which there is none leave a note", () => {
    expect(namesOf(pictureOf(reportOf([]), 40))).toEqual(["no plan could be read"]);
  });

  test("are a group each, in their order", () => {
    const other = planOf([ending("module.a.aws_x.a")], { input: "other.json" });
    const picture = pictureOf(reportOf([quiet, other]), 40);
    expect(picture.headline).toBe("FAIL: 2 plans, 1 of 2000 objects ends, without data");
    expect(picture.groups.map(({ label }) => label)).toEqual([
      "quiet.json: nothing ends",
      "other.json: 1 of 1000 objects ends, without data",
    ]);
    expect(picture.groups[1]?.groups.map(({ label }) => label)).toEqual(["module.a"]);
  });

  test("share the room, the worst first, and are counted when there is none", () => {
    const bad = (input: string, count: number): PlanReport =>
      planOf(
        Array.from({ length: count }, (_, index) => ending(`aws_x.n${index}`)),
        { input },
      );
    const picture = pictureOf(reportOf([quiet, bad("small.json", 1), bad("big.json", 30)]), 2);
    expectSound(picture);
    expect(picture.groups.map(({ label }) => label.split(":")[0])).toEqual(["small.json", "big.json"]);
    expect(picture.nodes.map(({ lines }) => lines)).toEqual([["+ 1 more plan", "nothing ends"]]);
    expect(picture.leftOut).toBe(29);
    const wide = pictureOf(reportOf([bad("small.json", 1), bad("big.json", 30)]), 20);
    expect(wide.groups.map((group) => nodesOf(group).filter(({ kind }) => kind === "ends").length)).toEqual([1, 19]);
  });
});

test("a picture of a huge report is drawn in a moment", () => {
  const names = Array.from({ length: 2000 }, (_, index) => `module.m${index % 20}.aws_x.n${index}`);
  const changes = names.map((name, place) =>
    ending(
      name,
      names.slice(place + 1, place + 11).map((to) => dependent([name, to], { effect: "ends" })),
    ),
  );
  const start = performance.now();
  const picture = draw(changes, 400);
  expect(performance.now() - start).toBeLessThan(2000);
  expectSound(picture);
  expect(nodesOf(picture).filter(({ kind }) => kind === "ends")).toHaveLength(400);
  expect(picture.leftOut).toBe(1600);
});

test("edges know their kind", () => {
  const kinds: PictureEdge["basis"][] = ["exact", "config", "state", "value", "erased"];
  const changes = kinds.map((edge) => ending(`aws_x.${edge}`, [dependent([`aws_x.${edge}`, "aws_x.z"], { edge })]));
  expect(
    draw(changes)
      .edges.map(({ basis }) => basis)
      .sort(),
  ).toEqual(kinds.toSorted());
});
