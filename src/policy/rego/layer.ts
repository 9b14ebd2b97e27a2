/** Rego as a config names it. */

import type { RegoPolicy } from "../../model/rego.ts";
import type { RawConfig, RawLevel } from "../config/raw.ts";

type RawPolicies = NonNullable<RawConfig["rego"]>;

export function toRego(policies: RawPolicies): Record<string, RegoPolicy> {
  const entries = Object.entries(policies).map(([name, { policy, packages = "main", digest = [] }]) => {
    const digests = [digest].flat().map((one) => one.replace(/^sha256:/i, "").toLowerCase());
    return [name, { policy, packages: [packages].flat(), digests }] as const;
  });
  return Object.fromEntries(entries);
}

/** As conftest counts them: what is denied or violated fails, a warning does not. */
export function regoLevels(policies: RawPolicies): Record<string, RawLevel> {
  const levels = Object.entries(policies).flatMap(([name, { level = "error", warn = "warning" }]) => [
    [`rego/${name}/deny`, level] as const,
    [`rego/${name}/violation`, level] as const,
    [`rego/${name}/warn`, warn] as const,
  ]);
  return Object.fromEntries(levels);
}
