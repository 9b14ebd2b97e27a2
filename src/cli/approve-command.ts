/** `firebreak approve`: somebody signs for what a plan ends, with a key of their own. */

import { FirebreakError } from "../model/error.ts";
import type { Judgement } from "../model/judgement.ts";
import type { Report } from "../model/report.ts";
import type { Statement } from "../model/sign-off.ts";
import { isSignable, parseDuration, signedPlanOf, writeStatement } from "../policy/signoff/index.ts";
import { renderSigning } from "../report/signing.ts";
import { findSigners } from "../sign-offs.ts";
import { publicKeyOf, sign, usualKey } from "../sources/index.ts";
import type { Invocation, OptionValues } from "./arguments.ts";
import { judgedWithReasons } from "./check-command.ts";
import { exitCodeOf } from "./exit-code.ts";
import { tell } from "./outputs.ts";
import { renderOptions } from "./render-options.ts";
import { explain } from "./stderr.ts";
import type { World } from "./world.ts";

/** @throws FirebreakError on anything that keeps somebody from signing */
export async function runApprove(invocation: Invocation, world: World): Promise<number> {
  const { inputs, values } = invocation;
  if (inputs.length > 1) {
    throw new FirebreakError("bad-usage", "approve takes one input", {
      hint: "Sign for each by itself, or give a folder: firebreak approve plans/",
    });
  }
  const options = renderOptions(values, world);
  const { report, judgement } = await judgedWithReasons(invocation, world);
  if (report.verdict === "undecided") {
    tell(report, world);
    explain(world, "nothing was signed: what cannot be decided cannot be signed for", undefined);
    return exitCodeOf("undecided");
  }
  refuseAgents(report);
  const key = keyFor(values, world);
  const statement: Statement = {
    signer: await signerFor(values, world, judgement, key),
    signedAt: report.asOf,
    expiresAt: endOf(values, report.asOf, judgement.policy.signOff.longest),
    plans: plansToSign(judgement, values, world),
  };
  // People see what they sign for before their key is asked.
  world.stdout.write(renderSigning(report, statement, options));
  const text = writeStatement(statement);
  const signature = await sign(text, key, world.stderr.isTerminal);
  const file = values.text("out") ?? nameFor(statement);
  world.writeFile(file, `${text}${signature}`);
  world.stdout.write(`Signed: ${file}\n`);
  return exitCodeOf("pass");
}

/** A sign-off is a person's. An agent that runs under somebody's account could use that person's key. */
function refuseAgents({ authorship: { signals } }: Report): void {
  const agent = signals.find(({ source, pointsTo }) => source === "environment" && pointsTo === "agent");
  if (agent === undefined) return;
  throw new FirebreakError("bad-usage", `an agent is at the controls here (${agent.evidence}), and only people sign`, {
    hint: "Run it in a terminal of your own, where no agent runs commands.",
  });
}

function plansToSign({ plans, findings }: Judgement, values: OptionValues, world: World): Statement["plans"] {
  const workspace = values.text("workspace") ?? world.env["TF_WORKSPACE"];
  const signable = plans.filter((plan) => isSignable(plan, findings));
  if (signable.length === 0) {
    const names = plans.map(({ assessed }) => assessed.plan.input).join(", ");
    throw new FirebreakError("bad-usage", `${names}: nothing ends here, so there is nothing to sign for`);
  }
  return signable.map((plan) => signedPlanOf(plan, findings, workspace));
}

function keyFor(values: OptionValues, { env }: World): string {
  const home = env["HOME"] ?? env["USERPROFILE"];
  const key = values.text("key") ?? (home === undefined ? undefined : usualKey(home));
  if (key !== undefined) return key;
  throw new FirebreakError("bad-usage", "there is no SSH key to sign with", {
    hint: "Name one with --key FILE, or make one: ssh-keygen -t ed25519",
  });
}

/** As told, else as the list of allowed signers calls the key. */
async function signerFor(values: OptionValues, world: World, { policy }: Judgement, key: string): Promise<string> {
  const named = values.text("as");
  if (named !== undefined) return named;
  const own = await publicKeyOf(key);
  const path = policy.signOff.allowedSigners;
  const found = await findSigners(world.cwd, values.text("base") ?? "HEAD", path);
  const line = "signers" in found ? found.signers.find((signer) => signer.key === own) : undefined;
  if (line?.names[0] !== undefined) return line.names[0];
  throw new FirebreakError("bad-usage", `${path} does not list this key, so your name is not known`, {
    hint: "Say it with --as NAME, and have the key added to that file on the base: until then the sign-off does not count.",
  });
}

const USUAL_VALIDITY = "24h";

/** @throws FirebreakError `bad-usage` */
function endOf(values: OptionValues, from: string, longest: number): string {
  const text = values.text("valid") ?? USUAL_VALIDITY;
  const seconds = parseDuration(text);
  if (seconds === undefined) {
    throw new FirebreakError("bad-usage", `--valid ${JSON.stringify(text)} is no time`, {
      hint: "Use minutes, hours or days: --valid 90m, --valid 24h, --valid 7d",
    });
  }
  const end = Date.parse(from) + Math.min(seconds, longest) * 1000;
  return `${new Date(end).toISOString().slice(0, 19)}Z`;
}

function nameFor({ signer, plans }: Statement): string {
  const who = signer.replace(/[^\w.-]+/g, "-").slice(0, 60);
  return `${plans[0]?.fingerprint.slice(0, 12)}-${who}.signoff`;
}
