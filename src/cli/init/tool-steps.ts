/** How each tool makes plans in a pipeline, in the words of a shell. What stands in docs/pipelines is Terraform's. */

import type { Tool } from "../../model/project.ts";

/** A tool for which there are pipelines; of plain templates nobody can tell which stack they are for. */
export type PipelineTool = Exclude<Tool, "cloudformation">;

export interface ToolSteps {
  /** As people call it. */
  readonly name: string;
  /** Variable for the folders, or the stacks, and what it holds. */
  readonly variable: "ROOTS" | "STACKS";
  readonly image: string;
  /** Lines for an image, to get what firebreak needs beside the tool. */
  readonly inImage: readonly string[];
  /** Steps of GitHub Actions. */
  readonly onGithub: readonly string[];
  /** Lines for Azure's Ubuntu. */
  readonly onAzure: readonly string[];
  readonly plan: readonly string[];
  readonly inputs: readonly string[];
  /** What to type to make a plan in a folder, or of a stack, and how firebreak is then told of it. */
  readonly byHand: (place: string) => { readonly make: string; readonly input: string };
}

const APK = ["apk add --no-cache git nodejs npm"];
const CHANGE_SET = "CHANGE_SET=firebreak-$(git rev-parse --short=12 HEAD)";

export const TOOL_STEPS: Readonly<Record<PipelineTool, ToolSteps>> = {
  terraform: terraformLike({
    name: "Terraform",
    program: "terraform",
    image: "hashicorp/terraform:1.13",
    onGithub: [
      "- uses: hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2",
      "  with:",
      "    terraform_wrapper: false",
    ],
    onAzure: [
      'cd "$AGENT_TEMPDIRECTORY"',
      "curl --fail --silent --show-error --remote-name-all \\",
      '  "https://releases.hashicorp.com/terraform/1.13.5/terraform_1.13.5_{linux_amd64.zip,SHA256SUMS}"',
      "sha256sum --check --ignore-missing terraform_1.13.5_SHA256SUMS",
      "sudo unzip -q -o terraform_1.13.5_linux_amd64.zip terraform -d /usr/local/bin",
    ],
  }),
  opentofu: terraformLike({
    name: "OpenTofu",
    program: "tofu",
    image: "ghcr.io/opentofu/opentofu:1.10",
    onGithub: ["- uses: opentofu/setup-opentofu@v1 # pin it by commit", "  with:", "    tofu_wrapper: false"],
    onAzure: [
      'cd "$AGENT_TEMPDIRECTORY"',
      "curl --fail --silent --show-error --location --remote-name-all \\",
      '  "https://github.com/opentofu/opentofu/releases/download/v1.10.6/tofu_1.10.6_{linux_amd64.zip,SHA256SUMS}"',
      "sha256sum --check --ignore-missing tofu_1.10.6_SHA256SUMS",
      "sudo unzip -q -o tofu_1.10.6_linux_amd64.zip tofu -d /usr/local/bin",
    ],
  }),
  terragrunt: {
    name: "Terragrunt",
    variable: "ROOTS",
    image: "alpine/terragrunt:1.13.5",
    inImage: APK,
    onGithub: [
      "- uses: hashicorp/setup-terraform@b9cd54a3c349d3f38e8881555d616ced269862dd # v3.1.2",
      "  with:",
      "    terraform_wrapper: false",
      "- name: Install Terragrunt",
      "  run: |",
      '    cd "$RUNNER_TEMP"',
      ...installTerragrunt().map((line) => `    ${line}`),
    ],
    onAzure: [
      'cd "$AGENT_TEMPDIRECTORY"',
      ...installTerragrunt(),
      "# Terraform or OpenTofu too, as your units ask for.",
    ],
    plan: [
      "export TG_TF_FORWARD_STDOUT=true # the plan as JSON, and nothing around it",
      "for root in $ROOTS; do",
      '  (cd "$root" && terragrunt plan -input=false -lock=false -out="$PWD/tfplan" && terragrunt show -json "$PWD/tfplan" > plan.json)',
      "done",
    ],
    inputs: ["set --", 'for root in $ROOTS; do set -- "$@" "$root/plan.json"; done'],
    byHand: (place) => ({
      make: inFolder(place, 'terragrunt plan -out="$PWD/tfplan" && terragrunt show -json "$PWD/tfplan" > plan.json'),
      input: pathIn(place, "plan.json"),
    }),
  },
  cdk: {
    name: "the AWS CDK",
    variable: "ROOTS",
    image: "node:22-alpine",
    inImage: ["apk add --no-cache git aws-cli"],
    onGithub: awsCredentials(),
    onAzure: [],
    plan: [
      "# Change sets are made and not carried out.",
      CHANGE_SET,
      "for root in $ROOTS; do",
      '  (cd "$root" && npm ci && npx cdk deploy --all --method=prepare-change-set --change-set-name "$CHANGE_SET" --require-approval=never)',
      "done",
    ],
    inputs: [
      CHANGE_SET,
      "set --",
      "for root in $ROOTS; do",
      "  # Names of stacks, as the CDK wrote them down.",
      `  stacks=$(node -p 'Object.entries(JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).artifacts).filter(([, one]) => one.type === "aws:cloudformation:stack").map(([id, one]) => one.properties.stackName || id).join(" ")' "$root/cdk.out/manifest.json")`,
      "  for stack in $stacks; do",
      "    # Where nothing changes the CDK keeps no change set.",
      `    found=$(aws cloudformation list-change-sets --stack-name "$stack" --query "Summaries[?ChangeSetName=='$CHANGE_SET'].ChangeSetName" --output text)`,
      '    if [ -n "$found" ]; then set -- "$@" "cfn://$stack/$CHANGE_SET"; fi',
      "  done",
      "done",
      'if [ "$#" -eq 0 ]; then echo "no stack changes"; exit 0; fi',
    ],
    byHand: (place) => ({
      make: inFolder(place, "npx cdk deploy STACK --method=prepare-change-set --change-set-name try"),
      input: "cfn://STACK/try",
    }),
  },
  sam: {
    name: "AWS SAM",
    variable: "STACKS",
    image: "public.ecr.aws/sam/build-nodejs22.x",
    inImage: [],
    onGithub: ["- uses: aws-actions/setup-sam@v2 # pin it by commit", ...awsCredentials()],
    onAzure: [],
    plan: [
      "# Change sets are made and not carried out. A stack with parameters needs them behind --parameters.",
      CHANGE_SET,
      "sam build",
      "sam package --resolve-s3 --output-template-file packaged.yaml",
      "for stack in $STACKS; do",
      '  aws cloudformation create-change-set --stack-name "$stack" --change-set-name "$CHANGE_SET" \\',
      "    --template-body file://packaged.yaml --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM CAPABILITY_AUTO_EXPAND",
      "  # Ends with an error where nothing changes, too; firebreak reads how it ended.",
      '  aws cloudformation wait change-set-create-complete --stack-name "$stack" --change-set-name "$CHANGE_SET" || true',
      "done",
    ],
    inputs: [CHANGE_SET, "set --", 'for stack in $STACKS; do set -- "$@" "cfn://$stack/$CHANGE_SET"; done'],
    byHand: (stack) => ({
      make: `sam build && sam deploy --stack-name ${stack} --no-execute-changeset`,
      input: `cfn://${stack}/NAME-OF-THE-CHANGE-SET`,
    }),
  },
};

