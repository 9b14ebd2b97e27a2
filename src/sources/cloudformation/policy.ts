/** The IAM policy that live inputs need: the calls of `client.ts`, and nothing that writes. */

/**
 * Actions by the resources that IAM can limit them to. Source: the service authorization reference of CloudFormation, as
 * cfn-lint 1.51 ships it; `ListImports` knows no resource.
 */
export const ACTIONS = {
  "arn:aws:cloudformation:*:*:stack/*": [
    "cloudformation:DescribeChangeSet",
    "cloudformation:DescribeChangeSetHooks",
    "cloudformation:DescribeStacks",
    "cloudformation:GetStackPolicy",
    "cloudformation:GetTemplate",
    "cloudformation:ListStackResources",
  ],
  "arn:aws:cloudformation:*:*:stackset/*": ["cloudformation:ListStackInstances"],
  "*": ["cloudformation:ListImports"],
} as const;

export function readOnlyPolicy(): object {
  return {
    Version: "2012-10-17",
    Statement: Object.entries(ACTIONS).map(([resource, actions]) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resource,
    })),
  };
}
