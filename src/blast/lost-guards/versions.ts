/** Modules and providers that come from elsewhere, or in another version: what they bring stands in no diff of the source. */

import type { Hazard, LostGuard } from "../../model/hazard.ts";
import type { ConfigurationSource, Location, LockedProvider, SourceCall, Written } from "../../model/source.ts";
import { callPairs, modulesOf } from "./pairs.ts";

export function versionsChanged(before: ConfigurationSource, after: ConfigurationSource): Hazard[] {
  return [...modulesChanged(before, after), ...providersChanged(before, after)];
}

function hazardOf(address: string, lost: LostGuard, location: Location): Hazard {
  return { ...lost, address, certainty: "certain", location };
}

/** A call that stands in a module which is called often is said once. */
function modulesChanged(before: ConfigurationSource, after: ConfigurationSource): Hazard[] {
  const found = new Map<string, Hazard>();
  for (const pair of callPairs(before, after)) {
    const what = pair.after && differenceOf(pair.before, pair.after);
    if (pair.after === undefined || what === undefined) continue;
    const { source, version, location } = pair.after;
    const written = what === "version" && version !== undefined ? version : source;
    const line = written?.location ?? location;
    const key = `${line.file}:${line.line}`;
    if (!found.has(key)) found.set(key, hazardOf(pair.address, { ruleId: "module-version-changed", what }, line));
  }
  return [...found.values()];
}

/** What a local module brings is compared block by block, wherever its folder lies. */
function differenceOf(before: SourceCall, after: SourceCall): "source" | "version" | undefined {
  if (isLocal(before.source) && isLocal(after.source)) return undefined;
  if (!isSame(before.source, after.source)) {
    const isVersion = place(before.source) !== undefined && place(before.source) === place(after.source);
    return isVersion ? "version" : "source";
  }
  return isSame(before.version, after.version) ? undefined : "version";
}

function isLocal(source: Written | undefined): boolean {
  return /^\.\.?(\/|$)/.test(source?.constant ?? "");
}

/** Where it comes from, without the revision: `git::https://host/module.git?ref=v2`. */
function place(source: Written | undefined): string | undefined {
  return source?.constant?.replace(/\?.*$/, "");
}

function isSame(before: Written | undefined, after: Written | undefined): boolean {
  return before?.constant === after?.constant && (before?.constant !== undefined || before?.text === after?.text);
}

function providersChanged(before: ConfigurationSource, after: ConfigurationSource): Hazard[] {
  const locked = lockChanged(before, after);
  const known = locked.map(({ address }) => address);
  const constraints = constraintsChanged(before, after);
  // Of one provider the lock file says more than the constraint.
  return [...locked, ...constraints.filter(({ address }) => !known.some((one) => isSameProvider(one, address)))];
}

function isSameProvider(locked: string, required: string): boolean {
  return locked.endsWith(`/${required.slice("provider ".length)}`) || locked === required;
}

function lockChanged(before: ConfigurationSource, after: ConfigurationSource): Hazard[] {
  if (before.lock === undefined) return [];
  const hazard = { ruleId: "provider-version-changed", certainty: "certain" } as const;
  const { lock } = after;
  if (lock === undefined) return [{ ...hazard, what: "lock-file", address: ".terraform.lock.hcl" }];
  return [...before.lock.providers].flatMap(([address, old]) => {
    const now = lock.providers.get(address);
    const what = whatOf(old, now);
    if (what === undefined || (what === "unpinned" && !isUsed(address, after))) return [];
    return [{ ...hazard, what, address: `provider ${address}`, location: now?.location ?? lock.location }];
  });
}

function whatOf(
  old: LockedProvider,
  now: LockedProvider | undefined,
): Extract<LostGuard, { ruleId: "provider-version-changed" }>["what"] | undefined {
  if (now === undefined) return "unpinned";
  if (now.version !== old.version) return "version";
  // More of them are for more platforms.
  return old.hashes.every((hash) => now.hashes.includes(hash)) ? undefined : "checksums";
}

/** What nobody asks for needs no pin. */
function isUsed(address: string, { root }: ConfigurationSource): boolean {
  const name = address.slice(address.lastIndexOf("/") + 1);
  return modulesOf(root).some(
    ({ requirements, resources }) =>
      [...requirements.keys()].some((required) => address.endsWith(`/${required}`)) ||
      [...resources.keys()].some((local) => local.replace(/^data\./, "").startsWith(`${name}_`)),
  );
}

/** One finding for a provider, however many modules say what they want. */
function constraintsChanged(before: ConfigurationSource, after: ConfigurationSource): Hazard[] {
  const found = new Map<string, Hazard>();
  const now = new Map(modulesOf(after.root).map((module) => [module.path, module]));
  for (const { path, requirements } of modulesOf(before.root)) {
    const module = now.get(path);
    for (const [provider, old] of module === undefined ? [] : requirements) {
      const own = module?.requirements.get(provider);
      if (own?.text === old.text || found.has(provider)) continue;
      const location = own?.location ?? [...(module?.requirements.values() ?? [])][0]?.location;
      const hazard = { ruleId: "provider-version-changed", what: "constraint", certainty: "certain" } as const;
      found.set(provider, { ...hazard, address: `provider ${provider}`, ...(location && { location }) });
    }
  }
  return [...found.values()];
}
