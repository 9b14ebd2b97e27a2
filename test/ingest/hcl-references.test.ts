/** References that the reader finds in source, against those that Terraform wrote into its plan for the same expression. */

import { describe, expect, test } from "vitest";
import { parseFile, readSource } from "../../src/ingest/hcl/index.ts";
import { referencesOf } from "../../src/ingest/hcl/references.ts";
import type { Configuration } from "../../src/model/configuration.ts";
import type { SourceModule } from "../../src/model/source.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import { readPlan } from "../support/read-plan.ts";
import { oracleSources, treeOf } from "../support/source.ts";

const oracle = oracleSources();
if (oracle.size === 0) sayMissing("the recorded oracle");

describe("references", () => {
  /** By the specification of HCL, in the form that `internal/command/jsonconfig` gives them. */
  test.each<[expression: string, references: string[]]>([
    ["a.b.id", ["a.b.id"]],
    ["a.b[0].id", ["a.b[0].id"]],
    ['a.b["x.\\"y\\""].id', ['a.b["x.\\"y\\""].id']],
    ["a.b[each.key].id", ["a.b", "each.key"]],
    ["a.b[local.i].list[count.index]", ["a.b", "local.i", "count.index"]],
    ["a.b[*].id", ["a.b"]],
    ["a.b.*.id", ["a.b"]],
    ["module.m.out.x", ["module.m.out.x"]],
    ['module.m["k"].out', ['module.m["k"].out']],
    ["data.a.b.c", ["data.a.b.c"]],
    ["[for x in a.b : x.id if x.ok != c.d.e]", ["a.b", "c.d.e"]],
    ["{for k, v in a.b : k => v.id...}", ["a.b"]],
    ["[for a in a.b ? c.d : e.f : a.id]", ["a.b", "c.d", "e.f"]],
    ["{ a.b = c.d, e = f.g, (h.i) = j.k }", ["a.b", "c.d", "f.g", "h.i", "j.k"]],
    [`"x-\${a.b.id}-$\${c.d.e}-%{ if f.g.h }\${i.j.k}%{ endif }"`, ["a.b.id", "f.g.h", "i.j.k"]],
    [`"%{ for x in a.b }\${x.id}%{ endfor }\${x.id}"`, ["a.b", "x.id"]],
    ["f(a.b.id, provider::c::d(e.f.g)).h.i", ["a.b.id", "e.f.g"]],
    [`<<EOT\n  \${a.b.id} c.d.e\nEOT`, ["a.b.id"]],
    ["true ? null : string", []],
  ])("in %s", (expression, references) => {
    const { attributes } = parseFile("x.tf", Buffer.from(`x = ${expression}\n`));
    expect(referencesOf(attributes.get("x"))).toEqual(references);
  });

  test.runIf(oracle.size > 0)("of every argument of the recorded oracle are those in Terraform's plan", () => {
    let compared = 0;
    for (const [name, files] of oracle) {
      const path = `${corpusFolder("oracle")}/${name}/noop.json`;
      const plan = readPlan(name, Buffer.from(JSON.stringify(readJson(path))));
      const { source } = readSource(plan, treeOf(files));
      const configuration = plan.dependencies.configuration();
      if (!source || !configuration) throw new Error(`${name} has no source`);
      compared += compareModule(configuration, source.root);
    }
    expect(compared).toBeGreaterThan(400);
    console.log(`${compared} arguments with references`);
  });
});

function compareModule(configuration: Configuration, module: SourceModule): number {
  let count = 0;
  for (const [address, block] of configuration.resources()) {
    const written = module.resources.get(address)?.arguments;
    for (const [argument, references] of block.read().expressions) {
      if (argument === "provisioner") continue;
      expect(written?.get(argument)?.references, `${address} ${argument}`).toEqual(longest(references));
      count++;
    }
  }
  for (const [name, call] of configuration.calls) {
    const inner = module.calls.get(name)?.module;
    if (inner) count += compareModule(call.module, inner);
  }
  return count;
}

/** Without those that are the beginning of the one before. */
function longest(references: readonly string[]): string[] {
  return references.filter((reference, at) => {
    const before = references.slice(0, at).findLast((other) => other.length > reference.length);
    return !(before?.startsWith(`${reference}.`) || before?.startsWith(`${reference}[`));
  });
}
