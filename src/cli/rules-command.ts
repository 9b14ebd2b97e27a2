/** `firebreak rules`: the policy in force, and where each value comes from. Only `rules test` judges anything: its cases. */

import { FirebreakError } from "../model/error.ts";
import type { PolicyValue } from "../model/policy.ts";
import { printable } from "../model/printable.ts";
import { nearestWord } from "../policy/config/nearest-word.ts";
import { describedRules } from "../policy/described-rules.ts";
import { renderPolicy } from "../report/policy.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { policyFor } from "./policy.ts";
import { renderOptions } from "./render-options.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError */
export async function runRules({ inputs, values }: Invocation, world: World): Promise<number> {
  const [what = "list", rule, ...rest] = inputs;
  const format = values.text("format") ?? "pretty";
  if (format !== "pretty" && format !== "json") {
    throw new FirebreakError("bad-usage", `unknown format ${JSON.stringify(format)}`, { hint: "Known: pretty, json." });
  }
  if (what === "test") {
    refuseOptions(values, ["config", "ruleset", "base"]);
    return (await import("./rules-test-command.ts")).runRulesTest(inputs.slice(1), format, values, world);
  }
  const isKnown = what === "list" ? rule === undefined : what === "show" && rule !== undefined && rest.length === 0;
  if (!isKnown) {
    throw new FirebreakError("bad-usage", `rules takes no ${JSON.stringify(inputs.join(" "))}`, {
      hint: "Use: firebreak rules, firebreak rules show environment-recreated, or: firebreak rules test",
    });
  }
  const { policy } = await policyFor(values, world);
  const rules = describedRules(policy);
  if (rule !== undefined && !rules.some(({ id }) => id === rule))
    throw unknownRule(
      rule,
      rules.map(({ id }) => id),
    );
  const shown = {
    sources: policy.sources.map(({ name }) => name),
    values: policy.values.filter(({ path }) => rule === undefined || concerns(path, rule)),
    rules: rules.filter(({ id }) => rule === undefined || id === rule),
  };
  const text =
    format === "json" ? `${JSON.stringify(shown, null, 2)}\n` : renderPolicy(shown, renderOptions(values, world));
  world.stdout.write(text);
  return exitCodeOf("pass");
}

/** What is tested stands in the cases. */
function refuseOptions(values: OptionValues, names: readonly string[]): void {
  const given = names.find((name) => values.has(name));
  if (given === undefined) return;
  throw new FirebreakError(
    "bad-usage",
    `rules test takes no --${given}: a file of cases names the policy it is about`,
    {
      hint: 'Name it there with "config" or "rulesets"; cases in firebreak.test.yaml are about firebreak.yaml.',
    },
  );
}

function concerns(path: PolicyValue["path"], rule: string): boolean {
  if (rule.startsWith("rego/")) return path.startsWith(`${rule.split("/").slice(0, 2).join(".")}.`);
  if (rule.startsWith("custom/")) return path.startsWith(`${rule.replace("/", ".")}.`);
  return path === `rules.${rule}` || path.startsWith(`rules.${rule}.`);
}

function unknownRule(rule: string, known: readonly string[]): FirebreakError {
  const near = nearestWord(rule, known);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  return new FirebreakError("bad-usage", `unknown rule "${printable(rule)}".${meant}`, {
    hint: `Known: ${known.join(", ")}.`,
  });
}
