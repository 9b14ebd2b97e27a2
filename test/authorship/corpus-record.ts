/** A record of the labelled corpus to what `--evidence` takes. Records keep the first 400 characters of a message, and its trailers apart. */

export interface CorpusRecord {
  readonly id: string;
  readonly kind: "commit" | "pr" | "env" | "changeset";
  readonly label: "agent" | "mixed" | "bot" | "human";
  readonly agent_id: string | null;
  /** What a sound detector may answer, joined by `-or-`; `none` is unknown. */
  readonly expect: string;
  readonly note: string;
  readonly message: string;
  readonly trailers: readonly string[];
  readonly marker_lines?: readonly string[];
  readonly author_name?: string;
  readonly author_email?: string;
  readonly committer_name?: string;
  readonly committer_email?: string;
  readonly parents?: number;
  readonly branch: string | null;
  readonly labels: readonly string[];
  readonly git_notes?: unknown;
  readonly commits?: readonly {
    readonly sha: string;
    readonly author: string;
    readonly committer: string;
    readonly subject: string;
    readonly trailers: readonly string[];
  }[];
  readonly env?: Readonly<Record<string, string>>;
  readonly changeset?: unknown;
}

export function evidenceOf(record: CorpusRecord): object {
  switch (record.kind) {
    case "env":
      return { environment: record.env };
    case "changeset":
      return { changeSet: record.changeset };
    case "commit":
      return { commits: [commitOf(record)] };
    case "pr":
      return requestOf(record);
  }
}

function commitOf(record: CorpusRecord): object {
  return {
    sha: record.id.padEnd(40, "0"),
    author: { name: record.author_name, email: record.author_email },
    committer: { name: record.committer_name, email: record.committer_email },
    message: wholeMessage(record),
    parents: Array.from({ length: record.parents ?? 1 }, (_, place) => String(place).repeat(40)),
    notes: record.git_notes,
  };
}

function wholeMessage({ message, trailers, marker_lines = [] }: CorpusRecord): string {
  return [message, "", ...marker_lines, "", ...trailers].join("\n");
}

function requestOf(record: CorpusRecord): object {
  const commits = record.commits?.map(({ sha, author, committer, subject, trailers }) => ({
    sha,
    author,
    committer,
    message: [subject, "", ...trailers].join("\n"),
  }));
  // Where there are commits, name, address and message are those of the first one.
  const isThread = record.author_email === null || record.author_email === undefined;
  return {
    ...(commits !== undefined && { commits }),
    pullRequest: {
      ...(isThread && record.author_name && { author: { login: record.author_name } }),
      branch: record.branch,
      ...(commits === undefined && { title: record.message.split("\n")[0], body: wholeMessage(record) }),
      labels: record.labels,
    },
  };
}
