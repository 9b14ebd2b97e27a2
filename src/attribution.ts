/** The line from commits to what a plan ends: source before and after, the edits between, and who made those that count. */

import { type AuthorshipRequest, type Involved, lines } from "./authorship/index.ts";
import { readCommitEdits, readPlanUnits } from "./ingest/index.ts";
import type { Authorship } from "./model/authorship.ts";
import type { AssessedPlan } from "./model/blast.ts";
import type { Evidence } from "./model/evidence.ts";
import { endingOf, type ResourceChange } from "./model/plan.ts";
import type { Policy } from "./model/policy.ts";
import type { EarlierSource, SourceTree } from "./model/source.ts";
import type { ChangeOrigin, EditedCommit, HistoryCommit, Origin, WrittenBy } from "./model/units.ts";
import { matchesPathFromRoot } from "./policy/patterns.ts";

/** Where the commits of a change are found, with what each does to files. */
export type History = () => Promise<readonly HistoryCommit[] | string>;

export interface AttributionContext {
  readonly earlier: EarlierSource;
  readonly history: History;
  readonly policy: Policy;
  readonly authorship: AuthorshipRequest;
}

interface Attributed {
  readonly assessed: AssessedPlan;
  readonly involved: ReadonlySet<string> | { readonly because: string };
}

/**
 * Plans with where their ends come from, and the author. `trees` are the sources that plans were made from.
 * @param whole the judgement on the whole change
 */
export async function attributed(
  plans: readonly AssessedPlan[],
  trees: ReadonlyMap<AssessedPlan, SourceTree | undefined>,
  whole: Authorship,
  context: AttributionContext,
): Promise<{ readonly plans: readonly AssessedPlan[]; readonly authorship: Authorship }> {
  const byLines = context.policy.authorship.judge === "lines";
  const asked = plans.filter((one) => objectsOf(one, context.policy).length > 0);
  if (asked.length === 0) {
    const because = "nothing ends that lines could be looked for";
    return { plans, authorship: byLines ? { ...whole, lines: { leftOut: [], whole: whole.kind, because } } : whole };
  }
  const history = await context.history();
  const commits = typeof history === "string" ? history : await readCommitEdits(history);
  const found = new Map<AssessedPlan, Attributed>();
  for (const one of asked) found.set(one, await attributedPlan(one, trees.get(one), commits, context));
  const all = plans.map((one) => found.get(one)?.assessed ?? one);
  if (!byLines) return { plans: all, authorship: whole };
  const { judgeLines } = await lines();
  const involved = together([...found.values()], commits);
  return { plans: all, authorship: await judgeLines(context.authorship, whole, involved) };
}

/** Whoever had a hand in any of the plans. */
function together(plans: readonly Attributed[], commits: readonly EditedCommit[] | string): Involved {
  if (typeof commits === "string") return { because: commits };
  const shas = new Set<string>();
  for (const { involved } of plans) {
    if ("because" in involved) return involved;
    for (const sha of involved) shas.add(sha);
  }
  return { commits: shas, all: commits };
}

async function attributedPlan(
  assessed: AssessedPlan,
  tree: SourceTree | undefined,
  commits: readonly EditedCommit[] | string,
  { earlier, policy, authorship }: AttributionContext,
): Promise<Attributed> {
  const { plan } = assessed;
  const without = (because: string): Attributed => ({ assessed, involved: { because: `${plan.input}: ${because}` } });
  if (tree === undefined || plan.source === undefined) return without("its source is not at hand");
  const units = await readPlanUnits(tree, earlier);
  if (typeof units === "string") return without(units);
  const { before, after, differs } = units;
  const { attribute, remainingPlace, writerFinder } = await lines();
  const objects = objectsOf(assessed, policy);
  const edited = typeof commits === "string" ? [] : commits;
  const isUnrelated = (path: string): boolean =>
    policy.authorship.unrelated.some((pattern) => matchesPathFromRoot(pattern, path));
  const { involved, origins, unexplained } = attribute({ commits: edited, before, after, objects, isUnrelated });
  const writtenBy = await writerFinder(authorship.evidence ?? {});
  const known = objects.flatMap(({ address }): (readonly [string, ChangeOrigin])[] => {
    const instead = remainingPlace(address, before, after);
    const edits = mostTelling((origins.get(address) ?? []).map(writtenBy));
    return instead === undefined && edits.length === 0
      ? []
      : [[address, { ...(instead && { instead }), writtenBy: edits }]];
  });
  const seen = { ...assessed, origins: new Map(known) };
  const problem = before.problem ?? after.problem ?? differs ?? whyNoLine(assessed, unexplained);
  return { assessed: seen, involved: problem === undefined ? involved : { because: `${plan.input}: ${problem}` } };
}

