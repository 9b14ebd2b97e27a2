/** Access policies and open ports: what lets more in than before, and the many spellings of what does not. */

import { describe, expect, test } from "vitest";
import { change, type Json } from "../support/plan.ts";
import { hazardsIn } from "../support/weakened.ts";

function rulesFor(address: string, action: "create" | "update", before: Json | null, after: Json): string[] {
  return hazardsIn(change(address, [action], { change: { before, after } })).map(({ ruleId }) => ruleId);
}

type Policy = Json | readonly Json[] | string;
const text = (policy: Policy): string =>
  typeof policy === "string" ? policy : JSON.stringify({ Version: "2012-10-17", Statement: policy });
const between = (type: string, attribute: string) => (before: Policy, after: Policy) =>
  rulesFor(`${type}.x`, "update", { [attribute]: text(before) }, { [attribute]: text(after) });

const allow = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const B = "arn:aws:s3:::b";
const secure = { Condition: { Bool: { "aws:SecureTransport": "true" } } };
const tagged = { Condition: { StringEquals: { "aws:ResourceTag/Team": "shop" } } };

describe("policies of identities", () => {
  const rules = between("aws_iam_role_policy", "policy");
  test.each<[string, Policy, Policy, ...string[]]>([
    ["one more action", allow("s3:GetObject", B), allow(["s3:GetObject", "s3:PutObject"], B)],
    ["another order", allow(["s3:A", "s3:B"], B), allow(["s3:B", "s3:A"], [B])],
    ["another letter case of actions", allow("s3:getobject", B), allow("S3:GetObject", B)],
    ["everything", allow("s3:GetObject", B), allow("*", "*"), "policy-widened"],
    ["a whole service on everything", allow("s3:GetObject", B), allow("s3:*", "*"), "policy-widened"],
    ["everything, spelled otherwise", allow("s3:GetObject", B), allow("*:*", "arn:*"), "policy-widened"],
    ["everything, letter by letter", allow("s3:GetObject", B), allow(["a*", "i*", "s*"], "**"), "policy-widened"],
    ["everything, over a secure line", allow("s3:GetObject", B), allow("*", "*", secure), "policy-widened"],
    [
      "everything, in lower case",
      allow("s3:GetObject", B),
      { effect: "Allow", action: "*", resource: "*" },
      "policy-widened",
    ],
    ["a whole service on all that it has", allow("s3:GetObject", B), allow("s3:*", "arn:aws:s3:::*"), "policy-widened"],
    ["the same on everything", allow("s3:GetObject", B), allow("s3:GetObject", "*"), "policy-widened"],
    ["the same on everything of one tag", allow("s3:GetObject", B), allow("s3:GetObject", "*", tagged)],
    ["the same on one thing more", allow("s3:GetObject", B), allow("s3:GetObject", [B, `${B}/*`])],
    ["a whole service on one thing", allow("s3:GetObject", B), allow("s3:*", B)],
    [
      "all but some",
      allow("s3:GetObject", B),
      [allow("s3:GetObject", B), { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
      "policy-widened",
    ],
    [
      "reading of descriptions on everything",
      allow("s3:GetObject", B),
      [allow("s3:GetObject", B), allow("ec2:Describe*", "*")],
    ],
    ["what was everything already", allow("*", "*"), [allow("*", "*"), allow("s3:*", "*")]],
    [
      "a statement gone",
      [allow("s3:GetObject", B), allow("sqs:SendMessage", "q")],
      allow("s3:GetObject", B),
      "policy-narrowed",
    ],
    [
      "two statements made one",
      [allow("s3:GetObject", B), allow("s3:PutObject", B)],
      allow(["s3:GetObject", "s3:PutObject"], B),
    ],
    [
      "a denial gone",
      [allow("s3:*", B), { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" }],
      allow("s3:*", B),
      "policy-widened",
    ],
    [
      "a denial that takes in more",
      [{ Effect: "Deny", Action: "s3:DeleteBucket", Resource: B }],
      [{ Effect: "Deny", Action: "s3:Delete*", Resource: "*" }],
    ],
    [
      "a denial turned round",
      [{ Sid: "D", Effect: "Deny", Action: "s3:DeleteBucket", Resource: B }],
      [{ Sid: "D", Effect: "Allow", Action: "s3:DeleteBucket", Resource: B }],
      "policy-widened",
    ],
    ["no policy any more", allow("s3:GetObject", B), "", "policy-narrowed"],
    ["no JSON", allow("s3:GetObject", B), "{"],
  ])("%s", (_, before, after, ...expected) => {
    expect(rules(before, after)).toEqual(expected);
  });
});

describe("policies of resources", () => {
  const rules = between("aws_s3_bucket_policy", "policy");
  const own = allow("s3:GetObject", `${B}/*`, { Principal: { AWS: "111122223333" } });
  const all = (Condition?: Json): Json => ({ ...own, Principal: "*", ...(Condition && { Condition }) });
  test.each<[string, Policy, Policy, ...string[]]>([
    ["everybody", own, all(), "public-access"],
    ["everybody, as a list", own, { ...own, Principal: { AWS: ["111122223333", "*"] } }, "public-access"],
    [
      "everybody but one",
      own,
      { Effect: "Allow", Action: "s3:GetObject", Resource: `${B}/*`, NotPrincipal: { AWS: "1" } },
      "public-access",
    ],
    ["everybody of one organization", own, all({ StringEquals: { "aws:PrincipalOrgID": "o-1" } })],
    [
      "everybody under a pattern for everybody",
      own,
      all({ StringLike: { "aws:PrincipalOrgID": "*" } }),
      "public-access",
    ],
    [
      "everybody outside of one organization",
      own,
      all({ StringNotEquals: { "aws:PrincipalOrgID": "o-1" } }),
      "public-access",
    ],
    [
      "everybody whose request names no endpoint",
      own,
      all({ StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }),
      "public-access",
    ],
    [
      "everybody, from both halves of the internet",
      own,
      all({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }),
      "public-access",
    ],
    ["everybody with any account", own, all({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:*" } }), "public-access"],
    ["everybody of any account", own, { ...own, Principal: { AWS: "arn:aws:iam::*:root" } }, "public-access"],
    ["everybody at one address", own, all({ IpAddress: { "aws:SourceIp": "203.0.113.7/32" } })],
    ["everybody over TLS", own, all({ Bool: { "aws:SecureTransport": "true" } }), "public-access"],
    ["everybody as before", all(), { ...all(), Sid: "Named" }],
    ["an account by its root", own, { ...own, Principal: { AWS: "arn:aws:iam::111122223333:root" } }],
    [
      "a condition gone",
      all({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
      all(),
      "policy-widened",
      "public-access",
    ],
    [
      "a condition with another value",
      all({ StringEquals: { "aws:SourceVpce": "vpce-1" } }),
      all({ StringEquals: { "aws:SourceVpce": ["vpce-1", "vpce-2"] } }),
    ],
    ["one more account", own, { ...own, Principal: { AWS: ["111122223333", "444455556666"] } }],
    ["the whole of its own service", own, { ...own, Action: "s3:*" }],
  ])("%s", (_, before, after, ...expected) => {
    expect(rules(before, after)).toEqual(expected);
  });
});

describe("trust", () => {
  const rules = between("aws_iam_role", "assume_role_policy");
  const trust = (Principal: unknown, Condition?: Json): Json => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal,
    ...(Condition && { Condition }),
  });
  const github = (sub: string) =>
    trust(
      { Federated: "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com" },
      { StringLike: { "token.actions.githubusercontent.com:sub": sub } },
    );
  test.each<[string, Policy, Policy, ...string[]]>([
    [
      "of a service",
      trust({ Service: "ec2.amazonaws.com" }),
      trust({ Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }),
    ],
    ["of everybody", trust({ Service: "ec2.amazonaws.com" }), trust({ AWS: "*" }), "policy-widened"],
    ["of every repository", github("repo:acme/shop:*"), github("repo:*"), "policy-widened"],
    ["of another repository", github("repo:acme/shop:*"), github("repo:acme/web:*")],
  ])("%s", (_, before, after, ...expected) => {
    expect(rules(before, after)).toEqual(expected);
  });
});

test("Google's bindings: members in any order, and everybody", () => {
  const rules = between("google_project_iam_policy", "policy_data");
  const bindings = (...members: string[]) => JSON.stringify({ bindings: [{ role: "roles/viewer", members }] });
  expect(rules(bindings("user:a", "user:b"), bindings("user:b", "user:a"))).toEqual([]);
  expect(rules(bindings("user:a"), bindings("user:a", "allUsers"))).toEqual(["public-access"]);
  const owner = (...members: string[]) => bindings(...members).replace("viewer", "owner");
  expect(rules(owner("user:a"), owner("user:a", "user:b"))).toEqual(["policy-widened"]);
  expect(rules(owner("user:a", "user:b"), owner("user:a"))).toEqual([]);
});

describe("open ports", () => {
  const ingress = (from: unknown, to: unknown, more: Json = {}): Json => ({
    type: "ingress",
    protocol: "tcp",
    from_port: from,
    to_port: to,
    cidr_blocks: ["0.0.0.0/0"],
    ...more,
  });
  const of = (rule: Json) => rulesFor("aws_security_group_rule.x", "create", null, rule);

  test.each<[string, Json, ...string[]]>([
    ["the web", ingress(443, 443), "public-endpoint"],
    ["SSH", ingress(22, 22), "public-access"],
    ["ports as texts", ingress("5432", "5432"), "public-access"],
    ["a range with RDP in it", ingress(3000, 4000), "public-access"],
    ["everything", ingress(0, 0, { protocol: "-1" }), "public-access"],
    ["IPv6", ingress(22, 22, { cidr_blocks: null, ipv6_cidr_blocks: ["::/0"] }), "public-access"],
    ["the internet in halves", ingress(22, 22, { cidr_blocks: ["0.0.0.0/1", "128.0.0.0/1"] }), "public-access"],
    ["a private network", ingress(22, 22, { cidr_blocks: ["10.0.0.0/8"] })],
    ["a way out", ingress(0, 0, { type: "egress", protocol: "-1" })],
    ["ping", ingress(-1, -1, { protocol: "icmp" })],
  ])("%s", (_, rule, ...expected) => {
    expect(of(rule)).toEqual(expected);
  });

  test("what was open before is not opened", () => {
    const group = (...ports: number[]) => ({ ingress: ports.map((port) => ingress(port, port)) });
    expect(rulesFor("aws_security_group.x", "update", group(22, 443), group(443, 22))).toEqual([]);
    expect(rulesFor("aws_security_group.x", "update", group(443), group(443, 22))).toEqual(["public-access"]);
  });

  test.each<[string, Json, ...string[]]>([
    [
      "google_compute_firewall",
      { source_ranges: ["0.0.0.0/0"], direction: "INGRESS", allow: [{ protocol: "tcp", ports: ["80", "8000-8080"] }] },
      "public-endpoint",
    ],
    [
      "google_compute_firewall",
      { source_ranges: ["0.0.0.0/0"], allow: [{ protocol: "all", ports: [] }] },
      "public-access",
    ],
    ["google_compute_firewall", { source_ranges: ["0.0.0.0/0"], disabled: true, allow: [{ protocol: "all" }] }],
    [
      "azurerm_network_security_rule",
      {
        direction: "Inbound",
        access: "Allow",
        protocol: "Tcp",
        source_address_prefix: "Internet",
        destination_port_range: "3389",
      },
      "public-access",
    ],
    [
      "azurerm_network_security_rule",
      {
        direction: "Inbound",
        access: "Allow",
        protocol: "*",
        source_address_prefix: "*",
        destination_port_range: "65200-65535",
      },
      "public-endpoint",
    ],
    [
      "azurerm_network_security_rule",
      { direction: "Inbound", access: "Deny", protocol: "*", source_address_prefix: "*", destination_port_range: "*" },
    ],
    [
      "azurerm_mssql_firewall_rule",
      { start_ip_address: "0.0.0.0", end_ip_address: "255.255.255.255" },
      "public-access",
    ],
    ["azurerm_mssql_firewall_rule", { start_ip_address: "0.0.0.0", end_ip_address: "0.0.0.0" }],
    ["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" }, "public-access"],
    [
      "google_sql_database_instance",
      { settings: [{ ip_configuration: [{ authorized_networks: [{ value: "0.0.0.0/0" }] }] }] },
      "public-access",
    ],
  ])("%s %j", (type, after, ...expected) => {
    expect(rulesFor(`${type}.x`, "create", null, after)).toEqual(expected);
  });
});
