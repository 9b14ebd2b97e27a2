/** firebreak as a library, for bots and wrappers: the same analysis as the command line, from paths or bytes to a report. */

import { parseActor } from "./authorship/index.ts";
import { type CheckContext, type CheckInput, checkInputs } from "./check.ts";
import version from "./generated/version.json" with { type: "json" };
import { FirebreakError } from "./model/error.ts";
import type { Report } from "./model/report.ts";
import { policyAtBase } from "./policy-at-base.ts";
import { type PolicyInForce, policyOfFiles } from "./policy-of-files.ts";
import {
  earlierSource,
  folderOf,
  readEvidence,
  readHistory,
  readSources,
  readState,
  sourceAt,
} from "./sources/index.ts";

export type { Authorship } from "./model/authorship.ts";
export type { AffectedObject, BlastRadius } from "./model/blast.ts";
export { type ErrorCode, FirebreakError } from "./model/error.ts";
export type { Verdict } from "./model/judgement.ts";
export type {
  PlanReport,
  Report,
  ReportedChange,
  ReportedError,
  ReportedFinding,
  ReportedSuggestion,
} from "./model/report.ts";
export { FORMATS, type FormatName, type RenderOptions, render } from "./report/index.ts";

/** A plan that the caller has in memory. */
export interface PlanBytes {
  /** What to call it in the report. */
  readonly input: string;
  /** Plan JSON: UTF-8 or UTF-16, not packed. */
  readonly bytes: Uint8Array;
}

export interface CheckOptions {
  /** Path of a config file. Unlike on the command line none is looked for: without it `recommended` holds. */
  readonly config?: string;
  /**
   * The revision that the change branched off: config, rulesets and waivers are read from there, and an edit of these by the
   * change is a finding. Then a config is looked for there, as the command line does, from the working folder up. Source is
   * compared with what it was there.
   */
  readonly base?: string;
  /** Names of built-in rulesets or paths, applied on top. */
  readonly rulesets?: readonly string[];
  /** `agent`, `human`, `bot` or `unknown`, with a name where there is one: `agent:claude-code`. Default: unknown. */
  readonly actor?: string;
  /** Path of a file of evidence on the author, as `--evidence` takes. The process's own environment is not looked at. */
  readonly evidence?: string;
  /** Path of the state from before the plan, for a plan that does not bring it along as a saved plan does. */
  readonly state?: string;
  /** Path of the folder with the `.tf` files, for plans that do not bring them along, or of the templates of change sets. */
  readonly source?: string;
  /** Where CloudFormation answers, for `cfn://` inputs. Default: AWS itself. */
  readonly endpointUrl?: string;
  readonly environment?: string;
  readonly workspace?: string;
  /** The time to judge at. Default: the clock. */
  readonly now?: Date;
  /** Dependents listed for one ending object. Default: 1000. */
  readonly maxAffected?: number;
}

/**
 * Judges plans together. Inputs are as on the command line (files, folders, saved plans, `cfn://` names) or bytes.
 * @throws FirebreakError when no input could be read, or the config is not valid
 */
export async function check(inputs: readonly (string | PlanBytes)[], options: CheckOptions = {}): Promise<Report> {
  const inForce = await policyFor(options);
  return checkInputs(eachInput(inputs, options), {
    ...inForce,
    authorship: {
      claim: options.actor === undefined ? undefined : parseActor(options.actor),
      evidence: options.evidence === undefined ? undefined : await readEvidence(options.evidence),
    },
    state: options.state === undefined ? undefined : await readState(options.state),
    ...(options.source !== undefined && sourceAt(options.source)),
    ...(options.base !== undefined && (await changeSince(options.base))),
    environment: options.environment,
    workspace: options.workspace,
    folderOf: (input) => folderOf(input, "."),
    asOf: `${(options.now ?? new Date()).toISOString().slice(0, 19)}Z`,
    version,
    maxAffected: options.maxAffected ?? 1000,
  });
}

/** Source from before the change, and the commits since. */
async function changeSince(base: string): Promise<Pick<CheckContext, "earlier" | "history">> {
  return { earlier: await earlierSource(".", base), history: () => readHistory(".", base) };
}

async function policyFor({ base, config, rulesets = [] }: CheckOptions): Promise<PolicyInForce> {
  const given = { folder: ".", config, rulesets };
  if (base === undefined) return { policy: await policyOfFiles(given) };
  const atBase = await policyAtBase(given, base);
  if (atBase !== undefined) return atBase;
  throw new FirebreakError("bad-config", `the policy is read from ${base}, and this is no git repository`);
}

async function* eachInput(
  inputs: readonly (string | PlanBytes)[],
  { endpointUrl }: CheckOptions,
): AsyncGenerator<CheckInput> {
  for (const input of inputs) {
    if (typeof input === "string") yield* readSources([input], () => process.stdin, { endpointUrl });
    else yield input;
  }
}
