/** The file that pins versions of providers. Source: https://developer.hashicorp.com/terraform/language/files/dependency-lock */

import type { DependencyLock, LockedProvider, SourceFile } from "../../model/source.ts";
import { parseBody } from "./body.ts";
import { HclError } from "./error.ts";
import { wordsIn } from "./written.ts";

/** `.terraform.lock.hcl`; `undefined` when it is broken, which Terraform takes for no file either. */
export function toLock({ name, bytes }: SourceFile): DependencyLock | undefined {
  try {
    const { blocks } = parseBody(Buffer.from(bytes).toString("utf8"));
    const providers = blocks
      .filter(({ type }) => type === "provider")
      .map(({ labels: [address = ""], line, body: { attributes } }): [string, LockedProvider] => {
        const hashes = attributes.get("hashes");
        const texts = hashes === undefined ? [] : wordsIn(hashes).filter((word) => /^(h1|zh):/.test(word));
        const version = attributes.get("version")?.constant ?? "";
        return [address, { location: { file: name, line }, version, hashes: texts }];
      });
    return { location: { file: name, line: 1 }, providers: new Map(providers) };
  } catch (error) {
    if (!(error instanceof HclError)) throw error;
    return undefined;
  }
}
