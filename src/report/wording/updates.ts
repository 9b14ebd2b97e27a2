/** What is said of objects that a change leaves weaker than they were. */

import type { Weakened, Widening } from "../../model/hazard.ts";
import type { UpdateRuleId } from "../../model/updates.ts";
import { listed } from "./numbers.ts";
import { formatPath } from "./reasons.ts";

type About = Weakened & { readonly address: string };

/** So many attributes are named. */
const MOST_NAMED = 3;

export function updateMessage({ ruleId, address, paths, unseen, causes = [] }: About): string {
  const { sure, whole, maybe } = WORDS[ruleId];
  if (paths.length > 0) {
    const what = causes.length === 0 ? sure : listed(causes.map((cause) => WIDENINGS[cause]));
    return `${address}: ${what} (${named(paths)})`;
  }
  if (unseen.length === 0) return `${address} is removed: ${whole ?? sure}`;
  return `${address}: ${maybe} (${named(unseen)}: the new value is not in the plan)`;
}

export function updateRemedy({ ruleId }: About): string {
  return WORDS[ruleId].remedy;
}

function named(paths: About["paths"]): string {
  return listed(paths.map(formatPath), MOST_NAMED);
}

interface Words {
  readonly sure: string;
  /** When the object itself is what is removed; absent: as `sure`. */
  readonly whole?: string;
  readonly maybe: string;
  /** What would help, in one sentence. */
  readonly remedy: string;
}

/** In what way a policy comes to allow more. */
const WIDENINGS: Readonly<Record<Widening, string>> = {
  "grants-all": "it grants everything, or the whole of a service",
  "on-everything": "what it allowed on some resources it now allows on all",
  "trusts-everybody": "it trusts everybody",
  "denial-removed": "what it denied it no longer denies",
  "condition-removed": "a condition that kept strangers out is gone",
  "boundary-removed": "the boundary of its permissions is gone",
};

const WORDS: Readonly<Record<UpdateRuleId, Words>> = {
  "protection-disabled": {
    sure: "protection is switched off, so the next change can delete what it protected",
    maybe: "protection may be switched off",
    remedy: "Leave the protection on until the change that ends the object has been reviewed.",
  },
  "deletion-guard-removed": {
    sure: "from now on its deletion leaves nothing behind, and nothing stops it",
    maybe: "from now on its deletion may leave nothing behind",
    remedy: "Set it only in the change that ends the object, once its data has been copied.",
  },
  "retention-shortened": {
    sure: "copies or records are kept for a shorter time than before; older ones are deleted",
    whole: "copies of what it named are no longer made or kept",
    maybe: "copies or records may be kept for a shorter time than before",
    remedy: "Keep the longer time, or copy what is older elsewhere first.",
  },
  "versioning-disabled": {
    sure: "versions are no longer kept: what is overwritten or deleted from now on is gone",
    maybe: "versions may no longer be kept",
    remedy: "Leave versioning on, and let a lifecycle rule expire old versions where they cost too much.",
  },
  "encryption-changed": {
    sure: "encryption is off, or its key is disabled or another one: what has the old key needs it for as long as it lives",
    maybe: "encryption may be off or have another key",
    remedy: "Keep the old key usable, and see that who reads the data may use the new one.",
  },
  "capacity-to-zero": {
    sure: "nothing is left running, or nothing need be",
    maybe: "nothing may be left running",
    remedy: "Keep at least one, or remove the object in a change that says so.",
  },
  "rules-removed": {
    sure: "rules are removed, and what they let through or served no longer is",
    whole: "the rules that it put in force no longer hold",
    maybe: "rules may be removed",
    remedy: "See in logs that nothing uses these rules any more.",
  },
  "policy-narrowed": {
    sure: "permissions are removed, and who used them is refused from then on",
    maybe: "permissions may be removed",
    remedy: "See in access logs that nobody uses these permissions any more.",
  },
  "policy-widened": {
    sure: "it allows more than before",
    maybe: "it may grant more than before",
    remedy: "Name actions, resources and principals, and keep the conditions.",
  },
  "access-unknown": {
    sure: "who may reach it is known only after apply",
    maybe: "who may reach it is known only after apply",
    remedy: "Plan again once what it refers to exists, and look at the result.",
  },
  "public-access": {
    sure: "everybody can reach it, or is no longer kept from it",
    whole: "nothing keeps everybody from what it protected",
    maybe: "everybody may be able to reach it",
    remedy: "Name the networks or accounts that need it.",
  },
  "public-endpoint": {
    sure: "an endpoint is open to everybody",
    maybe: "an endpoint may be open to everybody",
    remedy: "Leave it so only if it is meant for the public.",
  },
  "logging-disabled": {
    sure: "logs are no longer written, or fewer of them",
    maybe: "logs may no longer be written",
    remedy: "Keep the logs: without them nobody can tell afterwards what happened.",
  },
  "monitoring-removed": {
    sure: "nobody is told any more",
    whole: "nobody is told any more of what it watched",
    maybe: "nobody may be told any more",
    remedy: "Keep the alarm for as long as what it watches lives.",
  },
  "expiration-added": {
    sure: "data is deleted after some time, or sooner than before",
    maybe: "data may be deleted after some time",
    remedy: "See how much is older than that already: it is deleted at once.",
  },
  "blocks-removed": {
    sure: "there are fewer of these blocks than before",
    maybe: "there may be fewer of these blocks than before",
    remedy: "See that none of them is still needed.",
  },
};
