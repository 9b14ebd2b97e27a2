/** The door to the AWS SDK: loaded only for live inputs. Read-only calls, repeated with backoff when AWS asks to slow down. */

import type {
  CloudFormation,
  DescribeChangeSetCommandOutput,
  ListStackResourcesCommandOutput,
} from "@aws-sdk/client-cloudformation";
import { FirebreakError } from "../../model/error.ts";

/** The calls that are made; none of them writes. `firebreak init --aws-policy` prints the same list. */
export type Api = Pick<
  CloudFormation,
  | "describeChangeSet"
  | "describeChangeSetHooks"
  | "describeStacks"
  | "getStackPolicy"
  | "getTemplate"
  | "listImports"
  | "listStackInstances"
  | "listStackResources"
>;

/** A page of what DescribeChangeSet answers, and of what ListStackResources does. */
export type DescriptionPage = DescribeChangeSetCommandOutput;
export type ResourcePage = ListStackResourcesCommandOutput;

export interface ClientOptions {
  /** Absent: what the environment or the profile says. */
  readonly region?: string | undefined;
  /** Another server than AWS's own. */
  readonly endpointUrl?: string | undefined;
  /** How long one request may take, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** How often a call is made before it counts as failed. */
  readonly attempts?: number | undefined;
}

/** Backoff doubles from 0.5 s when throttled, up to 20 s, with jitter. */
const ATTEMPTS = 7;
const CONNECT_MS = 5_000;
const REQUEST_MS = 30_000;

/** Credentials, proxy and region come from where the SDK and the AWS CLI look. @throws FirebreakError when it is not installed */
export async function connect(options: ClientOptions): Promise<Api> {
  const { endpointUrl, timeoutMs = REQUEST_MS, attempts = ATTEMPTS } = options;
  const region = options.region ?? regionOfCli();
  const sdk = await loadSdk();
  const create = (): Api =>
    new sdk.CloudFormation({
      ...(region !== undefined && { region }),
      ...(endpointUrl !== undefined && { endpoint: endpointUrl }),
      maxAttempts: attempts,
      retryMode: "standard",
      requestHandler: {
        connectionTimeout: Math.min(CONNECT_MS, timeoutMs),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    });
  return withoutAdvice(create);
}

/** The AWS CLI knows a second variable for the region, which the SDK does not: it comes after the first, and before a profile. */
function regionOfCli(): string | undefined {
  return process.env["AWS_REGION"] ? undefined : process.env["AWS_DEFAULT_REGION"] || undefined;
}

/** Making a client warns that later versions of the SDK need a newer Node: nothing that who runs firebreak could act on. */
function withoutAdvice<Result>(make: () => Result): Result {
  const name = "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED";
  const before = process.env[name];
  process.env[name] = "true";
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}

async function loadSdk(): Promise<typeof import("@aws-sdk/client-cloudformation")> {
  try {
    return await import("@aws-sdk/client-cloudformation");
  } catch (error) {
    throw new FirebreakError("unreadable-input", "the AWS SDK is not installed, which live change sets need", {
      hint: "Run: npm install @aws-sdk/client-cloudformation. Or save the change set and give the file.",
      cause: error,
    });
  }
}
