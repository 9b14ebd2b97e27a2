/** Runs the steps of action.yml as a runner does: bash as GitHub starts it, files for outputs and the summary, nothing else in the environment. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./pipelines.ts";
import { folderWith } from "./world.ts";

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionRun {
  readonly inputs: Readonly<Record<string, string>>;
  /** The checked out repository. */
  readonly cwd: string;
  /** `github.event`. */
  readonly event?: Readonly<Record<string, unknown>>;
  /** Variables that the runner sets beside those here. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ActionOutcome {
  /** Exit code of the step that failed; 0 when none did. */
  readonly code: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
}

export function runAction({ inputs, cwd, event = {}, env = {} }: ActionRun): ActionOutcome {
  const action = parse(readFileSync(join(ROOT, "action.yml"), "utf8"));
  const folder = folderWith({ "temp/": "", output: "", summary: "", "home/": "" });
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const given = Object.fromEntries(
    Object.entries(action.inputs as Record<string, { default?: string }>).map(([name, input]) => [
      name,
      inputs[name] ?? input.default ?? "",
    ]),
  );
  const context: Context = { inputs: given, steps, github: { token: "", event } };
  let log = "";
  for (const step of action.runs.steps as Step[]) {
    if (step.if !== undefined && !holds(step.if, context)) continue;
    if (step.run === undefined) throw new Error(`cannot run ${step.uses}`);
    writeFileSync(join(folder, "output"), "");
    writeFileSync(join(folder, "step.sh"), step.run);
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filledIn(value, context)]);
    const run = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", join(folder, "step.sh")], {
      cwd,
      encoding: "utf8",
      env: {
        PATH: `${npmShim(folder)}:${process.env["PATH"]}`,
        HOME: join(folder, "home"),
        RUNNER_TEMP: join(folder, "temp"),
        GITHUB_OUTPUT: join(folder, "output"),
        GITHUB_STEP_SUMMARY: join(folder, "summary"),
        ...env,
        ...Object.fromEntries(own),
      },
    });
    log += `${run.stdout}${run.stderr}`;
    if (step.id !== undefined) steps[step.id] = { outputs: outputsIn(readFileSync(join(folder, "output"), "utf8")) };
    if (run.status !== 0) return outcome(run.status ?? -1);
  }
  return outcome(0);

  function outcome(code: number): ActionOutcome {
    const outputs = Object.entries(action.outputs as Record<string, { value: string }>).map(([name, { value }]) => [
      name,
      filledIn(value, context),
    ]);
    return { code, outputs: Object.fromEntries(outputs), log, summary: readFileSync(join(folder, "summary"), "utf8") };
  }
}

/** Lines `name=value`; a value that broke out would bring more names. */
function outputsIn(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

/** The real npm; only that it installs what is built here, and not what is published under that version. */
function npmShim(folder: string): string {
  const bin = join(folder, "bin");
  if (existsSync(bin)) return bin;
  mkdirSync(bin);
  const script = `#!/bin/sh
for argument do
  case $argument in firebreak@*) argument=${JSON.stringify(ROOT)} ;; esac
  set -- "$@" "$argument"
  shift
done
PATH=\${PATH#*:}
exec npm "$@" --offline
`;
  writeFileSync(join(bin, "npm"), script, { mode: 0o755 });
  return bin;
}

interface Context {
  readonly inputs: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, { readonly outputs: Readonly<Record<string, string>> }>>;
  readonly github: { readonly token: string; readonly event: Readonly<Record<string, unknown>> };
}

/** Expressions as action.yml uses them: a path alone. */
function filledIn(text: string, context: Context): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, path: string) => String(valueAt(context, path) ?? ""));
}

/** `a == 'b' && c != '' && d`. */
function holds(condition: string, context: Context): boolean {
  return condition.split(" && ").every((part) => {
    const [, path = "", operator, text] = /^([\w.-]+)(?: (==|!=) '([^']*)')?$/.exec(part) ?? [];
    const value = valueAt(context, path);
    if (operator === undefined) return Boolean(value);
    return (String(value ?? "") === text) === (operator === "==");
  });
}

function valueAt(context: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context);
}
