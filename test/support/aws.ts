/** An environment for the AWS SDK in which nothing of this machine's own counts. */

import { onTestFinished, vi } from "vitest";

/** Texts that must stand nowhere in what firebreak writes. */
export const SECRETS = ["AKIAPLANTEDPLANTED01", "planted-secret-key", "planted-session-token"] as const;

/** For one test; `more` adds to it or takes away (`undefined`). */
export function stubAws(more: Readonly<Record<string, string | undefined>> = {}): void {
  const [id, secret, token] = SECRETS;
  const variables = {
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_SESSION_TOKEN: token,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: undefined,
    AWS_DEFAULT_REGION: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: undefined,
    AWS_ENDPOINT_URL_CLOUDFORMATION: undefined,
    ...more,
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
}
