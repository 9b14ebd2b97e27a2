/** Properties before and after, for rules and for what tells environments apart. They never leave the process. */

import type { ChangeValues } from "../../model/plan.ts";
import { isObject } from "../../model/values.ts";
import { memoize } from "../memoize.ts";
import type { Context } from "./context.ts";
import { type Head, pairs } from "./head.ts";
import type { Row } from "./row.ts";

/**
 * `templated` is the resource as its template has it. `tags` is added in the shape of a map: those of the stack, which
 * CloudFormation puts on everything, and the resource's own.
 */
export function valuesOf(head: Head, row: Row, templated: () => Context = () => ({})): () => ChangeValues {
  const values = (): ChangeValues => ({
    before: withTags(beforeOf(row, templated), head),
    after: withTags(row.after(), head),
    afterUnknown: undefined,
  });
  // Nearly all is updated, and asked for once: kept, it would be most of the memory. What ends or is new is compared with others.
  return row.action === "Modify" ? values : memoize(values);
}

/** A resource that leaves is only in the template from before, so what that says holds where the change set says nothing. */
function beforeOf(row: Row, templated: () => Context): Context {
  const before = row.before();
  return row.action === "Remove" && before["Properties"] === undefined ? templated() : before;
}

function withTags({ Properties }: Context, { tags }: Head): unknown {
  const own = isObject(Properties) ? pairs(Properties["Tags"], "Key", "Value") : [];
  // The same object each time: so nobody looks for what may have changed in it.
  const all = own.length + tags.size === 0 ? NO_TAGS : Object.fromEntries([...tags, ...own]);
  // Added to what was parsed for this call alone: copies of all properties would take a tenth of the time.
  if (isObject(Properties)) return Object.assign(Properties, { tags: all });
  return tags.size === 0 ? undefined : { tags: all };
}

const NO_TAGS = {};
