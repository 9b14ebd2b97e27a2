/** How a plan is known to go to an environment: by each part of `match`, alone and together. */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { changeSet, modified, stackArn } from "../support/change-set.ts";
import { type Content, judged } from "../support/judge.ts";
import { change, existing, plan, stateOf } from "../support/plan.ts";
import { repository } from "../support/repository.ts";
import { many, smallPlan } from "../support/small-plan.ts";
import { folderWith, reportOf } from "../support/world.ts";

const OWN = "123456789012";
const OTHER = "999999999999";

/** The environment that a plan goes to under a config with one that matches so. */
async function goesTo(
  match: string,
  content: Content,
  options: { readonly workspace?: string } = {},
): Promise<boolean> {
  const config = join(
    folderWith({ "firebreak.yaml": `extends: []\nenvironments: {own: {match: ${match}}}\n` }),
    "firebreak.yaml",
  );
  const { plans } = await judged(content, { config, ...options });
  return plans[0]?.environment === "own";
}

const tagged = (Environment: string) =>
  smallPlan({ objects: { "aws_instance.a": { fate: "update", values: { tags: { Environment } } } } });
const PLAIN = smallPlan({ objects: { "aws_instance.a": "update" } });
const stack = (name: string) => changeSet([modified("Topic", "AWS::SNS::Topic")], { StackName: name });
const byArnAlone = changeSet([modified("Topic", "AWS::SNS::Topic")], {
  StackName: undefined,
  StackId: stackArn("shop-prod"),
});
const inAccounts = (...accounts: readonly string[]) =>
  plan(
    accounts.map((account, place) =>
      change(`aws_sqs_queue.q${place}`, ["update"], {
        change: { before: { arn: `arn:aws:sqs:eu-west-1:${account}:q` } },
      }),
    ),
    { prior_state: stateOf(...accounts.map((_, place) => existing(`aws_sqs_queue.q${place}`))) },
  );

describe("a plan goes there by", () => {
  test.each<[string, string, Content, boolean]>([
    ["its tags", "{tags: {Environment: [prod, live]}}", tagged("live"), true],
    ["its tags, and not by others", "{tags: {Environment: [prod, live]}}", tagged("dev"), false],
    ["the stack's name", "{stack: shop-prod}", stack("shop-prod"), true],
    ["the stack's name, by a pattern", "{stack: '*-prod'}", stack("shop-prod"), true],
    ["the stack's name, and the whole of it", "{stack: shop}", stack("shop-prod"), false],
    ["the stack's name in its ARN", "{stack: shop-prod}", byArnAlone, true],
    ["no stack, where there is none", "{stack: '*'}", PLAIN, false],
    ["the account that it shows", `{accounts: "${OWN}"}`, inAccounts(OWN), true],
    ["the account, and no other beside it", `{accounts: "${OWN}"}`, inAccounts(OWN, OTHER), false],
    ["the account, and not where none shows", `{accounts: "${OWN}"}`, PLAIN, false],
    ["the stack's account", `{accounts: "${OWN}", stack: shop-*}`, stack("shop-prod"), true],
    ["all parts together", "{stack: shop-*, tags: {Environment: prod}}", stack("shop-prod"), false],
  ])("%s", async (_, match, content, expected) => {
    expect(await goesTo(match, content)).toBe(expected);
  });

  test.each<[string | undefined, boolean]>([
    ["prod-eu", true],
    ["dev", false],
    [undefined, false],
  ])("the workspace %s", async (workspace, expected) => {
    expect(await goesTo("{workspace: prod-*}", PLAIN, workspace === undefined ? {} : { workspace })).toBe(expected);
  });

  test("a module of it, which is then a part", async () => {
    const config =
      "limits: {agent: {ended: 100, bound: upper}}\nenvironments: {own: {match: {module: module.prod}, limits: {agent: {ended: 1}}}}";
    const path = join(folderWith({ "firebreak.yaml": `extends: []\n${config}\n` }), "firebreak.yaml");
    const ends = (address: string) =>
      judged(smallPlan({ objects: many(2, address, "delete") }), { config: path, actor: "agent" });
    expect((await ends("module.prod.aws_sns_topic")).findings).toEqual([
      expect.objectContaining({ ruleId: "limit-ended", environment: "own", limit: 1, actual: 2 }),
    ]);
    expect((await ends("module.dev.aws_sns_topic")).findings).toEqual([]);
  });
});

