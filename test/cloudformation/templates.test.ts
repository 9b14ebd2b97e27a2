/** What templates add: objects that do not change, what refers to what, how much there is. Templates here are written by hand. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { PlanReport } from "../../src/index.ts";
import { added, changeSet, edited, follows, modified, nestedHead, removed, replaced } from "../support/change-set.ts";
import { corpusFolder, readJson, sayMissing } from "../support/corpus.ts";
import { judged, judgedPlan } from "../support/judge.ts";
import type { Json } from "../support/plan.ts";
import { firebreak, folderWith } from "../support/world.ts";

const QUEUE = "AWS::SQS::Queue";
const ENDS = changeSet([replaced("Queue", QUEUE, [edited("QueueName")])]);

/** Addresses that depend on an ending object, with a mark where the lower bound does not count them. */
function dependents(plan: PlanReport, of = "Queue"): string[] {
  const change = plan.changes.find(({ address }) => address === of);
  return (change?.blastRadius.affected ?? []).map(({ address, certain }) => `${address}${certain ? "" : "?"}`);
}

async function withTemplate(text: string | Json, content: Json = ENDS): Promise<PlanReport> {
  const folder = folderWith({ "template.yaml": typeof text === "string" ? text : JSON.stringify(text) });
  return judgedPlan(content, { source: folder });
}

const YAML = `AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  Unknown: !Equals [!Ref AWS::NotificationARNs, x]
Resources:
  Queue:
    Type: ${QUEUE}
  ByRef:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !Ref Queue}
  ByGetAtt:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument: {Statement: [{Resource: !GetAtt Queue.Arn}]}
  ByLongGetAtt:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument: {Statement: [{Resource: {"Fn::GetAtt": [Queue, Arn]}}]}
  BySub:
    Type: AWS::SSM::Parameter
    Properties: {Value: !Sub "x/\${Queue.Arn}/\${!Literal}"}
  BySubVariable:
    Type: AWS::SSM::Parameter
    Properties: {Value: !Sub ["\${Queue}", {Queue: !GetAtt ByRef.Id}]}
  Order:
    Type: AWS::SSM::Parameter
    DependsOn: Queue
    Properties: {Value: x}
  Branch:
    Type: AWS::SSM::Parameter
    Properties: {Value: !If [IsProd, !Ref Queue, none]}
  OpenBranch:
    Type: AWS::SSM::Parameter
    Properties: {Value: !If [Unknown, !Ref Queue, none]}
  NotThere:
    Type: AWS::SSM::Parameter
    Condition: IsProd
    Properties: {Value: !Ref Queue}
  Unrelated:
    Type: AWS::SNS::Topic
`;

describe("a template", () => {
  test("every function that refers is an edge; DependsOn orders, and is none", async () => {
    const plan = await withTemplate(YAML);
    expect(dependents(plan)).toEqual(["ByGetAtt", "ByLongGetAtt", "ByRef", "BySub", "OpenBranch?", "BySubVariable"]);
    expect(plan.existing).toBe(10);
    expect(plan.existingIsKnown).toBeUndefined();
    expect(plan.share).toEqual({ lower: 0.1, upper: 0.1 });
    expect(plan.totals.affected).toEqual({ lower: 5, upper: 6 });
  });

  test("with the parameters of the change set, conditions come out otherwise", async () => {
    const prod = { ...ENDS, Parameters: [{ ParameterKey: "Stage", ParameterValue: "prod" }] };
    const plan = await withTemplate(YAML, prod);
    expect(dependents(plan)).toContain("Branch");
    expect(dependents(plan)).toContain("NotThere");
    expect(plan.existing).toBe(11);
  });

  test("a removal by a condition says which one", async () => {
    const plan = await withTemplate(YAML, changeSet([removed("NotThere", "AWS::SSM::Parameter")]));
    expect(plan.changes[0]?.reasons).toEqual(["its condition IsProd does not hold any more"]);
  });

  test("explain names the property and the reference", async () => {
    const folder = folderWith({ "set.json": JSON.stringify(ENDS), "src/template.yaml": YAML });
    const argv = ["explain", join(folder, "set.json"), "BySub", "--source", join(folder, "src")];
    const { stdout, code } = await firebreak(argv);
    expect(code).toBe(0);
    expect(stdout).toContain("Value refers to Queue.Arn");
  });

  test("nothing of the file's values is in the report", async () => {
    const folder = folderWith({ "t.yaml": YAML.replace("Value: x", "Value: hunter2-planted") });
    const report = await judged(ENDS, { source: folder });
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });

  test.each<[string, string | Json, string]>([
    ["without any", "", "no-template"],
    ["of another stack", { Resources: { Other: { Type: QUEUE } } }, "no-template"],
    ["with another type under the id", { Resources: { Queue: { Type: "AWS::SNS::Topic" } } }, "no-template"],
    ["that is broken", "Resources: {Queue: {Type: [}", "no-template"],
    ["of SAM", { Transform: "AWS::Serverless-2016-10-31", Resources: { Queue: { Type: QUEUE } } }, "raw-template"],
    ["with a loop", { Resources: { Queue: { Type: QUEUE }, "Fn::ForEach::X": ["a", [], {}] } }, "raw-template"],
    ["with a macro", { Resources: { Queue: { Type: QUEUE, "Fn::Transform": { Name: "M" } } } }, "raw-template"],
    [
      "whose nested template is missing",
      { Resources: { Queue: { Type: QUEUE }, Net: { Type: "AWS::CloudFormation::Stack" } } },
      "no-nested-template",
    ],
  ])("%s: no upper bound, and the report says why", async (_, text, code) => {
    const plan = await withTemplate(text);
    expect(plan.totals.affected.upper).toBeNull();
    expect(plan.share.upper).toBeNull();
    expect(plan.existingIsKnown).toBe(false);
    expect(plan.blindSpots.map((spot) => spot.code)).toContain(code);
  });

  test("aliases that multiply: no template, and no time lost", async () => {
    const lines = Array.from({ length: 60 }, (_, step) => `  a${step + 1}: &a${step + 1} [*a${step}, *a${step}]`);
    const bomb = `Metadata:\n  a0: &a0 [x]\n${lines.join("\n")}\nResources:\n  Queue:\n    Type: ${QUEUE}\n    Metadata: *a60\n`;
    expect((await withTemplate(bomb)).blindSpots.map(({ code }) => code)).toContain("no-template");
  });
});

