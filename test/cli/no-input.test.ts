/** Commands without a plan. */

import { describe, expect, test } from "vitest";
import { firebreak, folderWith } from "../support/world.ts";

describe("a command without a plan says how to get one", () => {
  test.each<[files: Record<string, string>, command: string, message: string]>([
    [{}, "check", "no plan given\n  Run: terraform plan -out=tfplan && firebreak check tfplan"],
    [
      { "main.tf": "" },
      "check",
      "no plan given; Terraform is used here\n  Run: terraform init && terraform plan -out=tfplan && firebreak check tfplan",
    ],
    [
      { "main.tofu": "" },
      "graph",
      "no plan given; OpenTofu is used here\n  Run: tofu init && tofu plan -out=tfplan && firebreak graph tfplan",
    ],
    [
      { "live/terragrunt.hcl": "" },
      "check",
      "no plan given; Terragrunt is used in live\n  Run: (cd live && terragrunt plan",
    ],
    [
      { "cdk.json": "" },
      "check",
      "no plan given; the AWS CDK is used here\n  Run: npx cdk deploy STACK --method=prepare-change-set",
    ],
    [
      { "samconfig.toml": 'stack_name = "shop"' },
      "check",
      "no plan given; AWS SAM is used here\n  Run: sam build && sam deploy --stack-name shop --no-execute-changeset",
    ],
    [
      { "template.yaml": "AWSTemplateFormatVersion: 1" },
      "check",
      "no plan given; there are CloudFormation templates here\n  Make a change set",
    ],
    [{ "main.tf": "", tfplan: "" }, "check", "no plan given\n  There is one here: firebreak check tfplan"],
  ])("%j", async (files, command, message) => {
    const { code, stdout, stderr } = await firebreak([command], { cwd: folderWith({ ".git/": "", ...files }) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`firebreak: ${message}`);
  });
});
