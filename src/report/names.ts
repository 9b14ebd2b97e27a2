/** Names in a report that its sentences may hold: somebody else's text, to be told from ours. */

import type { Report } from "../model/report.ts";

/** Names that sentences hold: those of any sign but letters, and of objects those that are made of words, as our own text is. */
export function namesIn({ plans, findings, errors, authorship }: Report): string[] {
  const names = new Set<string | undefined>([authorship.agent, ...authorship.operators]);
  for (const { agent, evidence } of authorship.signals) names.add(agent).add(evidence);
  for (const { input, address } of errors) names.add(input).add(address);
  for (const { address, environment, input, waiver } of findings) {
    names.add(address).add(environment).add(input).add(waiver?.owner).add(waiver?.reason);
  }
  for (const { input, environment, suggestions } of plans) {
    names.add(input).add(environment);
    for (const { blocks, uncompared = [] } of suggestions) {
      for (const { from, to } of blocks) names.add(from).add(to);
      for (const address of uncompared) names.add(address);
    }
  }
  const objects = plans.flatMap(({ changes }) =>
    changes.flatMap(({ address, type, blastRadius }) => [
      address,
      type,
      ...blastRadius.affected.map((affected) => affected.address),
    ]),
  );
  // A shorter one would be found in words that mean something else.
  const telling = [...names].filter((name) => name !== undefined && name.length > 2 && /[^A-Za-z]/.test(name));
  return [...new Set([...(telling as string[]), ...objects.filter((name) => /\s/.test(name))])];
}
