/** Properties before and after, for rules and for what tells environments apart. They never leave the process. */

import type { ChangeValues } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { memoize } from "../memoize.ts";
import { type Head, pairs } from "./head.ts";
import type { Context, Row } from "./row.ts";

/**
 * `templated` is the resource as its template has it. `tags` is added in the shape of a map: those of the stack, which
 * CloudFormation puts on everything, and the resource's own.
 */
export function valuesOf(head: Head, row: Row, templated: () => Context = () => ({})): () => ChangeValues {
  return memoize(() => ({
    before: withTags(beforeOf(row, templated), head),
    after: withTags(row.after(), head),
    afterUnknown: undefined,
  }));
}

/** A resource that leaves is only in the template from before, so what that says holds where the change set says nothing. */
function beforeOf(row: Row, templated: () => Context): Context {
  const before = row.before();
  return row.action === "Remove" && before["Properties"] === undefined ? templated() : before;
}

function withTags({ Properties }: Context, { tags }: Head): unknown {
  if (!isObject(Properties)) return tags.size === 0 ? undefined : { tags: Object.fromEntries(tags) };
  return { ...Properties, tags: Object.fromEntries([...tags, ...pairs(Properties["Tags"], "Key", "Value")]) };
}
