/** `firebreak rules test`: cases for a policy, each judged by the very line that judges plans, and held against what they expect. */

import { type CheckInput, checkInputs } from "../check.ts";
import version from "../generated/version.json" with { type: "json" };
import { isSketchable, sketchedPlan } from "../ingest/sketch.ts";
import { type ErrorCode, FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import type { Report } from "../model/report.ts";
import { differenceOf } from "../policy/cases/compare.ts";
import { type CaseFile, type PolicyCase, parseCases, unknownRules } from "../policy/cases/parse.ts";
import { loadPolicy } from "../policy/index.ts";
import { renderCases, type TriedCase, type TriedFile } from "../report/cases.ts";
import { type CaseFileText, findCaseFiles } from "../sources/case-files.ts";
import { readConfig, readPackage, readRego, readSources, readState, sourceAt } from "../sources/index.ts";
import type { OptionValues } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { renderOptions } from "./render-options.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

/** Exit 0 when all is as expected, 1 when not. @throws FirebreakError on what cannot be tried */
export async function runRulesTest(
  paths: readonly string[],
  format: "pretty" | "json",
  values: OptionValues,
  world: World,
): Promise<number> {
  const { files, others } = findCaseFiles(paths.length === 0 ? ["."] : paths, world.cwd);
  for (const other of others)
    explain(world, `${other}: no cases of firebreak's are in it, so it was passed over`, undefined);
  const tried: TriedFile[] = [];
  for (const file of files) tried.push(await tryFile(file, world));
  const failed = tried.flatMap(({ cases }) => cases).filter(({ difference }) => difference !== undefined).length;
  world.stdout.write(
    format === "json"
      ? `${JSON.stringify({ failed, files: tried }, null, 2)}\n`
      : renderCases(tried, renderOptions(values, world)),
  );
  return exitCodeOf(failed === 0 ? "pass" : "fail");
}

async function tryFile(file: CaseFileText, world: World): Promise<TriedFile> {
  const cases = await parseCases(file.text, file.name, isSketchable);
  const policy = await policyUnderTest(file, cases);
  const custom = Object.keys(policy.custom);
  const mistakes = [...unknownRules(cases.cases, custom), ...timeless(cases.cases, policy)];
  if (mistakes.length > 0) throw cases.refuse(mistakes);
  const tried: TriedCase[] = [];
  const found = new Set<string>();
  for (const one of cases.cases) {
    const { verdict, findings, reasons } = await outcomeOf(one, file, policy, world);
    for (const { ruleId } of findings) found.add(ruleId);
    const difference = differenceOf(one.expected, verdict, findings);
    const { name, place, actor, isOneOfSeveral } = one;
    tried.push({ file: file.name, place, name, actor, isOneOfSeveral, reasons, ...(difference && { difference }) });
  }
  const untried = custom.map((name) => `custom/${name}`).filter((rule) => !found.has(rule));
  return { name: file.name, cases: tried, untried };
}

/** @throws FirebreakError `bad-config` */
async function policyUnderTest(file: CaseFileText, { config, rulesets, refuse }: CaseFile): Promise<Policy> {
  const path = config === undefined ? (rulesets.length === 0 ? file.subject : undefined) : file.resolve(config);
  if (path === undefined && rulesets.length === 0) {
    const message = 'there is no config beside this file that it could be about: name it with "config" or "rulesets"';
    throw refuse([{ path: [], message }]);
  }
  return loadPolicy({
    config: path === undefined ? undefined : readConfig(path),
    rulesets,
    readFile: async (name, from) => readConfig(from === undefined ? file.resolve(name) : name, from),
    readPackage: (name, from) => readPackage(name, from, file.resolve(".")),
    readRego: (one, from) => readRego(one, from, file.resolve(".")),
  });
}

/** Where the verdict depends on the day, a case that names none would come out otherwise tomorrow. */
function timeless(cases: readonly PolicyCase[], { freezes, waivers }: Policy): Parameters<CaseFile["refuse"]>[0] {
  if (freezes.length + waivers.length === 0) return [];
  const what = freezes.length === 0 ? "waivers" : "freezes";
  return cases
    .filter(({ now }) => now === undefined)
    .map(({ path }) => ({
      path,
      message: `${path.join(".")} needs "now": the policy has ${what}, which depend on the day`,
    }));
}

/** For a policy that knows no days. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/** What is wrong with an input, as against with a file that is not there: for that a plan is undecided, too. */
const UNDECIDED_INPUTS: readonly ErrorCode[] = [
  "not-a-plan",
  "truncated-json",
  "malformed-json",
  "unsupported-version",
];

async function outcomeOf(
  one: PolicyCase,
  file: CaseFileText,
  policy: Policy,
  world: World,
): Promise<Pick<Report, "verdict" | "findings"> & { readonly reasons: readonly string[] }> {
  const { actor, environment, workspace, state, source } = one;
  const grade = one.grade ?? (actor === "human" ? "claimed" : "proven");
  try {
    const { verdict, findings, errors } = await checkInputs(inputsOf(one, file, world), {
      policy,
      authorship: { settled: { kind: actor, grade, confidence: 1, signals: [], operators: [] } },
      state: state === undefined ? undefined : await readState(file.resolve(state)),
      ...(source !== undefined && sourceAt(file.resolve(source), world.cwd)),
      environment,
      workspace,
      asOf: one.now ?? ANY_TIME,
      version,
      maxAffected: 0,
    });
    return { verdict, findings, reasons: errors.map(({ message }) => message) };
  } catch (error) {
    if (!(error instanceof FirebreakError)) throw error;
    if (UNDECIDED_INPUTS.includes(error.code)) return { verdict: "undecided", findings: [], reasons: [error.message] };
    throw new FirebreakError(error.code, `${one.place}: ${error.message}`, { hint: error.hint, cause: error });
  }
}

async function* inputsOf({ judged, input }: PolicyCase, file: CaseFileText, world: World): AsyncGenerator<CheckInput> {
  if ("changes" in judged) {
    yield { input: input ?? "plan.json", bytes: sketchedPlan(judged.changes) };
    return;
  }
  for await (const source of readSources([file.resolve(judged.plan)], world.stdin)) {
    yield { ...source, input: input ?? (source.inFolder ? source.input : judged.plan) };
  }
}
