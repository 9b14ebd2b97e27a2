/** Tells change sets from other text. The rest of this folder is loaded when there is one. */

import { OPEN_BRACKET, skipSpace } from "../json/scan.ts";

/** Saves a change set so that it can be judged. */
export const DESCRIBE =
  "aws cloudformation describe-change-set --include-property-values --stack-name STACK --change-set-name CHANGE_SET > change-set.json";

/** Whether text speaks of changes as a change set does, in either spelling. */
export function mentionsChanges(text: Buffer): boolean {
  return text.includes('esourceChange"');
}

/**
 * Whether text is likely to be a change set: so likely that what reads change sets is loaded before the text is walked, and
 * one walk is enough. A plan of Terraform may have any size, so only the beginning is looked at.
 */
export function beginsWithChanges(text: Buffer): boolean {
  return mentionsChanges(text.subarray(0, 1 << 16));
}

/** Members of a document by which it is known. Its list of changes may be missing: a failed change set has none. */
export function isChangeSet(sections: { readonly has: (name: string) => boolean }): boolean {
  if (sections.has("changes") && sections.has("totalChanges")) return true;
  if (sections.has("DeleteStack")) return true;
  const isNamed = sections.has("ChangeSetId") || sections.has("ChangeSetName");
  return isNamed
    ? sections.has("Status") || sections.has("Changes")
    : sections.has("Changes") && sections.has("StackId");
}

/** Whether text is a JSON array of changes or of pages: the console's list, or several pages in one file. */
export function isChangeList(text: Buffer): boolean {
  return text[skipSpace(text, 0)] === OPEN_BRACKET && (mentionsChanges(text) || text.includes('"ChangeSetId"'));
}
