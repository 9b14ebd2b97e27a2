/** `firebreak explore` at a terminal that is none, through the command line and ink: keys in, screens out. */

import { describe, expect, test } from "vitest";
import { smallPlan } from "../support/small-plan.ts";
import { type FakeTerminal, fakeTerminal, KEYS, withoutStyle } from "../support/terminal.ts";
import { type FakeProcess, firebreak, fixture, folderWith, type Outcome } from "../support/world.ts";

const STORY = fixture("story/plan.json");
const ESC = "\u001b";

interface Sitting extends FakeTerminal {
  readonly outcome: Promise<Outcome>;
}

async function explore(argv: readonly string[], terminal = fakeTerminal(), fake: FakeProcess = {}): Promise<Sitting> {
  const outcome = firebreak(["explore", ...argv], { terminal: true, keyboard: terminal, ...fake });
  await terminal.ready();
  return { ...terminal, outcome };
}

const storyOf = (terminal?: FakeTerminal, fake?: FakeProcess) =>
  explore([STORY, "--actor", "agent:claude-code"], terminal, fake);

async function left({ press, outcome }: Sitting): Promise<Outcome> {
  await press("q");
  return outcome;
}

describe("the screen", () => {
  test("80 x 24: the verdict, the worst change, why, what depends on it, the keys", async () => {
    const sitting = await storyOf();
    const lines = sitting.screen();
    expect(lines).toHaveLength(24);
    expect(lines[0]).toMatch(/^ FAIL {2}.*34 to 42 of 61 end · 6 hold data.*agent: claude-code/);
    expect(lines[5]).toMatch(/^> ✖ -\/\+ {2}aws_db_instance\.orders +4│/);
    const text = lines.join("\n");
    for (const part of ["All data", "storage_encrypted and kms_key_id", "4 objects depend on it", "Enter follow"]) {
      expect(text).toContain(part);
    }
    await left(sitting);
  });

  test("is filled after every change of its size, down to where nothing can be shown", async () => {
    const sitting = await storyOf();
    for (const [columns, rows] of [
      [200, 50],
      [120, 40],
      [60, 20],
      [80, 24],
    ] as const) {
      await sitting.resize(columns, rows);
      const lines = sitting.screen().slice(0, rows);
      expect([lines[0]?.slice(0, 6), lines[rows - 1]?.slice(0, 8)]).toEqual([" FAIL ", " ↑↓ move"]);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    }
    await sitting.resize(30, 8);
    expect(sitting.screen()[0]).toContain("Too small (40x10)");
    await left(sitting);
  });

  test("only lines that differ are written", async () => {
    const sitting = await storyOf();
    await sitting.press("/");
    const before = sitting.written().length;
    await sitting.press(KEYS.escape);
    const rows = [
      ...sitting
        .written()
        .slice(before)
        .matchAll(/\[(\d+);1H/g),
    ].map(([, row]) => row);
    expect(rows).toEqual(["2", "24"]);
    await left(sitting);
  });

  test("the change as a whole: limits, findings and what could not be seen", async () => {
    const sitting = await storyOf(fakeTerminal(120, 60));
    await sitting.press(KEYS.home);
    const text = sitting.screen().join("\n");
    expect(text).toMatch(/objects that hold data +0 +6 ✖/);
    expect(text).toContain("Written by an agent (claude-code)");
    expect(text).toContain("Not seen");
    await left(sitting);
  });

  test("lines of the source, without a value", async () => {
    const sitting = await explore(
      [fixture("source/plan.json"), "--source", fixture("source/stack")],
      fakeTerminal(160, 40),
    );
    await sitting.press("/", ..."network vpc", KEYS.enter);
    expect(sitting.screen().join("\n")).toMatch(/Source\n.*main\.tf:\d+ {2}its block/);
    await left(sitting);
  });
});

describe("keys", () => {
  test("follow a dependent, and back", async () => {
    const sitting = await storyOf(fakeTerminal(120, 40));
    await sitting.press(KEYS.right, KEYS.right);
    expect(sitting.screen().join("\n")).toMatch(
      /> ▾ module\.app\.aws_ecs_task_definition\.api .*\n.*module\.app\.aws_ecs_service\.api/,
    );
    await sitting.press(KEYS.down, KEYS.enter);
    expect(sitting.screen()[3]).toMatch(/│ {2}module\.app\.aws_ecs_service\.api$/);
    await sitting.press(KEYS.backspace);
    expect(sitting.screen()[3]).toMatch(/│ {2}module\.db\.aws_db_instance\.orders$/);
    await left(sitting);
  });

  test("an object that nothing happens to has a page too", async () => {
    const plan = smallPlan({
      objects: { "aws_vpc.main": "delete", "aws_subnet.a": { fate: "keep", dependsOn: ["aws_vpc.main"] } },
    });
    const sitting = await explore([`${folderWith({ "plan.json": plan })}/plan.json`], fakeTerminal(120, 30));
    await sitting.press(KEYS.tab, KEYS.enter);
    const text = sitting.screen().join("\n");
    expect(text).toContain("Nothing happens to it in this plan.");
    expect(text).toMatch(/these end\n.*> {3}aws_vpc\.main/);
    await left(sitting);
  });

  test("a filter while it is typed, kept, and cleared", async () => {
    const sitting = await storyOf();
    await sitting.press("/", ..."eks !node");
    expect(sitting.screen()[1]).toContain("/ eks !node█");
    expect(sitting.screen().join("\n")).not.toContain("aws_eks_node_group");
    await sitting.press(KEYS.enter);
    expect(sitting.screen()[2]).toMatch(/Changes: \d of 53/);
    await sitting.press(KEYS.escape);
    expect(sitting.screen()[2]).toContain("Changes: 53");
    await left(sitting);
  });

  test("many at once, as a terminal sends them when it is slow", async () => {
    const sitting = await storyOf();
    await sitting.press(`jj${KEYS.down}${KEYS.down}k`);
    expect(sitting.screen().join("\n")).toMatch(/^> ! -\/\+ {2}aws_db_/m);
    await left(sitting);
  });

  test("help, and groups", async () => {
    const sitting = await storyOf(fakeTerminal(120, 40));
    await sitting.press("?");
    expect(sitting.screen().join("\n")).toContain("each word is looked for");
    await sitting.press(KEYS.escape, "g");
    expect(sitting.screen().join("\n")).toContain("replace, delete before create (");
    await left(sitting);
  });

  test("y hands the address to the terminal's clipboard, whole", async () => {
    const sitting = await storyOf();
    await sitting.press("y");
    const address = "module.db.aws_db_instance.orders";
    expect(sitting.written()).toContain(`${ESC}]52;c;${Buffer.from(address).toString("base64")}\u0007`);
    expect(sitting.screen().at(-1)).toContain(`Sent to the clipboard: ${address}`);
    await left(sitting);
  });

  test("m shows the moved block, and it is printed when one has left", async () => {
    const sitting = await storyOf();
    await sitting.press("m");
    expect(sitting.screen().at(-1)).toContain("No moved block is known");
    await sitting.press("/", ..."iam_role.app", KEYS.enter, "m");
    expect(sitting.screen().join("\n")).toContain("  from = aws_iam_role.app");
    await sitting.press(KEYS.escape);
    const { stdout } = await left(sitting);
    expect(stdout).toBe("moved {\n  from = aws_iam_role.app\n  to   = aws_iam_role.service\n}\n");
  });
});

describe("terminals that can do less", () => {
  test("without colour nothing is coloured, and the cursor is seen all the same", async () => {
    const sitting = await storyOf(fakeTerminal(), { env: { NO_COLOR: "1" } });
    await sitting.press(KEYS.down);
    expect(sitting.written().replaceAll(`${ESC}[0m`, "")).not.toMatch(/\u001b\[[\d;]*m/);
    expect(sitting.screen().filter((line) => line.startsWith("> "))).toHaveLength(1);
    await left(sitting);
  });

  test("without Unicode everything is ASCII, and as wide", async () => {
    const [ascii, unicode] = [fakeTerminal(), fakeTerminal()];
    const plain = await storyOf(ascii, { env: { LANG: "C" } });
    const full = await storyOf(unicode, { env: { LANG: "C.UTF-8" } });
    expect(plain.screen().join("\n")).toMatch(/^[\x00-\x7f]*$/);
    expect(plain.screen().map((line) => line.length)).toEqual(full.screen().map((line) => line.length));
    await left(plain);
    await left(full);
  });

  test("TERM=dumb: whole frames, one below the other, without a single escape", async () => {
    const sitting = await storyOf(fakeTerminal(), { env: { TERM: "dumb" } });
    await sitting.press(KEYS.down, "y");
    expect(sitting.written()).not.toContain(ESC);
    const frames = sitting.written().split("FAIL ").slice(1);
    expect(frames.length).toBe(3);
    for (const frame of frames) expect(frame.trimEnd().split("\n").length).toBe(23);
    expect(frames[2]).toContain("module.db.aws_security_group.db");
    await left(sitting);
  });
});

describe("leaving", () => {
  const CLOSED = `${ESC}[?25h${ESC}[?1049l`;

  test.each([
    ["q", "q", 0],
    ["Ctrl-C", KEYS.ctrlC, 130],
  ])("by %s: the screen from before, a cursor, and no raw keys", async (_, key, code) => {
    const sitting = await storyOf();
    expect(sitting.written().startsWith(`${ESC}[?1049h`)).toBe(true);
    await sitting.press(key);
    const outcome = await sitting.outcome;
    expect([outcome.code, outcome.stderr, outcome.stdout]).toEqual([code, "", ""]);
    expect(sitting.written().endsWith(CLOSED)).toBe(true);
    expect(sitting.isRaw()).toBe(false);
  });

  test("nothing stays behind on the process", async () => {
    const signals = ["SIGTERM", "SIGHUP", "SIGINT", "SIGCONT", "exit", "uncaughtException", "beforeExit"];
    const count = () => signals.map((name) => process.listenerCount(name));
    const before = count();
    await left(await storyOf());
    expect(count()).toEqual(before);
  });

  test("when the terminal goes away", async () => {
    const sitting = await storyOf();
    sitting.input.emit("end");
    expect((await sitting.outcome).code).toBe(130);
    expect(sitting.written().endsWith(CLOSED)).toBe(true);
  });

  test("when keys cannot be had: exit code 2, and the screen from before", async () => {
    const terminal = fakeTerminal();
    const setRawMode = (on: boolean): void => {
      if (on) throw new Error("no raw mode here");
    };
    Object.assign(terminal.input, { setRawMode });
    const { code, stderr } = await firebreak(["explore", STORY], { terminal: true, keyboard: terminal });
    expect([code, stderr]).toEqual([2, expect.stringContaining("something went wrong inside firebreak")]);
    expect(terminal.written().endsWith(CLOSED)).toBe(true);
  });

  test("what could not be decided is said when one has left, and exit code 2", async () => {
    const sitting = await explore([fixture("terraform/errored-precondition/plan.json")], fakeTerminal(200, 40));
    expect(sitting.screen()[0]).toMatch(/^ UNDECIDED /);
    expect(withoutStyle(sitting.screen().join("\n"))).toContain("planning stopped");
    const { code, stderr } = await left(sitting);
    expect([code, stderr]).toEqual([2, expect.stringContaining("planning stopped with an error")]);
  });
});

describe("no terminal", () => {
  test.each([
    ["fail", 1, [STORY, "--actor", "agent"]],
    ["pass", 0, [fixture("terraform/update-in-place/plan.json")]],
  ] as const)("%s: says so, prints what check prints, and exits as check does", async (_, code, argv) => {
    const checked = await firebreak(["check", ...argv]);
    const outcome = await firebreak(["explore", ...argv]);
    expect([outcome.code, outcome.stdout]).toEqual([code, checked.stdout]);
    expect(outcome.stderr).toBe(
      "firebreak: this is no terminal to explore in, so here is the report of firebreak check\n",
    );
  });

  test("without a plan: how to get one", async () => {
    const { code, stderr } = await firebreak(["explore"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("firebreak explore tfplan")]);
  });
});
