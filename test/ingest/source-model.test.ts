/** What is kept of source beside places: guards, blocks that move and remove, override files, what dynamic blocks refer to. */

import { expect, test } from "vitest";
import { readSource } from "../../src/ingest/hcl/index.ts";
import { type ConfigurationSource, locationOf, type SourceResource, sourceResource } from "../../src/model/source.ts";
import { change, plan } from "../support/plan.ts";
import { readPlan } from "../support/read-plan.ts";
import { type Files, treeOf } from "../support/source.ts";

/** The source as a plan has it that ends `aws_db_instance.main`. */
function sourceOf(files: Files): ConfigurationSource {
  const bytes = Buffer.from(JSON.stringify(plan([change("aws_db_instance.main", ["delete"])])));
  const { source } = readSource(readPlan("plan.json", bytes), treeOf(files));
  if (source === undefined) throw new Error("the plan has no source");
  return source;
}

function blockOf(files: Files): SourceResource {
  const block = sourceResource(sourceOf(files), "aws_db_instance.main[0]");
  if (block === undefined) throw new Error("the source has no such block");
  return block;
}

const db = (body: string): string => `resource "aws_db_instance" "main" {\n${body}\n}\n`;

test.each<[written: string, preventDestroy: boolean | "unknown"]>([
  ["", false],
  ["lifecycle {}", false],
  ["lifecycle { prevent_destroy = true }", true],
  ['lifecycle { prevent_destroy = "true" }', true],
  ["lifecycle { prevent_destroy = false }", false],
  ["lifecycle { prevent_destroy = var.guarded }", "unknown"],
  ["lifecycle { prevent_destroy = !false }", "unknown"],
])("%s says of prevent_destroy: %s", (written, preventDestroy) => {
  expect(blockOf({ "main.tf": db(written) }).lifecycle.preventDestroy).toBe(preventDestroy);
});

test("lifecycle, arguments and provisioners of a block", () => {
  const {
    lifecycle,
    arguments: written,
    provisioners,
  } = blockOf({
    "main.tf": db(`  deletion_protection = false
  password            = "s3cret"
  name                = local.name
  lifecycle {
    create_before_destroy = true
    ignore_changes        = [tags["Owner"], engine_version]
    replace_triggered_by  = [aws_vpc.this.id, random_id.x[count.index]]
    destroy               = false
  }
  provisioner "local-exec" {
    when = destroy
  }
  provisioner "file" {
  }`),
  });
  expect(lifecycle).toEqual({
    preventDestroy: false,
    createBeforeDestroy: true,
    ignoreChanges: ["tags", "engine_version"],
    replaceTriggeredBy: ["aws_vpc.this.id", "random_id.x", "count.index"],
    destroy: false,
    places: new Map(
      ["create_before_destroy", "ignore_changes", "replace_triggered_by", "destroy"].map((name, place) => [
        name,
        { file: "main.tf", line: 6 + place },
      ]),
    ),
  });
  const is = expect.any(Function);
  expect(written.get("deletion_protection")?.is?.("false")).toBe(true);
  expect(Object.fromEntries(written)).toEqual({
    deletion_protection: { location: { file: "main.tf", line: 2 }, references: [], is },
    password: { location: { file: "main.tf", line: 3 }, references: [], is },
    name: { location: { file: "main.tf", line: 4 }, references: ["local.name"] },
  });
  expect(provisioners.map(({ type, when, location: { line } }) => [type, when, line])).toEqual([
    ["local-exec", "destroy", 11],
    ["file", "create", 14],
  ]);
});

test("an override file holds, and its block stays where it was", () => {
  const base = db("  lifecycle {\n    prevent_destroy = true\n    create_before_destroy = true\n  }");
  for (const name of ["override.tf", "a_override.tf"]) {
    const { location, lifecycle } = blockOf({ "main.tf": base, [name]: db("lifecycle { prevent_destroy = false }") });
    expect([location, lifecycle.preventDestroy, lifecycle.createBeforeDestroy]).toEqual([
      { file: "main.tf", line: 1 },
      false,
      true,
    ]);
  }
});

test("what no plan shows of its references", () => {
  const { hidden } = blockOf({
    "main.tf": db(`  dynamic "rule" {
    for_each = local.rules
    iterator = it
    content {
      port = it.value.port
      dynamic "inner" {
        for_each = [it.value.ports, aws_x.ports.all]
        content {
          group = aws_security_group.x.id
          own   = [inner.key, it.key]
        }
      }
    }
  }
  connection {
    host = aws_instance.jump.ip
  }
  nested {
    dynamic "deep" {
      for_each = var.deep
      content {}
    }
  }
  lifecycle {
    postcondition {
      condition = self.ok && data.aws_x.y.ok
    }
  }`),
  });
  expect(Object.fromEntries(hidden)).toEqual({
    "dynamic.rule": ["local.rules", "", "aws_x.ports.all", "", "aws_security_group.x.id"],
    connection: ["aws_instance.jump.ip"],
    "nested.dynamic.deep": ["var.deep"],
    "lifecycle.postcondition": ["self.ok", "data.aws_x.y.ok"],
  });
});

test("blocks that move, remove, import, and keep the state", () => {
  const { root } = sourceOf({
    "main.tf": `terraform {
  backend "s3" {}
}
moved {
  from = aws_x.a[0]
  to   = module.b["k"].aws_x.a
}
import {
  to = aws_x.c
  id = "c"
}
removed {
  from = module.gone
  lifecycle {
    destroy = false
  }
}
${db("")}`,
  });
  expect(root.backend).toEqual({ type: "s3", location: { file: "main.tf", line: 2 } });
  expect(root.moved).toEqual([
    { from: "aws_x.a[0]", to: 'module.b["k"].aws_x.a', location: { file: "main.tf", line: 4 } },
  ]);
  expect(root.imports).toEqual([{ to: "aws_x.c", location: { file: "main.tf", line: 8 } }]);
  expect(root.removed).toEqual([{ from: "module.gone", destroy: false, location: { file: "main.tf", line: 12 } }]);
});

test("JSON says the same", () => {
  const json = {
    locals: [{ a: `\${aws_vpc.a.id}` }, { b: 1 }],
    resource: [{ aws_db_instance: { main: [{ name: `x-\${local.a}`, lifecycle: { prevent_destroy: true } }] } }],
    module: { net: { source: "./net", vpc: [`\${local.a}`, { [`\${local.b}`]: "plain.text" }] } },
    output: { id: { value: `\${aws_db_instance.main.id}` } },
  };
  const source = sourceOf({ "main.tf.json": JSON.stringify(json, null, 1), "net/main.tf": 'resource "a" "b" {\n}\n' });
  const block = sourceResource(source, "aws_db_instance.main");
  expect(block?.lifecycle.preventDestroy).toBe(true);
  expect(block?.arguments.get("name")?.references).toEqual(["local.a"]);
  expect([...source.root.locals]).toEqual([
    ["a", ["aws_vpc.a.id"]],
    ["b", []],
  ]);
  expect(locationOf(source, "module.net[0].a.b")).toEqual({ file: "net/main.tf", line: 1 });
  expect(locationOf(source, "module.net.module.gone.a.b")).toEqual(locationOf(source, "module.net"));
});
