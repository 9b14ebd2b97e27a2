/** Two descriptions of what one change set does to one resource: with and without property values. Neither is complete. */

import type { Row } from "./row.ts";

/** All that either says; where they differ, the worse, or a word that nobody knows. */
export function mergeRows(left: Row, right: Row): Row {
  const [rich, plain] = left.hasValues || !right.hasValues ? [left, right] : [right, left];
  const described = new Set(rich.details.map(({ attribute, name }) => `${attribute} ${name}`));
  return {
    ...rich,
    physicalId: rich.physicalId ?? plain.physicalId,
    action: agreed(rich.action, plain.action) ?? "",
    policyAction: agreed(rich.policyAction, plain.policyAction),
    // Of an addition the description with values says that it is a replacement, and means nothing by it.
    replacement: worse(rich.replacement, plain.replacement),
    details: [
      ...rich.details,
      ...plain.details.filter(({ attribute, name }) => !described.has(`${attribute} ${name}`)),
    ],
    mayHave: (text) => rich.mayHave(text) || plain.mayHave(text),
    mayMention: (text) => rich.mayMention(text) || plain.mayMention(text),
    changeSetId: rich.changeSetId ?? plain.changeSetId,
    driftStatus: rich.driftStatus ?? plain.driftStatus,
    driftIgnored: rich.driftIgnored.length > 0 ? rich.driftIgnored : plain.driftIgnored,
    hooks: Math.max(rich.hooks, plain.hooks),
    modulePath: rich.modulePath ?? plain.modulePath,
    constructPath: rich.constructPath ?? plain.constructPath,
  };
}

/** Both words when they contradict each other: no such word is known, so nothing is decided on it. */
function agreed(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined || left === right) return left ?? right;
  return `${left}/${right}`;
}

const BY_HARM = ["False", "Conditional", "True"];

function worse(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined || left === right) return left ?? right;
  const [first, second] = [BY_HARM.indexOf(left), BY_HARM.indexOf(right)];
  if (first < 0 || second < 0) return `${left}/${right}`;
  return BY_HARM[Math.max(first, second)];
}
