/** What becomes of objects by the arithmetic of deletion policies, and protection that a change set takes away. Synthetic. */

import { describe, expect, test } from "vitest";
import { changeSet, contexts, edited, modified, removed, replaced } from "../support/change-set.ts";
import { judged, judgedPlan } from "../support/judge.ts";
import type { Json } from "../support/plan.ts";
import { folderWith } from "../support/world.ts";

const DATABASE = "AWS::RDS::DBInstance";
const BUCKET = "AWS::S3::Bucket";

async function fateOf(row: Json): Promise<string> {
  const { changes, totals } = await judgedPlan(changeSet([row]));
  const [change] = changes;
  return `${change?.action} ${change?.fate ?? "-"}, ${totals.dataLoss.lower} to ${totals.dataLoss.upper} lost`;
}

/** Without CloudFormation's own answer, as in old recordings. */
const deployed = (policies: Json, properties: Json = {}): Json => ({
  PolicyAction: undefined,
  ...contexts({ Properties: properties, ...policies }),
});

describe("the old object", () => {
  const REPLACED = (type: string, more: Json): Json => replaced("A", type, [edited("Name")], more);
  test.each<[string, Json, string]>([
    ["removed", removed("A", BUCKET), "delete destroyed, 1 to 1 lost"],
    ["removed and kept", removed("A", BUCKET, { PolicyAction: "Retain" }), "forget -, 0 to 0 lost"],
    [
      "removed after a snapshot",
      removed("A", DATABASE, { PolicyAction: "Snapshot" }),
      "delete snapshotted, 0 to 1 lost",
    ],
    [
      "a snapshot of what has none",
      removed("A", BUCKET, { PolicyAction: "Snapshot" }),
      "delete destroyed, 1 to 1 lost",
    ],
    ["an answer that is not known", removed("A", BUCKET, { PolicyAction: "Archive" }), "delete unknown, 1 to 1 lost"],
    ["replaced", REPLACED(BUCKET, {}), "replace destroyed, 1 to 1 lost"],
    ["replaced and orphaned", REPLACED(BUCKET, { PolicyAction: "ReplaceAndRetain" }), "replace retained, 0 to 0 lost"],
    [
      "replaced after a snapshot",
      REPLACED(DATABASE, { PolicyAction: "ReplaceAndSnapshot" }),
      "replace snapshotted, 0 to 1 lost",
    ],
    ["by its policy", removed("A", BUCKET, deployed({ DeletionPolicy: "Retain" })), "forget -, 0 to 0 lost"],
    [
      "kept except on creation",
      removed("A", BUCKET, deployed({ DeletionPolicy: "RetainExceptOnCreate" })),
      "forget -, 0 to 0 lost",
    ],
    [
      "by the wrong policy",
      removed("A", BUCKET, deployed({ UpdateReplacePolicy: "Retain" })),
      "delete destroyed, 1 to 1 lost",
    ],
    [
      "by a function",
      removed("A", BUCKET, deployed({ DeletionPolicy: { "Fn::If": ["Prod", "Retain", "Delete"] } })),
      "delete unknown, 1 to 1 lost",
    ],
    ["a database without a policy", removed("A", DATABASE, deployed({})), "delete snapshotted, 0 to 1 lost"],
    [
      "a database in a cluster",
      removed("A", DATABASE, deployed({}, { DBClusterIdentifier: "c" })),
      "delete destroyed, 1 to 1 lost",
    ],
    ["a database cluster", removed("A", "AWS::RDS::DBCluster", deployed({})), "delete snapshotted, 0 to 1 lost"],
    ["a replaced database has no such exception", REPLACED(DATABASE, deployed({})), "replace destroyed, 1 to 1 lost"],
    ["nothing said at all", removed("A", DATABASE, { PolicyAction: undefined }), "delete destroyed, 1 to 1 lost"],
  ])("%s", async (_, row, expected) => {
    expect(await fateOf(row)).toBe(expected);
  });

  test("policies of the template, worked out with the parameters of the change set", async () => {
    const folder = folderWith({
      "template.yaml": `Parameters: {Stage: {Type: String, Default: dev}}
Conditions: {IsProd: !Equals [!Ref Stage, prod]}
Resources:
  A:
    Type: ${BUCKET}
    DeletionPolicy: !If [IsProd, Retain, Delete]
`,
    });
    const set = (stage: string): Json =>
      changeSet([removed("A", BUCKET, { PolicyAction: undefined })], {
        Parameters: [{ ParameterKey: "Stage", ParameterValue: stage }],
      });
    expect((await judgedPlan(set("prod"), { source: folder })).summary).toMatchObject({ forget: 1, delete: 0 });
    expect((await judgedPlan(set("dev"), { source: folder })).summary).toMatchObject({ forget: 0, delete: 1 });
  });
});

