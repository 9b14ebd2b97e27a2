/**
 * Which replacements of a change set will really happen. CloudFormation says "True" too where it only cannot know yet
 * whether a value will be another one; following `CausingEntity` to what really changes tells the two apart.
 */

import type { Detail } from "./detail.ts";
import { changesIdentityOf, isOutput } from "./identity-attributes.ts";
import { addressIn, NESTED_STACK, type Stack, type StackTree } from "./join.ts";
import type { OutputSources, ResourceUse } from "./output-sources.ts";
import type { Row } from "./row.ts";

/**
 * `proven`: it happens. `possible`: nobody can know before. `stable`: every cause keeps its identity, so the value will be
 * the one that it is, and the resource is updated in place.
 */
export type Likelihood = "stable" | "possible" | "proven";

const ORDER: readonly Likelihood[] = ["stable", "possible", "proven"];

function worst(all: readonly Likelihood[]): Likelihood {
  return ORDER[Math.max(0, ...all.map((one) => ORDER.indexOf(one)))] ?? "possible";
}

/** Addresses of resources that CloudFormation says are, or may be, replaced, with how sure that is. */
export function replacementsIn(tree: StackTree, outputs: OutputSources): ReadonlyMap<string, Likelihood> {
  return new Replacements(tree, outputs).settle();
}

interface Candidate {
  readonly address: string;
  readonly stack: Stack;
  readonly row: Row;
}

/**
 * The greatest fixpoint: everything is taken for replaced as long as nothing says otherwise, so what refers to each other in
 * a circle, which only broken input has, stays replaced. Linear in rows and details, since a row only ever goes down.
 */
class Replacements {
  private readonly stacks: ReadonlyMap<string, Stack>;
  private readonly candidates = new Map<string, Candidate>();
  private readonly likelihoods = new Map<string, Likelihood>();
  /** Address to the candidates that have asked for it. */
  private readonly askedBy = new Map<string, Set<string>>();
  private readonly outputs: OutputSources;
  private asking = "";

  constructor(tree: StackTree, outputs: OutputSources) {
    this.outputs = outputs;
    this.stacks = new Map(tree.stacks.map((stack) => [stack.path, stack]));
    for (const stack of tree.stacks) {
      for (const row of stack.rows.values()) {
        if (!mayReplace(row)) continue;
        const address = addressIn(stack.path, row.logicalId);
        this.candidates.set(address, { address, stack, row });
        this.likelihoods.set(address, "proven");
      }
    }
  }

  settle(): ReadonlyMap<string, Likelihood> {
    const queue = new Set(this.candidates.keys());
    for (const address of queue) {
      queue.delete(address);
      const candidate = this.candidates.get(address);
      if (candidate === undefined) continue;
      this.asking = address;
      const now = this.ofRow(candidate);
      if (now === this.likelihoods.get(address)) continue;
      this.likelihoods.set(address, now);
      for (const dependent of this.askedBy.get(address) ?? []) queue.add(dependent);
    }
    return this.likelihoods;
  }

  private ofRow({ stack, row }: Candidate): Likelihood {
    const forcing = row.details.filter(({ recreation }) => recreation === "Always" || recreation === "Conditionally");
    // Nothing says why, so CloudFormation's own word stands.
    const asSaid: Likelihood = row.replacement === "True" ? "proven" : "possible";
    if (forcing.length === 0) return asSaid;
    const properties = new Set(forcing.map(propertyOf));
    const reached = [...properties].map((property) =>
      this.ofProperty(
        stack,
        row.details.filter((detail) => propertyOf(detail) === property),
      ),
    );
    return worst(reached);
  }

  /** One property, with all that is said of it. */
  private ofProperty(stack: Stack, details: readonly Detail[]): Likelihood {
    const always = details.some(({ recreation }) => recreation === "Always");
    const changes = this.ofValue(stack, details);
    return changes === "proven" && !always ? "possible" : changes;
  }

  /** Whether the value will be another one. */
  private ofValue(stack: Stack, details: readonly Detail[]): Likelihood {
    const caused = details.filter(({ cause }) => cause !== undefined);
    // Of a reference there are two details: the one without a cause is not an edit of its own.
    if (caused.length === 0) return details.some(isSettled) ? "proven" : "possible";
    if (caused.some(({ value }) => value === "differs")) return "proven";
    if (details.some((detail) => detail.cause === undefined && isSettled(detail) && detail.value !== "unseen"))
      return "proven";
    // AWS is known to replace for a mere change of spelling too.
    if (caused.some(({ value }) => value === "same")) return "possible";
    return worst(caused.map((detail) => this.ofCause(stack, detail)));
  }

