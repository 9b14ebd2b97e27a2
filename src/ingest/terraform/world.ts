/** Where a plan was made: accounts and regions, as far as identifiers, data sources and provider blocks show them. */

import type { ResourceChange, WorldMark } from "../../model/plan.ts";
import { isObject, ownValue } from "../../model/values.ts";
import { valueAt } from "../json/values.ts";
import type { DocumentIndex } from "./plan-index.ts";

/** Data sources that say who is asking, with the attributes that do. Documentation of the providers aws, google and azurerm. */
const ASKING: Readonly<Record<string, Readonly<Record<string, WorldMark["what"]>>>> = {
  aws_caller_identity: { account_id: "account" },
  aws_region: { region: "region", name: "region", id: "region" },
  google_client_config: { project: "account", region: "region" },
  azurerm_client_config: { subscription_id: "account" },
};

/** Arguments of provider blocks. */
const PROVIDER_ARGUMENTS: Readonly<Record<string, WorldMark["what"]>> = {
  region: "region",
  project: "account",
  subscription_id: "account",
};

/** Marks in no particular order; values, for comparison only. */
export function worldOf(bytes: Buffer, index: DocumentIndex, changes: readonly ResourceChange[]): WorldMark[] {
  const provider = index.sections.get("configuration");
  return [
    ...(provider ? marksOfProviders(valueAt(bytes, provider.start, provider.end)) : []),
    ...index.prior
      .filter(({ managed, type, valuesStart }) => !managed && valuesStart !== 0 && Object.hasOwn(ASKING, type))
      .flatMap(({ address, type, valuesStart, valuesEnd }) =>
        marksIn(valueAt(bytes, valuesStart, valuesEnd), ASKING[type] ?? {}, address),
      ),
    ...changes.flatMap((change) => {
      const { before, after } = change.values();
      return [...marksOfObject(before, change.address), ...marksOfObject(after, change.address)];
    }),
  ];
}

function marksIn(values: unknown, names: Readonly<Record<string, WorldMark["what"]>>, address: string): WorldMark[] {
  return Object.entries(names).flatMap(([name, what]) => mark(what, ownValue(values, name), address));
}

function mark(what: WorldMark["what"], value: unknown, address: string): WorldMark[] {
  return typeof value === "string" && value !== "" ? [{ what, value, address }] : [];
}

/** `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`; global services leave the region out, some the account too. */
const ARN = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/;
const SUBSCRIPTION = /^\/subscriptions\/([^/]+)\//i;

function marksOfObject(values: unknown, address: string): WorldMark[] {
  if (!isObject(values)) return [];
  const marks = [...mark("account", ownValue(values, "project"), address)];
  for (const name of ["arn", "id"]) {
    const text = ownValue(values, name);
    if (typeof text !== "string") continue;
    const [, region, account] = ARN.exec(text) ?? [];
    // AWS's own objects, such as managed policies, belong to nobody's account.
    marks.push(...mark("region", region, address), ...(account === "aws" ? [] : mark("account", account, address)));
    marks.push(...mark("account", SUBSCRIPTION.exec(text)?.[1], address));
  }
  return marks;
}

function marksOfProviders(configuration: unknown): WorldMark[] {
  const providers = ownValue(configuration, "provider_config");
  if (!isObject(providers)) return [];
  return Object.entries(providers).flatMap(([key, provider]) =>
    Object.entries(PROVIDER_ARGUMENTS).flatMap(([name, what]) => {
      const value = ownValue(ownValue(ownValue(provider, "expressions"), name), "constant_value");
      return mark(what, value, `provider ${key}`);
    }),
  );
}
