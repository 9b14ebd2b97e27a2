#!/usr/bin/env node
// Writes a CloudFormation change set (the JSON of describe-change-set --include-property-values) of a given size: the same
// options, the same bytes. Larger than a stack can be: nobody can share the largest ones, and they are nested ones in a row.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

const ARN = "arn:aws:cloudformation:eu-west-1:123456789012";
const TYPES = ["AWS::Lambda::Function", "AWS::SQS::Queue", "AWS::IAM::Role", "AWS::DynamoDB::Table"];
const LATER = "{{changeSet:KNOWN_AFTER_APPLY}}";

const { values: options } = parseArgs({
  options: {
    changes: { type: "string", default: "5000" },
    out: { type: "string" },
    help: { type: "boolean" },
  },
});

const HELP = `Usage: node bench/change-set.mjs [options]

Writes a change set with property values, deterministic: one change in fifty is a replacement, each follows from another one.

  --changes N   how many (${options.changes})
  --out FILE    default: standard output
  --help
`;

/** The resource as its template has it: some properties of the usual length, and where the CDK made it. */
function context(index, description) {
  return JSON.stringify({
    Properties: {
      Name: `resource-${index}`,
      Description: `${description} ${"lorem ipsum dolor ".repeat(20)}`,
      Environment: { Variables: { STAGE: "production", TABLE: `table-${index}`, TIMEOUT: "30" } },
      Tags: [{ Key: "Environment", Value: "production" }],
    },
    Metadata: { "aws:cdk:path": `Shop/Service${index % 40}/Resource${index}/Resource` },
  });
}

function detail(name, source, evaluation, cause, [before, after], recreation) {
  return {
    Target: {
      Attribute: "Properties",
      Name: name,
      RequiresRecreation: recreation,
      Path: `/Properties/${name}`,
      BeforeValue: before,
      AfterValue: after,
      AttributeChangeType: "Modify",
    },
    Evaluation: evaluation,
    ChangeSource: source,
    ...(cause !== undefined && { CausingEntity: cause }),
  };
}

function change(index) {
  const replaced = index % 50 === 0;
  const cause = `Resource${Math.floor(index / 10)}`;
  const passedOn = ["arn:aws:sqs:eu-west-1:123456789012:before", LATER];
  const details = [
    ...(replaced ? [detail("Name", "DirectModification", "Static", undefined, ["before", "after"], "Always")] : []),
    detail("Description", "DirectModification", "Static", undefined, ["before", "after"], "Never"),
    ...(index === 0
      ? []
      : [
          detail("Role", "DirectModification", "Dynamic", undefined, passedOn, "Never"),
          detail("Role", "ResourceReference", "Static", cause, passedOn, "Never"),
        ]),
  ];
  return {
    Type: "Resource",
    ResourceChange: {
      ...(replaced && { PolicyAction: "ReplaceAndDelete" }),
      Action: "Modify",
      LogicalResourceId: `Resource${index}`,
      PhysicalResourceId: `shop-resource-${index}-1QWERTYUIOP`,
      ResourceType: TYPES[index % TYPES.length],
      Replacement: replaced ? "True" : "False",
      Scope: ["Properties"],
      Details: details,
      BeforeContext: context(index, "before"),
      AfterContext: context(index, "after"),
    },
  };
}

const changeSet = {
  ChangeSetName: "update",
  ChangeSetId: `${ARN}:changeSet/update/00000000-0000-4000-8000-000000000000`,
  StackId: `${ARN}:stack/shop/00000000-0000-4000-8000-000000000000`,
  StackName: "shop",
  ExecutionStatus: "AVAILABLE",
  Status: "CREATE_COMPLETE",
  IncludeNestedStacks: true,
  Changes: Array.from({ length: Number(options.changes) }, (_, index) => change(index)),
};

if (options.help) process.stdout.write(HELP);
else if (options.out === undefined) process.stdout.write(JSON.stringify(changeSet));
else writeFileSync(options.out, JSON.stringify(changeSet));