  private ofCause(stack: Stack, { cause = "", source, value, evaluation }: Detail): Likelihood {
    const unseen = value === "unseen";
    switch (source) {
      case "ParameterReference":
        if (stack.path !== "") return this.ofNestedParameter(stack.path, cause, unseen);
        return evaluation !== "Dynamic" && unseen ? "proven" : "possible";
      case "ResourceReference":
        return plainly(this.identityOf(stack, cause), unseen);
      case "ResourceAttribute": {
        const dot = cause.indexOf(".");
        const [logicalId, attribute] = dot < 0 ? [cause, ""] : [cause.slice(0, dot), cause.slice(dot + 1)];
        return plainly(this.ofAttribute(stack, logicalId, attribute), unseen);
      }
      default:
        return "possible";
    }
  }

  /** What the parent hands in decides. */
  private ofNestedParameter(path: string, parameter: string, unseen: boolean): Likelihood {
    const slash = path.lastIndexOf("/");
    const parent = this.stacks.get(slash < 0 ? "" : path.slice(0, slash));
    const row = parent?.rows.get(path.slice(slash + 1));
    if (parent === undefined || row === undefined) return "possible";
    const given = row.details.filter(({ path: at }) => at === `/Properties/Parameters/${parameter}`);
    return given.length === 0 ? "possible" : plainly(this.ofValue(parent, given), unseen);
  }

  private ofAttribute(stack: Stack, logicalId: string, attribute: string): Likelihood {
    const row = stack.rows.get(logicalId);
    const output = isOutput(attribute);
    if (output !== undefined && (row === undefined || row.type === NESTED_STACK))
      return this.ofOutput(stack, logicalId, output);
    const identity = this.identityOf(stack, logicalId);
    if (row !== undefined && changesIdentityOf(row.type, attribute)) return identity;
    // An attribute may move with any update, and need not move with a replacement.
    return row === undefined ? this.ofMissing(stack) : "possible";
  }

  /** An output of a nested stack moves with what it is made of. */
  private ofOutput(stack: Stack, logicalId: string, output: string): Likelihood {
    const child = addressIn(stack.path, logicalId);
    const uses = this.stacks.has(child) ? this.outputs(child, output) : undefined;
    return uses === undefined ? "possible" : worst(uses.map((use) => this.ofUse(use)));
  }

  private ofUse({ address, attribute }: ResourceUse): Likelihood {
    const slash = address.lastIndexOf("/");
    const stack = this.stacks.get(slash < 0 ? "" : address.slice(0, slash));
    const logicalId = address.slice(slash + 1);
    // What happens in a stack whose change set was not given nobody knows.
    if (stack === undefined) return "possible";
    return attribute === undefined ? this.identityOf(stack, logicalId) : this.ofAttribute(stack, logicalId, attribute);
  }

  /** Whether the resource will be another one. */
  private identityOf(stack: Stack, logicalId: string): Likelihood {
    const row = stack.rows.get(logicalId);
    if (row === undefined) return this.ofMissing(stack);
    const address = addressIn(stack.path, logicalId);
    const likelihood = this.likelihoods.get(address);
    if (likelihood !== undefined) {
      const asked = this.askedBy.get(address) ?? new Set();
      this.askedBy.set(address, asked.add(this.asking));
      return likelihood;
    }
    if (row.action === "Modify") return "stable";
    return row.action === "SyncWithActual" ? "stable" : row.action === "Dynamic" ? "possible" : "proven";
  }

  /** Only a description without property values names every resource that changes. */
  private ofMissing(stack: Stack): Likelihood {
    return stack.hasPlain ? "stable" : "possible";
  }
}

/** Read on Modify only: of an addition CloudFormation says "True" too, and means nothing by it. */
export function mayReplace({ action, replacement, policyAction, details }: Row): boolean {
  if (action !== "Modify") return false;
  if (policyAction?.startsWith("Replace")) return true;
  if (replacement !== undefined) return replacement !== "False";
  return details.length === 0 || details.some(({ recreation }) => recreation !== "Never");
}

/** Without values a reference that was turned to another resource looks like one that passes a change on. */
function plainly(likelihood: Likelihood, unseen: boolean): Likelihood {
  return unseen && likelihood === "stable" ? "possible" : likelihood;
}

function propertyOf({ attribute, name, path }: Detail): string {
  return path ?? `/${attribute}/${name ?? ""}`;
}

/** An edit whose value is known: not one that stands for a reference. */
function isSettled({ evaluation, value }: Detail): boolean {
  return evaluation !== "Dynamic" && value !== "later";
}
