/** The explorer as a machine: whatever is pressed, in whatever order, in a terminal of whatever size. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Explored, explored } from "../../src/cli/explore/explored.ts";
import { frameOf } from "../../src/cli/explore/frame.ts";
import type { Key, KeyName } from "../../src/cli/explore/keys.ts";
import { currentLink } from "../../src/cli/explore/page-step.ts";
import { rowsOf } from "../../src/cli/explore/rows.ts";
import { layoutOf, SMALLEST, type State } from "../../src/cli/explore/state.ts";
import { type Event, start, step } from "../../src/cli/explore/step.ts";
import { widthOfAll } from "../../src/cli/explore/text.ts";
import { reportOn, STORY } from "../support/scenarios.ts";
import { many, smallPlan } from "../support/small-plan.ts";

const agent = { actor: "agent" } as const;
const story = explored(await reportOn({ "plan.json": STORY }, agent));
const hostile = smallPlan({
  objects: {
    'aws_s3_bucket.b["\\u001b[2J 日本語 🎉 \\u202e"]': "delete",
    'module.a["x.y"].module.b[0].aws_instance.web': { fate: "replace", dependsOn: ["aws_s3_bucket.b"] },
    "aws_instance.maybe": "maybe",
    "random_id.x": "replace",
  },
});
const several = explored(
  await reportOn(
    { "a/plan.json": hostile, "b/plan.json": smallPlan({ objects: many(40, "aws_instance", "delete") }) },
    agent,
  ),
);
const quiet = explored(await reportOn({ "plan.json": smallPlan({ objects: { "aws_instance.a": "keep" } }) }, agent));

const NAMES: readonly KeyName[] = [
  ...["up", "down", "left", "right", "pageup", "pagedown", "home", "end"],
  ...["enter", "escape", "backspace", "tab", "ctrl-l", "ctrl-u"],
] as KeyName[];
const key = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES).map((name): Key => ({ name }) as Key) },
  { weight: 2, arbitrary: fc.constantFrom(..."gs*ym?/jkhlGxa!. é日").map((sign): Key => ({ name: "sign", sign })) },
);
const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 60 }) });
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 12, arbitrary: key.map((one): Event => ({ kind: "key", key: one })) },
  { weight: 1, arbitrary: size.map((one): Event => ({ kind: "resize", size: one })) },
);
const all = fc.constantFrom(story, several, quiet);

function reached(
  which: Explored,
  events: readonly Event[],
  from = start(which, { columns: 80, rows: 24 }, true),
): State {
  return events.reduce((state, one) => step(which, state, one).state, from);
}

function keyed(...keys: readonly (KeyName | string)[]): Event[] {
  return keys.map((name) => ({
    kind: "key",
    key: NAMES.includes(name as KeyName) ? { name: name as KeyName & "up" } : { name: "sign", sign: name },
  }));
}

function lines(which: Explored, state: State): string[] {
  const { header, left = [], right = [], footer } = frameOf(which, state);
  const text = (spans: (typeof header)[number] = []): string => spans.map((span) => span.text).join("");
  const sides = left.length > 0 ? left.map((line, place) => `${text(line)}\t${text(right[place])}`) : right.map(text);
  return [...header.map(text), ...sides, ...footer.map(text)];
}

describe("always", () => {
  test("the screen is filled exactly, and cursors are within what there is and in sight", () => {
    fc.assert(
      fc.property(all, fc.array(event, { maxLength: 60 }), size, (which, events, last) => {
        const state = reached(which, [...events, { kind: "resize", size: last }]);
        const { header, left, right, footer } = frameOf(which, state);
        const { list, page, both, height } = layoutOf(last);
        const isTiny = last.columns < SMALLEST.columns || last.rows < SMALLEST.rows;
        const rows = header.length + (left ?? right ?? []).length + footer.length;
        expect(rows).toBe(last.rows);
        const widest = (some: typeof left = []): number => Math.max(0, ...some.map(widthOfAll));
        for (const whole of [header, footer]) expect(widest(whole)).toBeLessThanOrEqual(last.columns);
        if (isTiny) return;
        expect(widest(left)).toBeLessThanOrEqual(left && right ? list : last.columns);
        expect(widest(right)).toBeLessThanOrEqual(both ? page + 2 : last.columns);
        const { cursor, top } = state.list;
        const found = rowsOf(which, state.view).rows.length;
        expect(cursor === 0 || cursor < found).toBe(true);
        expect(cursor >= top && cursor < top + height).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("a state is not changed by what comes after it, and the same keys come to the same screen", () => {
    fc.assert(
      fc.property(all, fc.array(event, { maxLength: 30 }), fc.array(event, { maxLength: 10 }), (which, first, more) => {
        const state = reached(which, first);
        const before = lines(which, state);
        reached(which, more, state);
        expect(lines(which, state)).toEqual(before);
        expect(lines(which, reached(which, first))).toEqual(before);
      }),
      { numRuns: 100 },
    );
  });

  test("no control sign of a plan reaches the screen", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const text = lines(several, reached(several, events)).join("\n").replaceAll("\t", "");
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|🎉/);
      }),
      { numRuns: 100 },
    );
  });

  test("Backspace undoes Enter, from wherever one is", () => {
    fc.assert(
      fc.property(all, fc.array(event, { maxLength: 40 }), (which, events) => {
        const before = reached(which, [...events, ...keyed("escape", "escape", "escape")]);
        const state: State = { ...before, focus: "page", overlay: undefined, typing: false, note: "" };
        if (currentLink(which, state) === undefined) return;
        const back = reached(which, keyed("enter", "backspace"), state);
        expect(lines(which, back).map((line) => line.split("\t").at(-1))).toEqual(
          lines(which, state).map((line) => line.split("\t").at(-1)),
        );
        expect([back.history.length, back.focus]).toEqual([state.history.length, "page"]);
      }),
      { numRuns: 200 },
    );
  });

  test("leaving is only q and Ctrl-C, and Ctrl-C works everywhere", () => {
    fc.assert(
      fc.property(all, fc.array(event, { maxLength: 30 }), (which, events) => {
        let state = start(which, { columns: 80, rows: 24 }, true);
        for (const one of events) {
          const taken = step(which, state, one);
          expect(taken.effects.filter(({ kind }) => kind === "leave")).toEqual([]);
          state = taken.state;
        }
        const { effects } = step(which, state, { kind: "key", key: { name: "ctrl-c" } });
        expect(effects).toEqual([{ kind: "leave", interrupted: true }]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("the list", () => {
  const shown = (state: State): number[] =>
    rowsOf(story, state.view).rows.flatMap((row) => (row.kind === "entry" ? [row.entry] : []));

  test("holds every change once, however it is grouped and sorted", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("g", "s"), { maxLength: 12 }), (presses) => {
        const entries = shown(reached(story, keyed(...presses)));
        expect([...entries].sort((left, right) => left - right)).toEqual(story.entries.map(({ index }) => index));
      }),
    );
  });

  test("holds what has every word in it and none that is denied; without a filter all is back", () => {
    const words = fc.array(fc.constantFrom("aws", "db", "!db", "replace", "module.eks", "DATA", "nothing-of-it"), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(words, (asked) => {
        const typing = reached(story, keyed("/", ...asked.join(" ")));
        const expected = story.entries.filter(({ searched }) =>
          asked.every((word) =>
            word.startsWith("!") ? !searched.includes(word.slice(1)) : searched.includes(word.toLowerCase()),
          ),
        );
        expect(new Set(shown(typing))).toEqual(new Set(expected.map(({ index }) => index)));
        expect(shown(reached(story, keyed("escape"), typing))).toHaveLength(story.entries.length);
      }),
    );
  });

  test("begins with the worst, and a filter looks at its worst match", () => {
    const first = start(story, { columns: 80, rows: 24 }, true);
    expect(first.page.subject).toEqual({ kind: "entry", entry: 0 });
    expect(story.entries[0]?.name).toBe("module.db.aws_db_instance.orders");
    const state = reached(story, keyed("/", ..."iam_role", "enter"));
    const [worst] = story.entries.filter(({ searched }) => searched.includes("iam_role"));
    expect(state.page.subject).toEqual({ kind: "entry", entry: worst?.index });
  });

  test("keeps the cursor on what it is on when it is grouped or sorted anew", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 58 }),
        fc.array(fc.constantFrom("g", "s"), { maxLength: 6 }),
        (down, presses) => {
          const state = reached(story, keyed("home", ...Array.from({ length: down }, () => "down")));
          if (state.page.subject.kind !== "entry") return;
          expect(reached(story, keyed(...presses), state).page.subject).toEqual(state.page.subject);
        },
      ),
    );
  });
});

describe("20,000 changes", async () => {
  const cells = Array.from({ length: 200 }, (_, cell) => many(100, `module.cell${cell}.aws_instance`, "delete"));
  const huge = explored(await reportOn({ "plan.json": smallPlan({ objects: Object.assign({}, ...cells) }) }, agent));

  test("a key costs no more than what is in sight", () => {
    let state = start(huge, { columns: 200, rows: 50 }, true);
    const times: number[] = [];
    for (const name of ["down", "pagedown", "end", "up", "pageup", "home"].flatMap((one) => Array(20).fill(one))) {
      const before = performance.now();
      state = step(huge, state, { kind: "key", key: { name } }).state;
      frameOf(huge, state);
      times.push(performance.now() - before);
    }
    times.sort((left, right) => left - right);
    // About a millisecond by itself; a machine that does other things too has to do.
    expect(times[times.length >> 1]).toBeLessThan(30);
  });

  test("typing finds among all of them", () => {
    const state = reached(huge, keyed("/", ..."cell199", "enter"), start(huge, { columns: 80, rows: 24 }, true));
    expect(rowsOf(huge, state.view).matching).toBe(100);
    expect(lines(huge, state)[2]).toContain("Changes: 100 of 20,000");
  });
});
