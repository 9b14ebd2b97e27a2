/** A tree of stacks to a `ChangePlan`. */

import { createHash } from "node:crypto";
import { ends } from "../../model/action.ts";
import { compareText } from "../../model/address.ts";
import type { ChangePlan, Problem, ResourceChange, UnlistedObjects, WorldMark } from "../../model/plan.ts";
import { printable } from "../../model/printable.ts";
import { summarize } from "../summary.ts";
import { toAction } from "./action.ts";
import { stackNameIn } from "./answers.ts";
import { type Beside, NOTHING_BESIDE } from "./beside.ts";
import { causesOf } from "./causes.ts";
import { isDeletion, withRemovedStacks } from "./deletion.ts";
import { toDependencies } from "./dependencies.ts";
import { disarmedBy } from "./disarming.ts";
import { driftOf, driftSpots } from "./drift.ts";
import { hookSpots } from "./hooks.ts";
import { addressIn, NESTED_STACK, type Stack, type StackTree } from "./join.ts";
import { labelOf } from "./label.ts";
import { refusalsOf } from "./refusals.ts";
import { type Likelihood, replacementsIn } from "./replacements.ts";
import type { Row } from "./row.ts";
import { blindSpotsOf, completenessOf, problemsOf } from "./status.ts";
import { type TreeTemplates, toTreeTemplates } from "./tree-templates.ts";
import { valuesOf } from "./values.ts";

/** The plan of one tree, with what lies beside it. */
export function toChangePlan(given: StackTree, beside: Beside = NOTHING_BESIDE): ChangePlan {
  const tree = withRemovedStacks(given, beside.answers);
  const templates = toTreeTemplates(tree, beside);
  const likelihoods = replacementsIn(tree, templates.outputs);
  const all = withoutKept(
    tree.stacks.flatMap((stack) => [...stack.rows.values()].map((row) => toChange(stack, row, likelihoods, templates))),
  );
  const changes = all.filter(({ action }) => action.kind !== "no-op");
  const { dependencies, existing } = toDependencies(tree, templates);
  const unlisted = unlistedIn(tree);
  const stack = stackOf(tree);
  return {
    input: tree.input,
    ...(stack !== undefined && { stack }),
    digest: digestOf(tree),
    kind: "cloudformation-change-set",
    completeness: completenessOf(tree),
    problems: [...problemsOf(tree), ...unknownActions(changes)],
    summary: summarize(all, 0),
    changes: changes.sort((left, right) => compareText(left.address, right.address)),
    existing,
    existingIsKnown: templates.listsAll,
    unlisted,
    dependencies,
    drift: driftOf(tree),
    world: () => worldOf(tree),
    actionInvocations: [],
    checks: [],
    refusals: refusalsOf(changes, templates, isDeletion(tree) ? (tree.stacks[0]?.head.stackName ?? "") : undefined),
    blindSpots: [
      ...blindSpotsOf(tree, beside.answers),
      ...driftSpots(tree),
      ...hookSpots(tree, beside.answers),
      ...unlistedSpots(unlisted, templates),
      templates.knowsImporters ? OUTSIDE_CLOUDFORMATION : OUTSIDE,
    ],
  };
}

/** The root comes first, and may be known by its ARN alone. */
function stackOf({ stacks: [root] }: StackTree): string | undefined {
  return root?.head.stackName ?? stackNameIn(root?.head.stackId ?? "");
}

function toChange(
  stack: Stack,
  row: Row,
  likelihoods: ReadonlyMap<string, Likelihood>,
  templates: TreeTemplates,
): ResourceChange {
  const address = addressIn(stack.path, row.logicalId);
  const action = toAction(row, likelihoods.get(address), templates.policiesOf(address));
  return {
    address,
    type: row.type,
    label: labelOf(row, templates.metadataOf(address)),
    location: templates.locationOf(address),
    action,
    importing: row.action !== "Import" ? undefined : row.physicalId === undefined ? "unknown-id" : "by-id",
    replacePaths: action.kind === "replace" ? replacePathsOf(row) : [],
    causes: causesOf(row, templates.conditionOf(address)),
    disarms: disarmedBy(row),
    values: valuesOf(stack.head, row, () => ({ Properties: templates.propertiesOf(address) })),
    mayMention: (text) => !/^\w+$/.test(text) || stack.head.tags.has(text) || row.mayMention(text),
    identifiers: noIdentifiers,
    identity: ends(action) && row.physicalId !== undefined ? sha256(row.physicalId) : undefined,
  };
}

