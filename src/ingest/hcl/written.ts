/** Expressions to be compared with those of another revision: versions of modules and providers. */

import type { Written } from "../../model/source.ts";
import type { Body, Expression } from "./body.ts";
import type { TokenKind } from "./tokens.ts";

export function toWritten(file: string, expression: Expression | undefined): Written | undefined {
  if (expression === undefined) return undefined;
  const { line, constant } = expression;
  return {
    location: { file, line },
    text: tokensIn(expression).join(" "),
    ...(constant !== undefined && { constant }),
  };
}

/** In order, without what only lays them out. */
function tokensIn({ parts }: Expression): string[] {
  return parts.flatMap((tokens) => tokens.filter(({ kind }) => kind !== "newline").map(({ text }) => text));
}

const WORDS: ReadonlySet<TokenKind> = new Set(["name", "number", "text"]);

/** Names and texts in order, without signs. */
export function wordsIn({ parts }: Expression): string[] {
  return parts.flatMap((tokens) => tokens.filter(({ kind }) => WORDS.has(kind)).map(({ text }) => text));
}

/** `required_providers` of a `terraform` block, by source: `aws = { source = "hashicorp/aws", version = "~> 5.0" }`. */
export function requirementsIn(file: string, { blocks }: Body): (readonly [provider: string, Written])[] {
  return blocks
    .filter(({ type }) => type === "required_providers")
    .flatMap(({ body }) => [...body.attributes])
    .map(([name, expression]) => {
      const words = wordsIn(expression);
      const source = wordBehind(words, "source") ?? name;
      // A text alone is the version, as it was written before Terraform 0.13.
      const version = expression.constant ?? wordBehind(words, "version") ?? "";
      const provider = source.includes("/") ? source : `hashicorp/${source}`;
      return [provider, { location: { file, line: expression.line }, text: version, constant: version }] as const;
    });
}

function wordBehind(words: readonly string[], key: string): string | undefined {
  const at = words.indexOf(key);
  return at < 0 ? undefined : words[at + 1];
}