function terraformLike(
  of: Pick<ToolSteps, "name" | "image" | "onGithub" | "onAzure"> & { readonly program: string },
): ToolSteps {
  const { program, ...steps } = of;
  return {
    ...steps,
    variable: "ROOTS",
    inImage: APK,
    plan: [
      "for root in $ROOTS; do",
      `  (cd "$root" && ${program} init -input=false && ${program} plan -input=false -lock=false -out=tfplan)`,
      "done",
    ],
    inputs: ["set --", 'for root in $ROOTS; do set -- "$@" "$root/tfplan"; done'],
    byHand: (place) => ({
      make: inFolder(place, `${program} init && ${program} plan -out=tfplan`),
      input: pathIn(place, "tfplan"),
    }),
  };
}

function installTerragrunt(): readonly string[] {
  return [
    "curl --fail --silent --show-error --location --remote-name-all \\",
    '  "https://github.com/gruntwork-io/terragrunt/releases/download/v0.71.3/{terragrunt_linux_amd64,SHA256SUMS}"',
    "sha256sum --check --ignore-missing SHA256SUMS",
    "sudo install terragrunt_linux_amd64 /usr/local/bin/terragrunt",
  ];
}

function awsCredentials(): readonly string[] {
  return [
    "# A role that may make change sets, and otherwise reads: firebreak init --aws-policy",
    "# - uses: aws-actions/configure-aws-credentials@v4",
    "#   with:",
    "#     role-to-assume: ...",
    "#     aws-region: ...",
  ];
}

/** Run from where the policy looks at paths. */
function inFolder(place: string, commands: string): string {
  return place === "." ? commands : `(cd ${place} && ${commands})`;
}

function pathIn(place: string, file: string): string {
  return place === "." ? file : `${place}/${file}`;
}
