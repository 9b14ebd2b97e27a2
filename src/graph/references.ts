/**
 * Follows the references of a configuration to the resources behind them: through variables, outputs, module calls,
 * `each` and `count`, data sources, provider blocks. Answers once per resource block, in terms that every instance can fill in.
 *
 * What a plan does not hold (locals, dynamic blocks, lifecycle blocks) is followed where the source has it.
 */

import { keyOf, splitAddress, withoutKeys } from "../model/address.ts";
import type { ConfigResource, Configuration, References } from "../model/configuration.ts";
import { isBare, isData, isRepetitionKey, mayBeIndexed, withoutPrefixes } from "./reference-text.ts";
import { ancestor, byModule, enter, inModule, rootScope, type Scope } from "./scope.ts";
import type { KeyTerm, Repetition, Target } from "./target.ts";
import { distinct, fromArgument, NO_TARGETS, throughReference, unfollowedLocal, unproven, waiting } from "./target.ts";

/**
 * Managed resources of the configuration, by configuration address, with what they refer to; only those of `blocks` when that
 * is given. With `traced` every target says how the reference gets there, and locals that lead nowhere are targets too.
 */
export function followReferences(
  root: Configuration,
  blocks?: Iterable<string>,
  traced = false,
): Map<string, readonly Target[]> {
  const found = new Map<string, readonly Target[]>();
  const follower = new Follower(traced);
  const wanted = blocks && byModule(blocks);
  const visit = (scope: Scope): void => {
    const { path, resources, calls } = scope.module;
    for (const local of wanted ? (wanted.get(path) ?? []) : resources().keys()) {
      const block = isData(local) ? undefined : resources().get(local);
      if (block) found.set(inModule(path, local), follower.targetsOf(scope, block.read()));
    }
    for (const [name, call] of calls) visit(enter(scope, name, call, scope.names.length));
  };
  visit(rootScope(root));
  return found;
}

class Follower {
  private readonly traced: boolean;
  /** Variables and outputs are asked for again and again; the answer depends on nothing but this key. */
  private readonly known = new Map<string, readonly Target[]>();
  /** Managed resources by scope, then by the reference to them: the same few are referred to again and again. */
  private readonly resources = new Map<string, Map<string, readonly Target[]>>();
  /** What is being followed right now: a configuration that refers to itself in a circle must end. */
  private readonly open = new Set<string>();

  constructor(traced: boolean) {
    this.traced = traced;
  }

  /** The targets of a resource of `scope`, for the instance with the keys of that scope and its own key behind them. */
  targetsOf(scope: Scope, resource: ConfigResource): readonly Target[] {
    const own = this.ownTargets(scope, resource, scope.names.length);
    const calls = this.once(`calls ${scope.id}`, () => this.allCallTargets(scope));
    return distinct(calls.length === 0 ? own : [...own, ...calls]);
  }

  /** What the calls of a module and of those around it refer to. */
  private allCallTargets(scope: Scope): readonly Target[] {
    const targets: Target[] = [];
    for (let inner: Scope | undefined = scope; inner; inner = inner.parent) targets.push(...this.callTargets(inner));
    return targets;
  }

  /** What the call of a module itself refers to. */
  private callTargets({ parent, call, keys, names }: Scope): readonly Target[] {
    if (!parent || !call) return [];
    const { forEach, count, dependsOn } = call.arguments();
    const repetition: Repetition = { key: keys.at(-1) ?? null, forEach };
    const name = `module.${names.at(-1)}`;
    return [
      ...this.inArgument(`${name} for_each`, this.follow(parent, forEach, repetition)),
      ...this.inArgument(`${name} count`, this.follow(parent, count, repetition)),
      ...this.inArgument(`${name} depends_on`, this.followWhole(parent, dependsOn)),
    ];
  }

  private ownTargets(scope: Scope, resource: ConfigResource, key: KeyTerm): readonly Target[] {
    const repetition: Repetition = { key, forEach: resource.forEach };
    const targets: Target[] = [];
    for (const [name, references] of resource.expressions) {
      targets.push(...this.inArgument(name, this.follow(scope, references, repetition)));
    }
    targets.push(...this.inArgument("for_each", this.follow(scope, resource.forEach, repetition)));
    targets.push(...this.inArgument("count", this.follow(scope, resource.count, repetition)));
    targets.push(...this.inArgument("depends_on", this.followWhole(scope, resource.dependsOn)));
    if (resource.provider) {
      const at = ancestor(scope, resource.provider.path);
      const references = at && this.follow(at, resource.provider.references, { key: null, forEach: [] });
      if (references) targets.push(...this.inArgument("provider", references));
    }
    return targets;
  }

  /** Targets of the references in one expression. */
  private follow(scope: Scope, references: References, repetition: Repetition): readonly Target[] {
    const targets: Target[] = [];
    if (references.length === 0) return NO_TARGETS;
    const longest = withoutPrefixes(references);
    longest.forEach((reference, position) => {
      const key = isRepetitionKey(longest[position + 1]) && mayBeIndexed(reference) ? repetition.key : null;
      for (const target of this.through(reference, this.followOne(scope, reference, key, repetition)))
        targets.push(target);
    });
    return targets;
  }

