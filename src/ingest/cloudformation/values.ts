/** Properties before and after, for rules and for what tells environments apart. They never leave the process. */

import type { ChangeValues } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { memoize } from "../memoize.ts";
import { type Head, pairs } from "./head.ts";
import type { Context, Row } from "./row.ts";

/** `tags` is added in the shape of a map: those of the stack, which CloudFormation puts on everything, and the resource's own. */
export function valuesOf(head: Head, row: Row): () => ChangeValues {
  return memoize(() => ({
    before: withTags(row.before(), head),
    after: withTags(row.after(), head),
    afterUnknown: undefined,
  }));
}

function withTags({ Properties }: Context, { tags }: Head): unknown {
  if (!isObject(Properties)) return tags.size === 0 ? undefined : { tags: Object.fromEntries(tags) };
  return { ...Properties, tags: Object.fromEntries([...tags, ...pairs(Properties["Tags"], "Key", "Value")]) };
}