describe("nested templates", () => {
  const STACK = "AWS::CloudFormation::Stack";
  const files = {
    "root.json": JSON.stringify({
      Resources: {
        Vpc: { Type: "AWS::EC2::VPC" },
        Net: {
          Type: STACK,
          Properties: { TemplateURL: "./net.yaml", Parameters: { Vpc: { Ref: "Vpc" } } },
        },
        App: { Type: QUEUE, Properties: { Tags: [{ "Fn::GetAtt": ["Net", "Outputs.Subnet"] }] } },
      },
    }),
    "net.yaml": `Parameters: {Vpc: {Type: String}}
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc}}
Outputs:
  Subnet: {Value: !Ref Subnet}
`,
  };

  test("parameters go in and outputs come out", async () => {
    const content = changeSet([replaced("Vpc", "AWS::EC2::VPC", [edited("CidrBlock")])]);
    const plan = await judgedPlan(content, { source: folderWith(files) });
    expect(dependents(plan, "Vpc")).toEqual(["Net", "Net/Subnet", "App"]);
    expect(plan.existing).toBe(4);
    const [, , app] = plan.changes[0]?.blastRadius.affected ?? [];
    expect(app?.path[0]).toBe("Vpc");
  });

  test("an output whose resource is left alone keeps what follows from it", async () => {
    const root = changeSet([
      modified("Net", STACK, { ChangeSetId: nestedHead("Net")["ChangeSetId"] }),
      replaced("App", QUEUE, follows("Tags", "Net.Outputs.Subnet", { value: "later" })),
    ]);
    const child = (row: Json): Json => changeSet([row], nestedHead("Net"));
    const text = (inner: Json): string => `${JSON.stringify(root)}\n${JSON.stringify(inner)}`;
    const folder = folderWith(files);
    const outcome = async (inner: Json, source?: string): Promise<unknown> => {
      const { changes } = await judgedPlan(text(inner), source === undefined ? {} : { source });
      return changes.find(({ address }) => address === "App")?.certainty ?? "updated";
    };
    const kept = child(modified("Subnet", "AWS::EC2::Subnet"));
    const ended = child(replaced("Subnet", "AWS::EC2::Subnet", [edited("CidrBlock")]));
    expect(await outcome(kept, folder)).toBe("updated");
    expect(await outcome(ended, folder)).toBe("certain");
    expect(await outcome(kept)).toBe("conditional");
  });
});