  private followOne(scope: Scope, reference: string, key: KeyTerm, repetition: Repetition): readonly Target[] {
    const known = key === null ? this.resourcesKnownIn(scope).get(reference) : undefined;
    if (known !== undefined) return known;
    const [first = "", second = "", third] = splitAddress(reference);
    switch (first) {
      case "var":
        return this.variable(scope, withoutKeys(second));
      case "each":
        return second === "value" ? this.eachValue(scope, repetition) : [];
      case "module":
        return this.moduleOutput(scope, second, third, key);
      case "data":
        return third === undefined
          ? []
          : this.resource(scope, `data.${second}.${withoutKeys(third)}`, keyOf(third) || key);
      case "local":
        return this.local(scope, reference, key);
      case "count":
      case "path":
      case "terraform":
      case "self":
        return [];
      default: {
        if (second === "") return NO_TARGETS;
        const targets = this.resource(scope, `${first}.${withoutKeys(second)}`, keyOf(second) || key);
        if (key === null) this.resourcesKnownIn(scope).set(reference, targets);
        return targets;
      }
    }
  }

  private resourcesKnownIn({ id }: Scope): Map<string, readonly Target[]> {
    const known = this.resources.get(id) ?? new Map<string, readonly Target[]>();
    if (known.size === 0) this.resources.set(id, known);
    return known;
  }

  /** The argument that the caller passes, read where the caller stands. */
  private variable(scope: Scope, name: string): readonly Target[] {
    const { parent, call } = scope;
    const { inputs, forEach = [] } = call?.arguments() ?? {};
    const references = inputs?.get(name);
    if (!parent || !references) return [];
    return this.once(`var ${scope.id} ${name}`, () =>
      this.follow(parent, references, { key: scope.keys.at(-1) ?? null, forEach }),
    );
  }

  /** A part of a local value that refers to several things may come from any of them. */
  private local(scope: Scope, reference: string, key: KeyTerm): readonly Target[] {
    const [, step = "", ...parts] = splitAddress(reference);
    const name = withoutKeys(step);
    const follow = () => this.follow(scope, scope.module.locals.get(name) ?? [], { key: null, forEach: [] });
    const targets = this.once(`local ${scope.id} ${name}`, follow);
    if (this.traced && targets.length === 0) return [unfollowedLocal(scope, name)];
    const isWhole = parts.length === 0 && step === name && key === null;
    return isWhole || targets.length < 2 ? targets : targets.map(unproven);
  }

  /**
   * `each.value` of a resource that repeats over another one is that one's instance of the same key. Over anything else (an
   * object with several references, a keyed one) it may be any of them.
   */
  private eachValue(scope: Scope, { key, forEach }: Repetition): readonly Target[] {
    const targets = this.follow(scope, forEach, { key: null, forEach: [] });
    const [only] = targets;
    if (only === undefined || targets.length > 1 || only.keys.at(-1) !== null || !isBare(forEach)) {
      return targets.map(unproven);
    }
    return [{ ...only, keys: [...only.keys.slice(0, -1), key] }];
  }

  private moduleOutput(scope: Scope, step: string, output: string | undefined, key: KeyTerm): readonly Target[] {
    const name = withoutKeys(step);
    const call = scope.module.calls.get(name);
    if (!call) return [];
    const inner = enter(scope, name, call, keyOf(step) || key);
    // Terraform waits for what the call refers to before it works out any output, whether the value needs it or not.
    const waits = this.once(`call ${inner.id}`, () => this.callTargets(inner)).map(waiting);
    if (output !== undefined) return [...this.output(inner, withoutKeys(output)), ...waits];
    // `module.m[each.key].out` loses the name of the output: it may be any of them. Terraform waits for the whole module then.
    const all = [...call.module.outputs().keys()].flatMap((any) => this.output(inner, any));
    const everything = this.once(`all ${inner.id}`, () => this.everythingIn(inner).map(waiting));
    return [...all.map(unproven), ...everything, ...waits];
  }

  private output(scope: Scope, name: string): readonly Target[] {
    const references = scope.module.outputs().get(name);
    if (!references) return [];
    return this.once(`output ${scope.id} ${name}`, () => this.follow(scope, references, { key: null, forEach: [] }));
  }

  /** A managed resource is a target; through a data source the walk goes on to what that one reads. */
  private resource(scope: Scope, address: string, key: KeyTerm): readonly Target[] {
    if (!isData(address)) {
      const keys = [...scope.keys, key];
      const { path } = scope.module;
      return [{ modules: scope.names, resource: address, config: inModule(path, address), keys, proven: true }];
    }
    const data = scope.module.resources().get(address);
    if (!data) return [];
    return this.once(`data ${scope.id} ${address} ${key}`, () => this.ownTargets(scope, data.read(), key));
  }

  /** `depends_on`: whole resources, and modules with everything in them. */
  private followWhole(scope: Scope, references: References): readonly Target[] {
    return withoutPrefixes(references).flatMap((reference) => {
      const [first, second = ""] = splitAddress(reference);
      const name = withoutKeys(second);
      const call = first === "module" ? scope.module.calls.get(name) : undefined;
      const targets = call
        ? this.everythingIn(enter(scope, name, call, keyOf(second) || null))
        : this.followOne(scope, reference, null, { key: null, forEach: [] });
      return this.through(reference, targets);
    });
  }

  private everythingIn(scope: Scope): readonly Target[] {
    const own = [...scope.module.resources().keys()].flatMap((address) => this.resource(scope, address, null));
    const below = [...scope.module.calls].flatMap(([name, call]) => this.everythingIn(enter(scope, name, call, null)));
    return [...own, ...below];
  }

  private through(reference: string, targets: readonly Target[]): readonly Target[] {
    return this.traced ? throughReference(reference, targets) : targets;
  }

  private inArgument(argument: string, targets: readonly Target[]): readonly Target[] {
    return this.traced ? fromArgument(argument, targets) : targets;
  }

  private once(key: string, compute: () => readonly Target[]): readonly Target[] {
    const known = this.known.get(key);
    if (known) return known;
    if (this.open.has(key)) return [];
    this.open.add(key);
    const targets = distinct(compute());
    this.open.delete(key);
    this.known.set(key, targets);
    return targets;
  }
}
