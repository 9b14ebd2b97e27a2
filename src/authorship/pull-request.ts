/** The marks on a pull request: who opened it, from which branch, with which words and labels. */

import type { Signal } from "../model/authorship.ts";
import type { PullRequest } from "../model/evidence.ts";
import { marksOfBranch } from "./commit.ts";
import { signalOf } from "./marks.ts";
import { marksInMessage } from "./message.ts";
import { rulesOfAccount } from "./person.ts";
import type { Table } from "./table.ts";

const SOURCE = "pull request";

export interface PullRequestMarks {
  readonly signals: readonly Signal[];
  /** Accounts of people who asked for it. */
  readonly operators: readonly string[];
}

export function marksOfPullRequest(
  { author, branch, title, body, labels }: PullRequest,
  table: Table,
): PullRequestMarks {
  const opener = author === undefined ? [] : rulesOfAccount(author, table);
  const number = author?.id === undefined ? "" : ` (id ${author.id})`;
  const text = `${title ?? ""}\n\n${body ?? ""}`;
  const message = marksInMessage(text, SOURCE, table);
  const signals = [
    ...opener.slice(0, 1).map((rule) => signalOf(rule, SOURCE, `opened by ${author?.login}${number}`)),
    ...(branch === undefined ? [] : marksOfBranch(branch, SOURCE, table)),
    ...message.signals,
    ...labels.flatMap((label) => marksOfLabel(label, table)),
  ];
  const isPerson = author !== undefined && opener.length === 0;
  return { signals, operators: [...(isPerson ? [`@${author.login}`] : []), ...requesters(text)] };
}

function marksOfLabel(label: string, table: Table): Signal[] {
  const plain = label.trim().toLowerCase();
  return table.label
    .filter(({ key }) => key.toLowerCase() === plain)
    .slice(0, 1)
    .map((rule) => signalOf(rule, SOURCE, `label ${label}`));
}

/** `Requested by: Name (@login)`: an agent says for whom it works. */
function requesters(text: string): string[] {
  return [...text.matchAll(/^[^\w\n]{0,6}requested by[^\w\n]{1,6}[^@\n]{0,100}@([\w-]{1,39})/gim)].map(
    ([, login]) => `@${login}`,
  );
}