describe("an assembly of the CDK", () => {
  const stack = (file: string, name: string): Json => ({
    type: "aws:cloudformation:stack",
    properties: { templateFile: file, stackName: name },
  });
  const queue = (path: string): Json => ({ Type: QUEUE, Metadata: { "aws:cdk:path": `${path}/Resource` } });
  const files = {
    "manifest.json": JSON.stringify({
      version: "36.0.0",
      artifacts: { Shop: stack("Shop.template.json", "shop"), Reports: stack("Reports.template.json", "reports") },
    }),
    "Shop.template.json": JSON.stringify({
      Resources: { Queue: queue("Shop/Orders"), Other: { Type: "AWS::SNS::Topic" } },
      Outputs: { Q: { Value: { "Fn::GetAtt": ["Queue", "Arn"] }, Export: { Name: "Shop:Queue" } } },
    }),
    "Reports.template.json": JSON.stringify({
      Resources: {
        Queue: queue("Reports/Orders"),
        Reader: { Type: "AWS::IAM::Policy", Properties: { X: { "Fn::ImportValue": "Shop:Queue" } } },
      },
    }),
  };

  test("the manifest names the template, construct paths name the resources, other stacks import", async () => {
    const plan = await judgedPlan(ENDS, { source: folderWith(files) });
    expect(plan.changes[0]?.label).toBe("Shop/Orders");
    expect(plan.existing).toBe(2);
    // Whether the other stack is deployed is not known.
    expect(dependents(plan)).toEqual(["reports:Reader?"]);
  });

  test("the terminal shows the construct path beside the logical id", async () => {
    const folder = folderWith({ "set.json": JSON.stringify(ENDS) });
    const { stdout } = await firebreak(["check", join(folder, "set.json"), "--source", folderWith(files)]);
    expect(stdout).toContain("Queue (Shop/Orders)");
  });

  test("a source that is not there", async () => {
    const folder = folderWith({ "set.json": JSON.stringify(ENDS) });
    const { code, stderr } = await firebreak(["check", join(folder, "set.json"), "--source", join(folder, "no")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--source .*there is no such folder/);
  });

  test("additions do not count as existing", async () => {
    const content = changeSet([added("Other", "AWS::SNS::Topic"), modified("Queue", QUEUE)]);
    expect((await judgedPlan(content, { source: folderWith(files) })).existing).toBe(1);
  });
});

const folder = corpusFolder("cloudformation");
if (folder === undefined) sayMissing("the corpus of recorded change sets");

describe.runIf(folder !== undefined)("templates of recorded change sets", () => {
  interface Entry {
    readonly file: string;
    readonly templates?: { readonly before?: string; readonly after?: string };
  }

  test("each is found for its change set, and makes the bounds known", async () => {
    const { entries } = readJson<{ entries: Entry[] }>(folder ?? "", "MANIFEST.json");
    let [given, known] = [0, 0];
    for (const { file, templates } of entries) {
      const paths = Object.values(templates ?? {});
      if (paths.length === 0) continue;
      const source = folderWith(
        Object.fromEntries(
          paths.map((path, place) => [`${place}-${path.split("/").at(-1)}`, readFileSync(join(folder ?? "", path))]),
        ),
      );
      const plan = await judgedPlan(readFileSync(join(folder ?? "", file)), { source });
      given++;
      if (plan.existingIsKnown !== false) known++;
      else expect(plan.blindSpots.length, file).toBeGreaterThan(0);
    }
    console.log(`${known} of ${given} recorded change sets with templates are known in full`);
    expect(known / given).toBeGreaterThan(0.8);
  });
});

describe.runIf(hasCfnLint())("cfn-lint, as a second opinion", () => {
  test("has the same edges as the graph, but for the order of DependsOn", async () => {
    const place = mkdtempSync(join(tmpdir(), "firebreak-cfn-lint-"));
    try {
      const source = folderWith({ "template.yaml": YAML });
      const script = `import sys,json
from cfnlint.decode import decode
from cfnlint.template import Template
t, _ = decode(sys.argv[1])
g = Template(sys.argv[1], t, ["us-east-1"]).graph.graph
print(json.dumps([[u, v] for u, v, d in g.edges(data=True) if d.get("label") != "DependsOn" and g.nodes[v].get("type") == "Resource" and g.nodes[u].get("type") == "Resource"]))`;
      const edges: [string, string][] = JSON.parse(
        execFileSync("python3", ["-c", script, join(source, "template.yaml")], { encoding: "utf8", cwd: place }),
      );
      const prod = { ...ENDS, Parameters: [{ ParameterKey: "Stage", ParameterValue: "prod" }] };
      const plan = await judgedPlan(prod, { source });
      const direct = plan.changes[0]?.blastRadius.affected.filter(({ distance }) => distance === 1) ?? [];
      const theirs = edges.filter(([, to]) => to === "Queue").map(([from]) => from);
      expect(direct.map(({ address }) => address).sort()).toEqual([...new Set(theirs)].sort());
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

function hasCfnLint(): boolean {
  try {
    execFileSync("python3", ["-c", "import cfnlint.template"], { stdio: "ignore" });
    return true;
  } catch {
    sayMissing("cfn-lint");
    return false;
  }
}