const noIdentifiers = (): readonly string[] => [];

/** A nested stack that is kept keeps what is in it. */
function withoutKept(changes: readonly ResourceChange[]): readonly ResourceChange[] {
  const kept = changes.filter(({ type, action }) => type === NESTED_STACK && action.kind === "forget");
  if (kept.length === 0) return changes;
  return changes.filter(({ address }) => !kept.some((stack) => address.startsWith(`${stack.address}/`)));
}

const OUTSIDE_CLOUDFORMATION = {
  code: "outside-readers",
  message: "Who imports what these stacks export is known; what programs and stacks read in other ways is not.",
};

const OUTSIDE = {
  code: "outside-readers",
  message:
    "What other stacks and programs read from these objects is not in a change set; imports of templates beside it aside.",
};

/** Properties that force the replacement, those that surely do first. */
function replacePathsOf({ details }: Row): string[][] {
  const always = details.filter(({ recreation }) => recreation === "Always");
  const forcing = always.length > 0 ? always : details.filter(({ recreation }) => recreation === "Conditionally");
  return [...new Set(forcing.flatMap(({ name }) => name ?? []))].sort(compareText).map((name) => [name]);
}

function unknownActions(changes: readonly ResourceChange[]): Problem[] {
  return changes.flatMap(({ address, action }): Problem[] => {
    if (action.kind !== "unknown") return [];
    const words = printable(action.words.join(", "));
    return [
      {
        code: "unknown-action",
        message: `${address} undergoes an action that this version does not know (${words})`,
        hint: "Update firebreak, or judge this change by hand.",
        address,
      },
    ];
  });
}

/** Nested stacks that change or end, and nobody described how. */
function unlistedIn(tree: StackTree): UnlistedObjects[] {
  const described = new Set(tree.stacks.map(({ path }) => path));
  return (
    tree.stacks
      .flatMap(({ path, rows }) =>
        [...rows.values()]
          .filter(({ type, action }) => type === NESTED_STACK && !HARMLESS.has(action))
          .map(({ logicalId, policyAction }) => ({ address: addressIn(path, logicalId), policyAction })),
      )
      // A retained stack keeps what is in it.
      .filter(({ address, policyAction }) => !described.has(address) && policyAction !== "Retain")
      .map(({ address }) => ({ address }))
  );
}

/** What these do ends nothing inside of a nested stack. */
const HARMLESS: ReadonlySet<string> = new Set(["Add", "Import", "SyncWithActual"]);

function unlistedSpots(unlisted: readonly UnlistedObjects[], { placed }: TreeTemplates): ChangePlan["blindSpots"] {
  if (unlisted.length === 0) return [];
  const names = unlisted
    .map(({ address }) => {
      const listed = placed.find(({ path }) => path === address)?.facts?.resources?.length;
      return listed === undefined ? address : `${address} (${listed} ${listed === 1 ? "object" : "objects"})`;
    })
    .sort(compareText);
  const noun = names.length === 1 ? "the nested stack" : "the nested stacks";
  return [
    {
      code: "nested-stacks",
      message: `What happens inside ${noun} ${names.join(", ")} was not given; create the change set with --include-nested-stacks and describe each.`,
    },
  ];
}

/** Region and account stand in the ARN of each stack: `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/...`. */
function worldOf({ stacks }: StackTree): WorldMark[] {
  return stacks.flatMap(({ path, head: { stackId = "" } }) => {
    const [, , , region, account] = stackId.split(":");
    const address = path === "" ? "the stack" : path;
    return [
      ...(region ? [{ what: "region" as const, value: region, address }] : []),
      ...(account ? [{ what: "account" as const, value: account, address }] : []),
    ];
  });
}

/** Of one document its own hash; of several, one over all of theirs, whatever their order. */
function digestOf(tree: StackTree): string {
  const hashes = [...new Set(tree.stacks.flatMap(({ documents }) => documents.map(({ sha256: hash }) => hash)))].sort();
  const [only] = hashes;
  return `sha256:${hashes.length === 1 && only !== undefined ? only : sha256(hashes.join("\n"))}`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
