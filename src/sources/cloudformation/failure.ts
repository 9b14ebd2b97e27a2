/** What AWS, the SDK or the network answered instead, as one sentence: codes only, since messages may hold what is secret. */

import { FirebreakError } from "../../model/error.ts";

/** What kept a call from its answer. */
export interface Failure {
  readonly kind:
    | "credentials"
    | "expired"
    | "denied"
    | "no-change-set"
    | "no-stack"
    | "throttled"
    | "no-region"
    | "network"
    | "timeout"
    | "service";
  /** The word of whoever failed: letters and digits. */
  readonly code: string;
}

const KINDS: readonly (readonly [Failure["kind"], RegExp])[] = [
  ["expired", /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenProviderError)$/],
  [
    "credentials",
    /^(CredentialsProviderError|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature|InvalidAccessKeyId|MissingAuthenticationToken|AuthFailure|OptInRequired)/,
  ],
  ["denied", /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|NotAuthorized)$/],
  ["no-change-set", /^ChangeSetNotFound(Exception)?$/],
  ["throttled", /^(Throttling|ThrottlingException|ThrottledException|RequestLimitExceeded|TooManyRequestsException)$/],
  ["timeout", /^(TimeoutError|RequestTimeout|RequestTimeoutException|ETIMEDOUT)$/],
  ["network", /^(E[A-Z]{3,}|NetworkingError|(CERT|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)\w*)$/],
];

/** The failure in what a call threw. What neither AWS nor the network is to blame for is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof FirebreakError) throw error;
  const { name = "", code = "", message = "" } = (error ?? {}) as { name?: string; code?: unknown; message?: string };
  if (name === "ValidationError" && /does not exist/.test(message)) {
    return { kind: /change ?set/i.test(message) ? "no-change-set" : "no-stack", code: name };
  }
  if (/region is missing/i.test(message)) return { kind: "no-region", code: "" };
  // A session that ran out is told by the provider of credentials in its own words.
  if (name === "CredentialsProviderError" && /expired/i.test(message)) return { kind: "expired", code: name };
  const words = [typeof code === "string" ? code : "", name].filter((word) => /^\w+$/.test(word));
  for (const [kind, pattern] of KINDS) {
    const word = words.find((candidate) => pattern.test(candidate));
    if (word !== undefined) return { kind, code: word };
  }
  const status = statusOf(error);
  if (status === undefined) throw error;
  return { kind: "service", code: words.find((word) => !/Error$/.test(word)) ?? `HTTP ${status}` };
}

/** The SDK leaves on an error what it knows of the answer, also of one that it could not read. */
function statusOf(error: unknown): unknown {
  const { $metadata, $response } = (error ?? {}) as {
    readonly $metadata?: { readonly httpStatusCode?: unknown };
    readonly $response?: { readonly statusCode?: unknown };
  };
  return $response?.statusCode ?? $metadata?.httpStatusCode;
}

/** The sentence for a call that there is no verdict without. `operation` is the API's name of the call. */
export function refusal(failure: Failure, input: string, operation: string, region: string): FirebreakError {
  const { what, hint } = words(failure, operation, region);
  return new FirebreakError("unreadable-input", `${input}: ${what}`, { hint });
}

function words({ kind, code }: Failure, operation: string, region: string): { what: string; hint: string } {
  switch (kind) {
    case "credentials":
      return code.startsWith("CredentialsProviderError")
        ? {
            what: "no AWS credentials were found",
            hint: "Sign in (aws sso login, aws configure), or set AWS_PROFILE. `aws sts get-caller-identity` says who you are.",
          }
        : {
            what: `AWS does not accept these credentials (${code})`,
            hint: "Check with: aws sts get-caller-identity",
          };
    case "expired":
      return { what: "the AWS credentials have expired", hint: "Sign in again, e.g. with: aws sso login" };
    case "denied":
      return {
        what: `these AWS credentials may not call cloudformation:${operation}`,
        hint: "firebreak init --aws-policy prints the policy that allows what is needed, and nothing that writes.",
      };
    case "no-change-set":
      return {
        what: `there is no such change set ${region}; it may have been deleted, or its stack updated`,
        hint: "List what there is: aws cloudformation list-change-sets --stack-name STACK",
      };
    case "no-stack":
      return {
        what: `there is no such stack ${region} of this account`,
        hint: "Name the region (cfn://eu-west-1/STACK/CHANGE_SET), or give the ARN. `aws cloudformation list-stacks` lists what there is.",
      };
    case "throttled":
      return {
        what: `AWS asked to slow down until all attempts were used up (${code})`,
        hint: "Try again in a minute.",
      };
    case "no-region":
      return { what: "no AWS region is set", hint: "Name it: cfn://eu-west-1/STACK/CHANGE_SET. Or set AWS_REGION." };
    case "timeout":
      return {
        what: "AWS did not answer in time",
        hint: "Check the network and the proxy (HTTPS_PROXY is not read by the AWS SDK).",
      };
    case "network":
      return {
        what: `AWS cannot be reached (${code})`,
        hint: "Check the network, the region's name and --endpoint-url.",
      };
    case "service":
      return {
        what: `cloudformation:${operation} failed (${code})`,
        hint: "Try again; AWS's status page may say more.",
      };
  }
}