describe("a tag that the change brings along", () => {
  const CONFIG = (mild: string) => `extends: []
environments:
  dev: {match: ${mild}, limits: {agent: {ended: 100, share: off}}, mode: observe}
  prod: {match: {tags: {Environment: prod}}, limits: {agent: {ended: 0}}, pinned: {accounts: "${OWN}"}}
custom: {own: {description: "nothing is created there", match: {actions: create, environments: prod}}}
`;
  const tags = (Environment: string) => ({ values: { tags: { Environment } } });
  const objects = {
    ...many(30, "aws_iam_policy", "keep"),
    "aws_sns_topic.a": { fate: "delete", ...tags("prod") },
    "aws_sns_topic.decoy": { fate: "create", ...tags("dev") },
  } as const;

  async function found(mild: string, workspace?: string): Promise<string[]> {
    const config = join(folderWith({ "firebreak.yaml": CONFIG(mild) }), "firebreak.yaml");
    const { verdict, findings } = await judged(smallPlan({ objects }), {
      config,
      actor: "agent",
      ...(workspace && { workspace }),
    });
    return [verdict, ...findings.map(({ ruleId, environment, level }) => `${level} ${ruleId} ${environment}`)];
  }

  test("chooses no milder limits, mode or rules", async () => {
    expect(await found("{tags: {Environment: dev}}")).toEqual([
      "fail",
      "error limit-ended prod",
      "error custom/own dev",
      "warning unverified-world dev",
    ]);
  });

  test("what is not the change's to choose does", async () => {
    expect(await found("{workspace: dev}", "dev")).toEqual(["pass"]);
  });
});

describe("by the folder that it lies in", () => {
  const CONFIG = (folder: string) => `extends: []\nenvironments: {own: {match: {folder: "${folder}"}}}\n`;

  /** The environment of a plan in a repository, judged from one of its folders. */
  async function at(folder: string, path: string, from: string, stdin = ""): Promise<string | undefined> {
    const { folder: root } = repository({ "firebreak.yaml": CONFIG(folder) });
    mkdirSync(join(root, dirname(path)), { recursive: true });
    mkdirSync(join(root, from), { recursive: true });
    writeFileSync(join(root, path), PLAIN);
    const input = stdin === "" ? join(root, path) : "-";
    const report = await reportOf(["--config", join(root, "firebreak.yaml"), input], { cwd: join(root, from), stdin });
    return report.plans[0]?.environment;
  }

  test.each<[string, string, boolean]>([
    ["envs/prod", "envs/prod/tfplan.json", true],
    ["envs/prod/", "envs/prod/tfplan.json", true],
    ["envs/prod", "envs/prod/network/tfplan.json", true],
    ["envs/*/network", "envs/prod/network/tfplan.json", true],
    ["envs/**/network", "envs/eu/prod/network/tfplan.json", true],
    ["prod", "envs/prod/tfplan.json", true],
    ["envs/prod", "envs/prod-old/tfplan.json", false],
    ["envs/prod", "envs/dev/tfplan.json", false],
    ["prod", "prod.json", false],
  ])("%s matches %s: %s", async (pattern, path, expected) => {
    expect(await at(pattern, path, ".")).toBe(expected ? "own" : undefined);
  });

  test("whatever folder firebreak runs in", async () => {
    expect(await at("envs/prod", "envs/prod/tfplan.json", "envs/prod")).toBe("own");
    expect(await at("envs/prod", "envs/dev/tfplan.json", "envs/prod")).toBe(undefined);
  });

  test("what comes from standard input counts for the folder that it runs in", async () => {
    expect(await at("envs/prod", "x.json", "envs/prod", PLAIN)).toBe("own");
    expect(await at("envs/prod", "x.json", "envs/dev", PLAIN)).toBe(undefined);
  });

  test("folders above the repository do not count", async () => {
    const { folder: root } = repository();
    writeFileSync(join(root, "plan.json"), PLAIN);
    for (const pattern of ["*", basename(root)]) {
      writeFileSync(join(root, "firebreak.yaml"), CONFIG(pattern));
      const argv = ["--config", join(root, "firebreak.yaml"), join(root, "plan.json")];
      expect((await reportOf(argv, { cwd: root })).plans[0]?.environment).toBe(undefined);
    }
  });
});
