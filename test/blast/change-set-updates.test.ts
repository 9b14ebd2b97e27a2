/** The lexicon on change sets: properties by their own names, booleans and numbers as texts, placeholders for what is not known. */

import { expect, test } from "vitest";
import { added, changeSet, contexts, modified } from "../support/change-set.ts";
import { judged } from "../support/judge.ts";
import type { Json } from "../support/plan.ts";

async function rulesFor(row: Json): Promise<string[]> {
  const { findings } = await judged(changeSet([row]), { actor: "agent" });
  return findings.map(({ ruleId, level }) => `${level} ${ruleId}`);
}

const between = (type: string, before: Json, after: Json): Promise<string[]> =>
  rulesFor(modified("A", type, contexts({ Properties: before }, { Properties: after })));

const statement = (Principal: unknown): Json => ({ Effect: "Allow", Action: "s3:GetObject", Resource: "*", Principal });

test.each<[type: string, before: Json, after: Json, ...expected: string[]]>([
  ["AWS::ECS::Service", { DesiredCount: "3" }, { DesiredCount: "0" }, "error capacity-to-zero"],
  ["AWS::ECS::Service", { DesiredCount: "3" }, { DesiredCount: "2" }],
  ["AWS::RDS::DBInstance", { BackupRetentionPeriod: "7" }, { BackupRetentionPeriod: "0" }, "error retention-shortened"],
  ["AWS::Logs::LogGroup", {}, { RetentionInDays: "30" }, "error retention-shortened"],
  [
    "AWS::S3::Bucket",
    { VersioningConfiguration: { Status: "Enabled" } },
    { VersioningConfiguration: { Status: "Suspended" } },
    "error versioning-disabled",
  ],
  [
    "AWS::S3::BucketPolicy",
    { PolicyDocument: { Statement: [statement({ AWS: "111122223333" })] } },
    { PolicyDocument: { Statement: [statement("*")] } },
    "error public-access",
  ],
  [
    "AWS::S3::BucketPolicy",
    { PolicyDocument: { Statement: [statement({ AWS: "111122223333" })] } },
    { PolicyDocument: "{{changeSet:KNOWN_AFTER_APPLY}}" },
    "note access-unknown",
  ],
  [
    "AWS::EC2::SecurityGroup",
    { SecurityGroupIngress: [] },
    { SecurityGroupIngress: [{ CidrIp: "0.0.0.0/0", IpProtocol: "tcp", FromPort: "22", ToPort: "22" }] },
    "error public-access",
  ],
  ["AWS::SQS::Queue", { KmsMasterKeyId: "a" }, { KmsMasterKeyId: "****" }, "error encryption-changed"],
  // Said once: by the rule that knows change sets.
  ["AWS::DynamoDB::Table", { DeletionProtectionEnabled: "true" }, {}, "error protection-removed"],
])("%s: %j becomes %j", async (type, before, after, ...expected) => {
  expect(await between(type, before, after)).toEqual(expected);
});

test("what is added opens doors as well", async () => {
  const properties = { CidrIp: "0.0.0.0/0", IpProtocol: "tcp", FromPort: "3306", ToPort: "3306" };
  const row = added("A", "AWS::EC2::SecurityGroupIngress", {
    AfterContext: JSON.stringify({ Properties: properties }),
  });
  expect(await rulesFor(row)).toEqual(["error public-access"]);
});