describe("protection that goes", () => {
  const PROPERTIES = { DBName: "x" };
  async function disarmed(old: Json, now: Json, type = DATABASE): Promise<string[]> {
    const row = modified("A", type, {
      ...contexts({ Properties: PROPERTIES, ...old }, { Properties: PROPERTIES, ...now }),
    });
    const { findings, verdict } = await judged(changeSet([row]), { actor: "agent" });
    const messages = findings.filter(({ ruleId }) => ruleId === "protection-removed").map(({ message }) => message);
    expect(verdict).toBe(messages.length > 0 ? "review" : "pass");
    return messages;
  }

  test.each<[string, Json, Json, string[]]>([
    [
      "Retain to nothing",
      { DeletionPolicy: "Retain" },
      {},
      ["A loses protection: DeletionPolicy goes from Retain to Snapshot"],
    ],
    [
      "Snapshot to Delete",
      { UpdateReplacePolicy: "Snapshot" },
      { UpdateReplacePolicy: "Delete" },
      ["A loses protection: UpdateReplacePolicy goes from Snapshot to Delete"],
    ],
    [
      "Retain to a function",
      { DeletionPolicy: "Retain" },
      { DeletionPolicy: { Ref: "P" } },
      ["A loses protection: DeletionPolicy goes from Retain to unknown"],
    ],
    [
      "a flag",
      { Properties: { DeletionProtection: true } },
      { Properties: { DeletionProtection: false } },
      ["A loses protection: DeletionProtection is switched off"],
    ],
    [
      "a flag that is taken away",
      { Properties: { DeletionProtection: "true" } },
      { Properties: {} },
      ["A loses protection: DeletionProtection is switched off"],
    ],
    [
      "the snapshot that is a database's default",
      {},
      { DeletionPolicy: "Delete" },
      ["A loses protection: DeletionPolicy goes from Snapshot to Delete"],
    ],
    ["the default in place of the same in words", { DeletionPolicy: "Snapshot" }, {}, []],
    ["Retain stays", { DeletionPolicy: "Retain" }, { DeletionPolicy: "Retain" }, []],
    ["Delete to Retain", { DeletionPolicy: "Delete" }, { DeletionPolicy: "Retain" }, []],
    [
      "a flag that is set",
      { Properties: { DeletionProtection: false } },
      { Properties: { DeletionProtection: true } },
      [],
    ],
  ])("%s", async (_, old, now, expected) => {
    expect(await disarmed(old, now)).toEqual(expected);
  });

  test("of a load balancer, in its list of attributes", async () => {
    const list = (value: string): Json => ({
      Properties: { LoadBalancerAttributes: [{ Key: "deletion_protection.enabled", Value: value }] },
    });
    const found = await disarmed(list("true"), list("false"), "AWS::ElasticLoadBalancingV2::LoadBalancer");
    expect(found).toEqual(["A loses protection: deletion_protection.enabled is switched off"]);
  });

  test("in the very change set that replaces the object", async () => {
    const row = replaced("A", DATABASE, [edited("DBName")], {
      ...contexts({ Properties: { DeletionProtection: true } }, { Properties: { DeletionProtection: false } }),
    });
    const { findings } = await judged(changeSet([row]));
    expect(findings.map(({ ruleId }) => ruleId)).toContain("protection-removed");
  });
});