const MOST_EDITS = 5;

/** What was edited last may be a comment's neighbour: an agent behind it is never left unsaid. */
function mostTelling([first, ...others]: readonly WrittenBy[]): WrittenBy[] {
  if (first === undefined) return [];
  const agents = others.filter(({ by }) => by === "agent");
  return [first, ...agents, ...others.filter((one) => !agents.includes(one))].slice(0, MOST_EDITS);
}

/** What a limit or rule may speak of: whoever wrote these lines is who is judged. */
function objectsOf(
  { plan, hazards }: AssessedPlan,
  policy: Policy,
): Pick<ResourceChange, "address" | "previousAddress">[] {
  const all = speaksOfAnyChange(policy);
  const changes = plan.changes.filter(
    (change) =>
      all ||
      endingOf(change) !== undefined ||
      change.action.kind === "forget" ||
      hazards.some(({ address }) => address === change.address),
  );
  const known = new Set(changes.map(({ address }) => address));
  const others = hazards.filter(({ address }) => !known.has(address)).map(({ address }) => ({ address }));
  const actions = plan.actionInvocations.flatMap(({ trigger }) =>
    trigger === undefined ? [] : [{ address: trigger }],
  );
  return [...changes, ...others, ...actions];
}

/** Rules of the config, freezes of everything, and a score of what is made or updated count more than what ends. */
function speaksOfAnyChange({ custom, rego, freezes, weights }: Policy): boolean {
  const scored = [weights.default, ...Object.values(weights.types)];
  return (
    Object.keys(custom).length + Object.keys(rego).length > 0 ||
    freezes.some(({ changes }) => changes === "all") ||
    scored.some(({ create = 0, modify = 0 }) => create > 0 || modify > 0)
  );
}

/** Words of the tool for an end that stands in no source: they may make it stricter, never milder. */
const ASKED_FOR: ReadonlySet<string> = new Set(["replace_because_tainted", "replace_by_request"]);

function whyNoLine({ plan }: AssessedPlan, unexplained: readonly string[]): string | undefined {
  const asked = plan.changes.find(
    ({ action, actionReason = "" }) =>
      ASKED_FOR.has(actionReason) || (action.kind === "delete" && !actionReason.startsWith("delete_because_")),
  );
  if (asked !== undefined) return `${asked.address} ends for a reason that no line of the source gives`;
  const [first] = unexplained;
  return first === undefined ? undefined : `no commit edits anything that explains what happens to ${first}`;
}

/** Blocks of resources and modules that are in the source no more, the last ones removed first, with who removed them. */
export async function removedBlocks(
  history: readonly HistoryCommit[] | string,
  evidence: Evidence,
): Promise<readonly WrittenBy[]> {
  if (typeof history === "string") return [];
  const commits = await readCommitEdits(history);
  const gone = new Map<string, Origin>();
  for (const { sha, edits } of [...commits].reverse()) {
    for (const edit of edits) {
      const name = `${edit.folder} ${edit.key}`;
      gone.delete(name);
      if (edit.did === "removed" && MAKES_OBJECTS.test(edit.key)) gone.set(name, { ...edit, sha });
    }
  }
  const { writerFinder } = await lines();
  return [...gone.values()].reverse().map(await writerFinder(evidence));
}

const MAKES_OBJECTS = /^(?!(data|ephemeral|action|var|local|output|check)\.)[^.]+\./;
