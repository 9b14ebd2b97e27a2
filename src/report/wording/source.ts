/** What is said of guards that the source had before a change and has no more. */

import { type HazardArguments, type LostGuard, SOURCE_RULES } from "../../model/hazard.ts";
import { listed } from "./numbers.ts";

type About<Arguments> = Arguments & { readonly address: string };

export function isLostGuard(hazard: About<HazardArguments>): hazard is About<LostGuard> {
  return Object.hasOwn(SOURCE_RULES, hazard.ruleId);
}

export function lostGuardMessage(guard: About<LostGuard>): string {
  const { address } = guard;
  switch (guard.ruleId) {
    case "prevent-destroy-removed":
      return `${address} ${WITHOUT_GUARD[guard.how]}`;
    case "protection-argument-removed": {
      const how = guard.how === "removed" ? "is taken away" : "is switched off";
      return `${address}: ${guard.attribute} ${how} in the source, and the plan does not show it`;
    }
    case "changes-ignored":
      return guard.attributes === "all"
        ? `${address}: from now on every change to it is ignored (ignore_changes = all), of what guards it too`
        : `${address}: from now on changes of ${listed(guard.attributes, 4)} are ignored, so nothing puts them back`;
    case "module-version-changed":
      return `${address} ${guard.what === "source" ? "comes from elsewhere" : "comes in another version"}: what that brings is not in the diff`;
    case "provider-version-changed":
      return `${address} ${OF_PROVIDER[guard.what]}`;
  }
}

const WITHOUT_GUARD = {
  removed: "is no longer guarded: prevent_destroy is taken away",
  "switched-off": "is no longer guarded: prevent_destroy is switched off",
  "not-constant": "may no longer be guarded: prevent_destroy is an expression now, which no plan shows",
  "with-block": "was guarded by prevent_destroy, and the guard goes with its block",
} as const;

const OF_PROVIDER = {
  constraint: "may come in another version: its constraint changes",
  version: "comes in another version: what it does with the same configuration may differ",
  checksums: "keeps its version, and other files are accepted for it: checksums are taken away or replaced",
  unpinned: "is no longer pinned: it is gone from the lock file",
  "lock-file": "is gone: every provider comes in whatever version its constraint allows",
} as const;

export function lostGuardRemedy({ ruleId }: LostGuard): string {
  switch (ruleId) {
    case "prevent-destroy-removed":
      return "Keep it; what is meant to end gets a change of its own that takes the guard away.";
    case "protection-argument-removed":
      return "Keep the argument, or take it away in the change that ends the object.";
    case "changes-ignored":
      return "Leave out of ignore_changes what guards the object.";
    case "module-version-changed":
      return "Read the module's changes between the two versions.";
    case "provider-version-changed":
      return "Read the provider's changes between the two versions; terraform init -upgrade writes the lock file.";
  }
}
