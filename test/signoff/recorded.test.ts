/** Sign-offs that were written once and are kept: later versions must go on reading them. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { repository } from "../support/repository.ts";
import { AGENT_COMMIT, NO_SSH_KEYGEN, told } from "../support/signing.ts";
import { fixture, reportOf } from "../support/world.ts";

const recorded = (name: string): string => fixture("sign-off", name);

describe("recorded sign-offs", () => {
  const check = (allowedSigners: string) => {
    const {
      folder,
      git,
      commit: add,
    } = repository({ ".firebreak/allowed_signers": allowedSigners, "firebreak.yaml": "{}" });
    git("add", "-A");
    add(AGENT_COMMIT);
    const files = ["alice.signoff", "bob.signoff"].flatMap((name) => ["--approvals", recorded(name)]);
    return reportOf([recorded("plan.json"), "--base", "main", "--environment", "production", ...files], {
      cwd: folder,
    });
  };

  test.skipIf(NO_SSH_KEYGEN !== undefined)("count", async () => {
    const report = await check(readFileSync(recorded("allowed_signers"), "utf8"));
    expect(told(report)).toEqual(["pass", "alice@company.example: exactly", "bob@company.example: exactly"]);
  });

  test("count for nothing where the base lists nobody, and are read without ssh-keygen", async () => {
    const report = await check("# nobody\n");
    const why = "the key that signed it is not in the list of allowed signers";
    expect(told(report)).toEqual(["review", `alice@company.example: ${why}`, `bob@company.example: ${why}`]);
  });
});
