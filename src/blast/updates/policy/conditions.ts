/** Which conditions of a policy keep somebody out. */

import { isWorld } from "../world.ts";
import type { Condition } from "./statements.ts";

/** Conditions that keep strangers out, whatever else a statement allows. */
const KEEPS_STRANGERS_OUT =
  /^(aws:(principalorgid|principalorgpaths|principalaccount|principalarn|principaltag\/.*|sourcearn|sourceaccount|sourceorgid|sourceorgpaths|sourceip|vpcsourceip|sourcevpc|sourcevpce|userid|username|calledvia|multifactorauthpresent)|kms:(calleraccount|viaservice|grantisforawsresource)|sts:externalid|s3:dataaccesspointaccount|elasticfilesystem:accessedviamounttarget|condition|.*:(sub|aud|oaud|amr)|.*saml:.*)$/;

export function restricts(condition: Condition): boolean {
  return KEEPS_STRANGERS_OUT.test(condition.key) && confines(condition);
}

/**
 * Whether only some requests fulfil it. `...IfExists` and `ForAllValues` hold where the key is missing, a negation for all but
 * some, and a pattern for everybody for everybody.
 */
export function confines({ operator, key, values }: Condition): boolean {
  if (/not|ifexists$|^forallvalues:|^null$/.test(operator) || OF_NOBODY.has(key)) return false;
  return !values.some((value) => FOR_ALL.test(value) || isWorld(value));
}

/** What everybody can see to. */
const OF_NOBODY: ReadonlySet<string> = new Set([
  "aws:securetransport",
  "aws:currenttime",
  "aws:epochtime",
  "aws:useragent",
  "aws:referer",
]);

/** Nothing but stars, any repository, any account. */
const FOR_ALL = /^([*?]+|repo:\*.*|arn:[^:]*:[^:]*:[^:]*:\*(:[*:]*)?)$/;
