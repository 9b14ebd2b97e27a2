/** `firebreak tune`: past plans under a policy, and the limits that would have let a part of them pass. It judges nothing. */

import { type AuthorshipRequest, parseActor } from "../authorship/index.ts";
import { judgeInputs } from "../check.ts";
import version from "../generated/version.json" with { type: "json" };
import { FirebreakError } from "../model/error.ts";
import type { Policy } from "../model/policy.ts";
import type { TunedPlan, Tuning } from "../model/tuning.ts";
import { tunedGroups, tunedPlan } from "../policy/tuning.ts";
import { renderTuning } from "../report/tuning.ts";
import { readSources } from "../sources/index.ts";
import { planFilesBelow } from "../sources/plan-files.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { timeOf } from "./check-command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { policyFor } from "./policy.ts";
import { renderOptions } from "./render-options.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError */
export async function runTune({ inputs, values }: Invocation, world: World): Promise<number> {
  if (inputs.length === 0) {
    throw new FirebreakError("bad-usage", "no folder of past plans given", {
      hint: "Keep what `terraform show -json tfplan` prints of each change, and run: firebreak tune plans/",
    });
  }
  const format = formatOf(values);
  const wanted = partOf(values.text("pass"));
  const options = renderOptions(values, world);
  const { policy } = await policyFor(values, world);
  const files = inputs.flatMap(planFilesBelow);
  const judged = await judgeEach(files, policy, values, world);
  if (judged.plans.length === 0) {
    throw new FirebreakError("no-input", `${inputs.join(", ")}: there is no plan here that can be judged`, {
      hint: "Save plans with: terraform show -json tfplan > plans/NAME.json",
    });
  }
  const tuning: Tuning = { wanted, ...judged, groups: tunedGroups(judged.plans, wanted) };
  world.stdout.write(format === "json" ? `${JSON.stringify(tuning, null, 2)}\n` : renderTuning(tuning, options));
  return exitCodeOf("pass");
}

function formatOf(values: OptionValues): "pretty" | "json" {
  const format = values.text("format") ?? "pretty";
  if (format === "pretty" || format === "json") return format;
  throw new FirebreakError("bad-usage", `unknown format ${JSON.stringify(format)}`, { hint: "Known: pretty, json." });
}

const USUAL_PART = "95";

/** @throws FirebreakError `bad-usage` */
function partOf(text = USUAL_PART): number {
  const percent = /^(\d{1,3}(?:\.\d{1,3})?) ?%?$/.exec(text)?.[1];
  if (percent === undefined || Number(percent) > 100) {
    throw new FirebreakError("bad-usage", `--pass ${JSON.stringify(text)} is no part of a hundred`, {
      hint: "For example: --pass 95",
    });
  }
  return Number(percent) / 100;
}

type Judged = Pick<Tuning, "plans" | "undecided" | "skipped" | "heldTo">;

/** Each file by itself, one after the other: of a plan no more is kept than what limits look at. */
async function judgeEach(
  files: readonly string[],
  policy: Policy,
  values: OptionValues,
  world: World,
): Promise<Judged> {
  const plans: TunedPlan[] = [];
  const undecided: { input: string; message: string }[] = [];
  const known = new Set<string>();
  let heldTo: Tuning["heldTo"] = { actor: "unknown", bound: "upper" };
  let skipped = 0;
  const context = {
    // What is only observed is just what somebody wants to find limits for.
    policy: { ...policy, mode: "enforce" as const },
    authorship: authorshipFrom(values),
    environment: values.text("environment"),
    workspace: values.text("workspace"),
    asOf: timeOf(values.text("now"), world),
    version,
    maxAffected: 0,
  };
  for (const [place, file] of files.entries()) {
    progress(place, files.length, world);
    try {
      const { report, judgement } = await judgeInputs(readSources([file], world.stdin), context);
      heldTo = judgement.heldTo;
      const broken = new Set(judgement.problems.map(({ input }) => input));
      undecided.push(...report.errors.map(({ message }) => ({ input: file, message })));
      for (const plan of judgement.plans) {
        const { digest, input } = plan.assessed.plan;
        if (known.has(digest)) skipped++;
        else if (!broken.has(input)) plans.push(tunedPlan(judgement, plan));
        known.add(digest);
      }
    } catch (error) {
      if (!(error instanceof FirebreakError)) throw error;
      if (error.code === "other-json" || error.code === "not-a-plan") skipped++;
      else undecided.push({ input: file, message: error.message });
    }
  }
  progress(files.length, files.length, world);
  return { plans: plans.sort(worstFirst), undecided, skipped, heldTo };
}

/** What is said of the author, and nothing of this process: it wrote none of these. */
function authorshipFrom(values: OptionValues): AuthorshipRequest {
  const actor = values.text("actor");
  return { claim: actor === undefined ? undefined : parseActor(actor) };
}

const ORDER: Readonly<Record<TunedPlan["verdict"], number>> = { fail: 0, review: 1, pass: 2 };

function worstFirst(left: TunedPlan, right: TunedPlan): number {
  const ended = ({ actual }: TunedPlan): number => actual.ended ?? Number.POSITIVE_INFINITY;
  return (
    ORDER[left.verdict] - ORDER[right.verdict] ||
    compare(ended(right), ended(left)) ||
    (left.input < right.input ? -1 : 1)
  );
}

function compare(left: number, right: number): number {
  return left === right ? 0 : left - right;
}

/** A line that is written over, and gone in the end; where nobody looks there is none. */
function progress(done: number, all: number, { stderr }: World): void {
  if (!stderr.isTerminal || all < 25 || (done % 10 !== 0 && done !== all)) return;
  stderr.write(done === all ? "\r\u001b[K" : `\r${done} of ${all} files`);
}
