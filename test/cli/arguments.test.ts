/** Arguments: what each option does to a run is tested in check.test.ts; here, what is taken and what is refused. */

import { describe, expect, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { firebreak, fixture } from "../support/world.ts";

/** Stands in the tables below for a plan that passes. */
const PLAN = "PLAN";

describe("bad usage is one sentence on standard error, nothing on standard output, and exit code 2", () => {
  test.each<[argv: readonly string[], message: string]>([
    [["chekc", PLAN], 'unknown command "chekc". Did you mean: firebreak check?'],
    [["plan.json"], 'unknown command "plan.json"\n  To judge a plan, run: firebreak check plan.json'],
    [["constructor"], 'unknown command "constructor"'],
    [["--actor", "human", PLAN], 'unknown command "--actor"'],
    [["check"], "no plan given\n  Run: terraform plan -out=tfplan && firebreak check tfplan"],
    [["check", "--actor", "human"], "no plan given"],

    // Options that are none
    [["check", "--actr", "human", PLAN], "unknown option --actr. Did you mean --actor?"],
    [["check", "--max-afected=3", PLAN], "unknown option --max-afected. Did you mean --max-affected?"],
    [["check", "--colour", PLAN], "unknown option --colour. Did you mean --color?"],
    [["check", "--verbos", PLAN], "unknown option --verbos. Did you mean --verbose?"],
    [["check", "--now-or-never", PLAN], "unknown option --now-or-never.\n"],
    [["check", "--__proto__", PLAN], "unknown option --__proto__.\n"],
    [["check", "--constructor=1", PLAN], "unknown option --constructor.\n"],
    [["check", "-x", PLAN], "unknown option -x.\n"],
    [["check", "-qx", PLAN], "unknown option -x.\n"],
    [["check", "--no-quiet", PLAN], "unknown option --no-quiet."],
    [["schema", "--actor", "human"], "unknown option --actor.\n  firebreak schema --help lists the options."],

    // Values that are missing
    [["check", PLAN, "--actor"], "--actor needs a value: --actor KIND[:ID]"],
    [["check", PLAN, "--actor="], "--actor needs a value: --actor KIND[:ID]"],
    [["check", "--config", "", PLAN], "--config needs a value: --config FILE"],
    [["check", PLAN, "-f"], "-f needs a value: -f F[=FILE]"],
    // An option taken for the value would be lost, and here the limits of the environment with it.
    [["check", "--environment", "--quiet", PLAN], "--environment needs a value"],
    [["check", "--workspace", "--verbose", PLAN], "--workspace needs a value"],
    [["check", "--ruleset", "--actor", "agent", PLAN], "--ruleset needs a value"],

    // Given twice, given a value that there is no place for, given against each other
    [["check", "--actor", "human", "--actor", "agent", PLAN], "--actor is given twice"],
    [["check", "--config", "a.yaml", "-c", "b.yaml", PLAN], "-c is given twice"],
    [["check", "--now", "2026-01-31T12:00:00Z", "--now", "2026-01-31T12:00:00Z", PLAN], "--now is given twice"],
    [["check", "--quiet=no", PLAN], "--quiet takes no value"],
    [["check", "--quiet", "--verbose", PLAN], "--quiet and --verbose exclude each other"],
    [["check", "-qv", PLAN], "--quiet and --verbose exclude each other"],
    [["check", "--color", "--no-color", PLAN], "--color and --no-color exclude each other"],
    [["check", "-f", "json", "-f", "pretty", PLAN], "only one format can go to standard output"],

    // Values that do not fit
    [["check", "--actor", "robot", PLAN], '--actor "robot" is no author\n  Use agent, bot, human, unknown'],
    [["check", "--actor", "mixed", PLAN], '--actor "mixed" is no author'],
    [["check", "--actor", "agent:", PLAN], '--actor "agent:" is no author'],
    [["check", "--actor", "agent:two words", PLAN], '--actor "agent:two words" is no author'],
    [["check", "--actor", "agent:\u001b[31m", PLAN], '--actor "agent:\\u001b[31m" is no author'],
    [["check", "--format", "sarif2", PLAN], 'unknown format "sarif2"\n  Known: pretty, json'],
    [["check", "--format", "constructor", PLAN], 'unknown format "constructor"'],
    [["check", "--format", "json=", PLAN], "--format json= names no file"],
    [["check", "--max-affected", "many", PLAN], '--max-affected "many" is no number'],
    [["check", "--max-affected", "1.5", PLAN], '--max-affected "1.5" is no number'],
    [["check", "--max-affected=-1", PLAN], '--max-affected "-1" is no number'],
    [["check", "--now", "tomorrow", PLAN], '--now "tomorrow" is no time\n  Use RFC 3339'],
    [["check", "--now", "2026-01-31", PLAN], '--now "2026-01-31" is no time'],
    [["check", "--now", "2026-02-30T00:00:00Z", PLAN], '--now "2026-02-30T00:00:00Z" is no time'],
    [["check", "--now", "2026-01-31T25:00:00Z", PLAN], '--now "2026-01-31T25:00:00Z" is no time'],
    [
      ["check", "--ruleset", "stirct", PLAN],
      '--ruleset: unknown ruleset "stirct". Did you mean "strict"? Known: recommended, strict, observe',
    ],
    [["schema", "plan"], 'there is no schema "plan"'],
    [["schema", "config", "report"], 'there is no schema "config report"'],
  ])("%j", async (argv, message) => {
    const { code, stdout, stderr } = await firebreak(
      argv.map((word) => (word === PLAN ? fixture("terraform/update-in-place/plan.json") : word)),
    );
    expect(stderr).toContain(`firebreak: ${message}`);
    expect(stderr.trimEnd().split("\n").length, "one sentence, and one on what to do").toBeLessThanOrEqual(2);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  test("no arguments at all: the help, as bad usage", async () => {
    const { code, stdout, stderr } = await firebreak([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("firebreak check");
  });
});

describe("what is taken", () => {
  const parsed = (...argv: string[]) => parseArguments(["check", ...argv]);

  test("options before, between and behind inputs", async () => {
    const { inputs, values } = await parsed("--quiet", "a.json", "--actor", "human", "b.json", "--no-color");
    expect(inputs).toEqual(["a.json", "b.json"]);
    expect([values.has("quiet"), values.text("actor"), values.has("no-color"), values.has("color")]).toEqual([
      true,
      "human",
      true,
      false,
    ]);
  });

  test.each([
    [["--format", "json"], ["json"]],
    [["--format=json"], ["json"]],
    [["-f", "json"], ["json"]],
    [["-fjson"], ["json"]],
    [
      ["-f", "json=a=b.json", "--format", "pretty"],
      ["json=a=b.json", "pretty"],
    ],
  ])("%j", async (argv, expected) => {
    expect((await parsed(...argv, "plan.json")).values.list("format")).toEqual(expected);
  });

  test("switches said twice mean what they mean once", async () => {
    expect((await parsed("-q", "--quiet", "plan.json")).values.has("quiet")).toBe(true);
  });

  test("a lone - is an input, and so is everything behind --", async () => {
    expect((await parsed("-")).inputs).toEqual(["-"]);
    expect((await parsed("--quiet", "--", "--actor", "-q")).inputs).toEqual(["--actor", "-q"]);
  });
});

describe("help and version go to standard output and pass", () => {
  test.each([["--help"], ["-h"], ["help"]])("firebreak %s names every command and exit code", async (word) => {
    const { code, stdout, stderr } = await firebreak([word]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const name of Object.keys(COMMANDS)) expect(stdout).toContain(`firebreak ${name}`);
    expect(stdout).toMatch(/0 {2}pass\n.*1 {2}fail.*\n.*2 {2}undecided.*\n.*3 {2}review/);
  });

  test.each(Object.entries(COMMANDS))("firebreak %s --help names every option", async (name, { options }) => {
    const { code, stdout } = await firebreak([name, "--help"]);
    expect(code).toBe(0);
    for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`);
  });

  test("help is given before inputs are looked at", async () => {
    expect((await firebreak(["check", "-h", "/no/such/plan.json"])).code).toBe(0);
  });

  test.each([["--version"], ["-V"], ["version"]])("firebreak %s", async (word) => {
    const { code, stdout } = await firebreak([word]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^firebreak \d+\.\d+\.\d+ \(node v/) });
  });

  test.each([
    [["schema"], "firebreak.yaml"],
    [["schema", "config"], "firebreak.yaml"],
    [["schema", "report"], "firebreak report"],
  ])("firebreak %j prints a JSON Schema", async (argv, title) => {
    const { code, stdout } = await firebreak(argv);
    expect({ code, title: JSON.parse(stdout).title }).toEqual({ code: 0, title });
  });
});
