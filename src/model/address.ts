/** Terraform addresses taken apart. Keys may hold dots, brackets and escaped quotes, so they are read sign by sign, never split. */

/** An absolute resource instance address and the coarser addresses that it belongs to. */
export interface AddressParts {
  /** Module path with instance keys, `""` for the root: `module.a["x"].module.b`. */
  readonly module: string;
  /** The same without keys: `module.a.module.b`. */
  readonly moduleConfig: string;
  /** The resource in its module instance, without the instance's own key: `module.a["x"].aws_vpc.main`. */
  readonly resource: string;
  /** Configuration address, without any key: `module.a.aws_vpc.main`. What `depends_on` of the prior state names. */
  readonly config: string;
  /** The instance's own key as it is written, brackets included: `["x"]` or `[0]`; `""` without count or for_each. */
  readonly key: string;
}

/** Takes any address apart; text that is no Terraform address comes back whole, as a resource of the root. */
export function parseAddress(address: string): AddressParts {
  const { resource: start, key: keyStart } = landmarks(address);
  const module = start === 0 ? "" : address.slice(0, start - 1);
  return {
    module,
    moduleConfig: withoutKeys(module),
    resource: address.slice(0, keyStart),
    config: withoutKeys(address),
    key: address.slice(keyStart),
  };
}

/** Where the resource's own part begins, `TYPE.NAME` or `data.TYPE.NAME`, and where its key does. */
function landmarks(address: string): { resource: number; key: number } {
  let resource = 0;
  // From the front, since a module may be called "data" and a resource may not be called "module".
  while (address.startsWith("module.", resource)) {
    const end = endOfStep(address, resource + "module.".length);
    if (end === address.length) break;
    resource = end + 1;
  }
  const key = address.indexOf("[", resource);
  return { resource, key: key < 0 ? address.length : key };
}

/** The offset of the dot behind a step, its key included; the end of the text when there is none. */
function endOfStep(address: string, from: number): number {
  for (let at = from; at < address.length; at++) {
    const sign = address[at];
    if (sign === ".") return at;
    if (sign === "[") at = endOfKey(address, at) - 1;
  }
  return address.length;
}

/** Addresses of the nested stacks of CloudFormation around an object, the outermost first. Terraform has a slash in keys only. */
export function nestedStacksAround(address: string): string[] {
  if (address.includes("[")) return [];
  const steps = address.split("/");
  return steps.slice(1).map((_, place) => steps.slice(0, place + 1).join("/"));
}

/** The steps of an address between its dots; a key stays with the step that it belongs to. */
export function splitAddress(address: string): string[] {
  if (!address.includes("[")) return address.split(".");
  const steps: string[] = [];
  let start = 0;
  for (let at = 0; at < address.length; at++) {
    const sign = address[at];
    if (sign === "[") at = endOfKey(address, at) - 1;
    else if (sign === ".") {
      steps.push(address.slice(start, at));
      start = at + 1;
    }
  }
  steps.push(address.slice(start));
  return steps;
}

/** The address without any instance key: the configuration address. */
export function withoutKeys(address: string): string {
  let open = address.indexOf("[");
  if (open < 0) return address;
  let kept = "";
  let start = 0;
  for (; open >= 0; open = address.indexOf("[", start)) {
    kept += address.slice(start, open);
    start = endOfKey(address, open);
  }
  return kept + address.slice(start);
}

/** The key at the end of one step, brackets included; `""` when it has none. */
export function keyOf(step: string): string {
  const open = step.indexOf("[");
  return open < 0 ? "" : step.slice(open);
}

/** An instance key as Terraform writes it in addresses: `[0]`, `["a\"b"]`. */
export function formatKey(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  const quoted = key
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    // Functions, since in a replacement text a doubled dollar sign means a single one.
    .replaceAll("${", () => "$${")
    .replaceAll("%{", () => "%%{");
  return `["${quoted}"]`;
}

/** The offset behind the bracketed key that opens at `open`; the end of the text when it never closes. */
function endOfKey(address: string, open: number): number {
  let quoted = false;
  for (let at = open + 1; at < address.length; at++) {
    const sign = address[at];
    if (quoted && sign === "\\") at++;
    else if (sign === '"') quoted = !quoted;
    else if (sign === "]" && !quoted) return at + 1;
  }
  return address.length;
}

/** Order of addresses everywhere in firebreak: by UTF-16 code unit, so that it never depends on a locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
