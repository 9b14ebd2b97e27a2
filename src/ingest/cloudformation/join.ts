/** Documents to trees of stacks: pages and double descriptions become one change set, nested ones find their parents. */

import { compareText } from "../../model/address.ts";
import type { ChangeSetDocument } from "./document.ts";
import { type Head, isNested } from "./head.ts";
import { mergeRows } from "./merge-rows.ts";
import type { Row } from "./row.ts";

/** A stack of the tree, with what its change set does. */
export interface Stack {
  /** Logical ids of the nested stacks around it, from the root down, joined by `/`; `""` for the root. */
  readonly path: string;
  readonly head: Head;
  readonly rows: ReadonlyMap<string, Row>;
  /** All that describes it; at least one. */
  readonly documents: readonly ChangeSetDocument[];
  /** Some document has no property values: such a description leaves no resource out. */
  readonly hasPlain: boolean;
  readonly hasValues: boolean;
}

export interface StackTree {
  /** The input in which the root was described first. */
  readonly input: string;
  /** The root first, then by path. */
  readonly stacks: readonly Stack[];
}

export const NESTED_STACK = "AWS::CloudFormation::Stack";

/** The address of a resource: its logical id behind the nested stacks around it. */
export function addressIn(path: string, logicalId: string): string {
  return path === "" ? logicalId : `${path}/${logicalId}`;
}

/** One tree for each root, in the order in which they were given. */
export function joinStacks(documents: readonly ChangeSetDocument[]): StackTree[] {
  const changeSets = groupById(documents).map(toChangeSet);
  const children = new Set(changeSets.flatMap((parent) => [...childrenOf(parent, changeSets).values()]));
  const placed = new Set<ChangeSet>();
  const treeFrom = (root: ChangeSet): StackTree => {
    const stacks: Stack[] = [];
    place(root, "", changeSets, placed, stacks);
    const [first, ...rest] = stacks as [Stack, ...Stack[]];
    return {
      input: root.documents[0]?.input ?? "",
      stacks: [first, ...rest.sort((left, right) => compareText(left.path, right.path))],
    };
  };
  const trees = changeSets.filter((one) => !children.has(one)).map(treeFrom);
  // Change sets that are each other's children have no root: none of them may get lost.
  for (const one of changeSets) if (!placed.has(one)) trees.push(treeFrom(one));
  return trees;
}

type ChangeSet = Omit<Stack, "path">;

function groupById(documents: readonly ChangeSetDocument[]): ChangeSetDocument[][] {
  const groups: ChangeSetDocument[][] = [];
  const known = new Map<string, ChangeSetDocument[]>();
  for (const document of documents) {
    const id = document.head.changeSetId;
    const group = id === undefined ? undefined : known.get(id);
    if (group) {
      group.push(document);
      continue;
    }
    const fresh = [document];
    groups.push(fresh);
    if (id !== undefined) known.set(id, fresh);
  }
  return groups;
}

/** The head is the same on every page; of a double description the one without AWS's warning is taken. */
function toChangeSet(documents: readonly ChangeSetDocument[]): ChangeSet {
  const [first] = documents as readonly [ChangeSetDocument, ...ChangeSetDocument[]];
  const rows = new Map<string, Row>();
  for (const row of documents.flatMap((document) => document.rows)) {
    const known = rows.get(row.logicalId);
    rows.set(row.logicalId, known ? mergeRows(known, row) : row);
  }
  return {
    head: first.head,
    rows,
    documents,
    hasPlain: documents.some((document) => !describesValues(document)),
    hasValues: documents.some(describesValues),
  };
}

function describesValues({ rows }: ChangeSetDocument): boolean {
  return rows.some(({ hasValues, details }) => hasValues || details.some(({ path }) => path !== undefined));
}

/** Change sets of nested stacks, by the nested stack's logical id in the parent. */
function childrenOf(parent: ChangeSet, all: readonly ChangeSet[]): ReadonlyMap<string, ChangeSet> {
  const found = new Map<string, ChangeSet>();
  for (const row of parent.rows.values()) {
    if (row.type !== NESTED_STACK) continue;
    const child = all.find(
      ({ head }) =>
        (head.changeSetId !== undefined && head.changeSetId === row.changeSetId) ||
        // A parent that was described in another place has no id of the child that could be compared.
        (head.stackId !== undefined && head.stackId === row.physicalId && isNested(head)),
    );
    if (child !== undefined && child !== parent) found.set(row.logicalId, child);
  }
  return found;
}

function place(
  changeSet: ChangeSet,
  path: string,
  all: readonly ChangeSet[],
  placed: Set<ChangeSet>,
  stacks: Stack[],
): void {
  if (placed.has(changeSet)) return;
  placed.add(changeSet);
  stacks.push({ ...changeSet, path });
  for (const [logicalId, child] of childrenOf(changeSet, all)) {
    place(child, addressIn(path, logicalId), all, placed, stacks);
  }
}
