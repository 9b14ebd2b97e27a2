/** What the names in a template come to over a tree of stacks: resources, through parameters and outputs of nested stacks. */

import { addressIn, NESTED_STACK } from "../join.ts";
import type { PlacedStack, PlacedTemplate } from "./place.ts";
import { type Use, usesIn } from "./references.ts";

/** A resource of the tree that something refers to. */
export interface ResolvedUse {
  readonly address: string;
  readonly attribute: string | undefined;
  readonly certain: boolean;
}

/** Deeper than any tree of stacks: what goes on beyond is a circle. */
const DEEPEST = 32;

export class UseResolver {
  private readonly stacks: ReadonlyMap<string, PlacedStack>;
  /** Export name to where its output stands. */
  private readonly exports = new Map<string, { readonly path: string; readonly output: string }>();

  constructor(placed: readonly PlacedStack[]) {
    this.stacks = new Map(placed.map((stack) => [stack.path, stack]));
    for (const { path, templates } of placed) {
      for (const { template, evaluator } of templates) {
        for (const [output, { exportName }] of template.outputs) {
          const name = exportName === undefined ? undefined : evaluator.text(exportName);
          if (name !== undefined) this.exports.set(name, { path, output });
        }
      }
    }
  }

  /** All resources in a value of a template of the stack at `path`. */
  resourcesIn(value: unknown, path: string, placed: PlacedTemplate, depth = 0): ResolvedUse[] {
    if (depth > DEEPEST) return [];
    return usesIn(value, placed.evaluator).flatMap((use) => this.resolve(use, path, placed, depth));
  }

  /** Resources in what the tree exports under a name. */
  exported(name: string, depth = 0): ResolvedUse[] {
    const source = this.exports.get(name);
    return source === undefined ? [] : (this.outputOf(source.path, source.output, depth) ?? []);
  }

  /** Resources in the value of an output, by every template of its stack; `undefined` when none has it. */
  outputOf(path: string, output: string, depth = 0): ResolvedUse[] | undefined {
    const found = (this.stacks.get(path)?.templates ?? []).flatMap((placed) => {
      const value = placed.template.outputs.get(output)?.value;
      return value === undefined ? [] : [this.resourcesIn(value, path, placed, depth + 1)];
    });
    return found.length === 0 ? undefined : found.flat();
  }

  /** The same, where every template of the stack says the same: else the output itself is turned to something else. */
  agreedOutput(path: string, output: string): ResolvedUse[] | undefined {
    const [first, ...others] = (this.stacks.get(path)?.templates ?? []).map((placed) =>
      this.resourcesIn(placed.template.outputs.get(output)?.value, path, placed),
    );
    const agree = others.every((other) => JSON.stringify(other) === JSON.stringify(first));
    // What refers to nothing is a text, and nobody knows which one it was before.
    return agree && first !== undefined && first.length > 0 ? first : undefined;
  }

  private resolve(
    { name, attribute, imported, certain }: Use,
    path: string,
    placed: PlacedTemplate,
    depth: number,
  ): ResolvedUse[] {
    const sure = (uses: readonly ResolvedUse[]): ResolvedUse[] =>
      certain ? [...uses] : uses.map((use) => ({ ...use, certain: false }));
    if (name === undefined) {
      return sure(this.exported(placed.evaluator.text(imported) ?? "", depth));
    }
    const resource = placed.template.resources.get(name);
    if (resource === undefined) return sure(this.parameter(name, path, depth));
    const address = addressIn(path, name);
    const output = attribute?.startsWith("Outputs.") === true ? attribute.slice("Outputs.".length) : undefined;
    const inner = resource.type === NESTED_STACK && output !== undefined ? this.outputOf(address, output, depth) : [];
    return [{ address, attribute, certain }, ...sure(inner ?? [])];
  }

  /** What the parent hands in. */
  private parameter(name: string, path: string, depth: number): ResolvedUse[] {
    if (path === "" || depth > DEEPEST) return [];
    const slash = path.lastIndexOf("/");
    const parentPath = slash < 0 ? "" : path.slice(0, slash);
    const parent = this.stacks.get(parentPath);
    return (parent?.templates ?? []).flatMap((placed) => {
      const given = placed.template.resources.get(path.slice(slash + 1))?.properties["Parameters"];
      const value =
        typeof given === "object" && given !== null && Object.hasOwn(given, name)
          ? (given as Record<string, unknown>)[name]
          : undefined;
      return value === undefined ? [] : this.resourcesIn(value, parentPath, placed, depth + 1);
    });
  }
}
