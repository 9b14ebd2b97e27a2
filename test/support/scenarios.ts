/** The six reports that every format is read on. */

import { readFileSync } from "node:fs";
import { type CheckOptions, check, type Report } from "../../src/index.ts";
import { many, smallPlan } from "./small-plan.ts";
import { fixture } from "./world.ts";

const NOW = new Date("2026-01-31T12:00:00Z");

/** A report on plans by the names that they go by. */
export function reportOn(
  plans: Readonly<Record<string, string | Buffer>>,
  options: CheckOptions = {},
): Promise<Report> {
  const inputs = Object.entries(plans).map(([input, text]) => ({ input, bytes: Buffer.from(text) }));
  return check(inputs, { now: NOW, ...options });
}

export const STORY = readFileSync(fixture("story/plan.json"));
export const fixturePlan = (name: string): Buffer => readFileSync(fixture("terraform", name, "plan.json"));

const WAIVER = { reason: "moved to the new account, see the runbook", owner: "platform-team", expires: "2026-03-01" };

/** A table goes, and somebody answers for it; the finding knows its line. */
export async function waivedReport(): Promise<Report> {
  const plan = smallPlan({
    objects: {
      "aws_dynamodb_table.sessions": "delete",
      "aws_lambda_function.api": { fate: "update", dependsOn: ["aws_dynamodb_table.sessions"] },
    },
  });
  const report = await reportOn({ "envs/prod/plan.json": plan }, { actor: "agent:claude-code" });
  const findings = report.findings.map((finding) => ({
    ...finding,
    waiver: WAIVER,
    location: { file: "envs/prod/sessions.tf", line: 14 },
  }));
  return { ...report, verdict: "pass", findings };
}

/** Nothing says what existed before, so nobody can say what depends on the VPC. */
const BLIND = smallPlan({
  objects: {
    "aws_vpc.main": "replace",
    "aws_subnet.a": "maybe",
    "aws_instance.web": "update",
    "acme_widget.x": "delete",
  },
  sections: { prior_state: undefined },
});

/** 3,000 changes in 30 modules. */
const HUGE = smallPlan({
  objects: Object.assign(
    {},
    ...Array.from({ length: 30 }, (_, index) => ({
      ...many(96, `module.cell${index}.aws_instance`, "delete"),
      ...many(2, `module.cell${index}.aws_db_instance`, "replace"),
      ...many(2, `module.cell${index}.aws_security_group`, "update"),
    })),
  ),
});

export const SCENARIOS: Readonly<Record<string, () => Promise<Report>>> = {
  clean: () => reportOn({ "plan.json": fixturePlan("update-in-place") }, { actor: "human" }),
  findings: () => reportOn({ "envs/prod/plan.json": STORY }, { actor: "agent:claude-code" }),
  waived: waivedReport,
  range: () => reportOn({ "plan.json": BLIND }, { actor: "agent" }),
  undecided: () =>
    reportOn(
      { "app/plan.json": fixturePlan("errored-prevent-destroy"), "net/plan.json": fixturePlan("deposed") },
      { actor: "agent" },
    ),
  huge: () => reportOn({ "plan.json": HUGE }, { actor: "agent" }),
};
