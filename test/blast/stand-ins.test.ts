/** Types that may be anything: what one loses is what the object that it stands for loses. */

import { expect, test } from "vitest";
import { judgedPlan } from "../support/judge.ts";
import { change, type Json, plan } from "../support/plan.ts";

/** Bounds of what is lost, and the losses that are told, when the object is deleted. */
async function deleted(address: string, before: Json): Promise<readonly [string, ...string[]]> {
  const { totals, changes } = await judgedPlan(plan([change(address, ["delete"], { change: { before } })]));
  const { lower, upper } = totals.dataLoss;
  return [`${lower} to ${upper}`, ...(changes[0]?.losses ?? [])];
}

const CLAIM = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "orders" } };

test.each<[string, string, Json, string]>([
  ["a claim", "kubernetes_manifest.x", { manifest: CLAIM }, "1 to 1"],
  ["a namespace", "kubectl_manifest.x", { kind: "Namespace", yaml_body: "kind: Namespace" }, "1 to 1"],
  ["a config map", "kubernetes_manifest.x", { manifest: { apiVersion: "v1", kind: "ConfigMap" } }, "0 to 0"],
  ["a daemon set", "kubernetes_manifest.x", { manifest: { apiVersion: "apps/v1", kind: "DaemonSet" } }, "0 to 0"],
  [
    "a definition with all of its objects",
    "kubernetes_manifest.x",
    { manifest: { kind: "CustomResourceDefinition" } },
    "0 to 1",
  ],
  ["an operator's topic", "kubernetes_manifest.x", { manifest: { kind: "KafkaTopic" } }, "1 to 1"],
  ["an operator's database", "kubectl_manifest.x", { kind: "Postgresql" }, "0 to 1"],
  ["a manifest that cannot be seen", "kubernetes_manifest.x", { name: "x" }, "0 to 1"],
  ["a database of Azure", "azapi_resource.x", { type: "Microsoft.Sql/servers/databases@2023-08-01" }, "1 to 1"],
  ["a server of Azure", "azapi_resource.x", { type: "Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01" }, "0 to 1"],
  ["a role of Azure", "azapi_resource.x", { type: "Microsoft.Authorization/roleAssignments@2022-04-01" }, "0 to 0"],
  ["a database of AWS", "aws_cloudcontrolapi_resource.x", { type_name: "AWS::RDS::DBInstance" }, "1 to 1"],
  ["a role of AWS", "aws_cloudcontrolapi_resource.x", { type_name: "AWS::IAM::Role" }, "0 to 0"],
  ["a chart", "helm_release.x", { chart: "postgresql" }, "0 to 1"],
])("%s", async (_, address, before, bounds) => {
  expect((await deleted(address, before))[0]).toBe(bounds);
});

test("tells the losses of what it stands for", async () => {
  expect(await deleted("aws_cloudcontrolapi_resource.x", { type_name: "AWS::IAM::AccessKey" })).toContain(
    "credentials",
  );
});
