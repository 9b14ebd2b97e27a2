/** A file of evidence on authorship, as a host collected it, to the model: every part optional, nothing of the wrong shape. */

import { FirebreakError } from "../model/error.ts";
import type {
  Account,
  ChangeSetTraces,
  Commit,
  Environment,
  Evidence,
  Person,
  PullRequest,
  Review,
} from "../model/evidence.ts";
import { readFileBytes } from "./read-file.ts";
import { unpacked } from "./unpack.ts";

/** @throws FirebreakError `unreadable-input` */
export async function readEvidence(path: string): Promise<Evidence> {
  const { bytes } = await readFileBytes(path);
  const text = (await unpacked(bytes, path)).toString("utf8").replace(/^\ufeff/, "");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FirebreakError("unreadable-input", `${path}: this is no JSON`, { hint: HINT, cause: error });
  }
  return toEvidence(new Part(value, path, ""));
}

const HINT = "docs/authorship.md says what a file of evidence holds.";
const KNOWN = ["commits", "pullRequest", "reviews", "environment", "changeSet"];

function toEvidence(file: Part): Evidence {
  const unknown = file.names().filter((name) => !KNOWN.includes(name));
  return {
    commits: file.part("commits")?.list(toCommit),
    pullRequest: toPullRequest(file.part("pullRequest")),
    reviews: file.part("reviews")?.list(toReview),
    environment: toEnvironment(file.part("environment")),
    changeSet: toChangeSet(file.part("changeSet")),
    // Later versions may say more; what this one does not know must not be thought to have been looked at.
    gaps: unknown.map((name) => `the evidence holds ${JSON.stringify(name)}, which this version does not read`),
  };
}

function toCommit(commit: Part): Commit {
  return {
    sha: commit.part("sha")?.text() ?? "",
    author: toPerson(commit.part("author")) ?? { name: "", email: "" },
    committer: toPerson(commit.part("committer")),
    message: commit.part("message")?.text() ?? "",
    parents: commit
      .part("parents")
      ?.list((parent) => (parent.isText() ? parent.text() : (parent.part("sha")?.text() ?? ""))),
    verified: toVerified(commit.part("verified")),
    notes: toNotes(commit.part("notes")),
  };
}

/** `{"name", "email"}`, or `Name <address>`. */
function toPerson(person: Part | undefined): Person | undefined {
  if (person === undefined) return undefined;
  if (!person.isText()) {
    return {
      name: person.part("name")?.text() ?? "",
      email: person.part("email")?.text() ?? "",
      login: person.part("login")?.text(),
    };
  }
  const text = person.text();
  const [, name = text, email = ""] = /^([^<]*)<([^>]*)>\s*$/.exec(text) ?? [];
  return { name: name.trim(), email: email.trim() };
}

/** Whether, or the key that it was verified by. */
function toVerified(verified: Part | undefined): boolean | string | undefined {
  return verified?.isText() ? verified.text() : verified?.flag();
}

/** One note or several; a note that is JSON may be handed on as it is. */
function toNotes(notes: Part | undefined): readonly string[] | undefined {
  if (notes === undefined) return undefined;
  const note = (part: Part): string => (part.isText() ? part.text() : part.json());
  return notes.isList() ? notes.list(note) : [note(notes)];
}

function toPullRequest(request: Part | undefined): PullRequest | undefined {
  if (request === undefined) return undefined;
  const author = request.part("author");
  return {
    author: author?.isText() ? { login: author.text() } : author && toAccount(author),
    branch: request.part("branch")?.text(),
    title: request.part("title")?.text(),
    body: request.part("body")?.text(),
    labels:
      request.part("labels")?.list((label) => (label.isText() ? label.text() : (label.part("name")?.text() ?? ""))) ??
      [],
  };
}

function toAccount(account: Part): Account {
  return {
    login: account.part("login")?.text() ?? "",
    id: account.part("id")?.number(),
    type: account.part("type")?.text(),
  };
}

function toReview(review: Part): Review {
  return {
    ...toAccount(review),
    state: review.part("state")?.text().toUpperCase() ?? "",
    commitId: review.part("commitId")?.text(),
    submittedAt: review.part("submittedAt")?.text(),
  };
}

function toEnvironment(environment: Part | undefined): Environment | undefined {
  return environment && Object.fromEntries(environment.names().map((name) => [name, environment.part(name)?.scalar()]));
}

function toChangeSet(changeSet: Part | undefined): ChangeSetTraces | undefined {
  if (changeSet === undefined) return undefined;
  const tags = changeSet.part("Tags");
  return {
    name: changeSet.part("ChangeSetName")?.text(),
    description: changeSet.part("Description")?.text(),
    tags: tags?.list((tag) => ({ key: tag.part("Key")?.text() ?? "", value: tag.part("Value")?.text() ?? "" })) ?? [],
    rest: changeSet.without(["ChangeSetName", "Description", "Tags"]),
  };
}

/** A value and where it stands, so that a mistake can be named. `null` counts as not given. */
class Part {
  private readonly value: unknown;
  private readonly file: string;
  private readonly path: string;

  constructor(value: unknown, file: string, path: string) {
    this.value = value;
    this.file = file;
    this.path = path;
  }

  part(name: string): Part | undefined {
    const value = this.object()[name];
    if (value === undefined || value === null) return undefined;
    return new Part(value, this.file, this.path === "" ? name : `${this.path}.${name}`);
  }

  names(): string[] {
    return Object.keys(this.object());
  }

  list<Value>(read: (part: Part) => Value): Value[] {
    if (!Array.isArray(this.value)) throw this.wrong("a list");
    return this.value.map((value, place) => read(new Part(value, this.file, `${this.path}[${place}]`)));
  }

  isText(): boolean {
    return typeof this.value === "string";
  }

  isList(): boolean {
    return Array.isArray(this.value);
  }

  text(): string {
    if (typeof this.value !== "string") throw this.wrong("a text");
    return this.value;
  }

  number(): number {
    const value = typeof this.value === "string" && /^\d{1,15}$/.test(this.value) ? Number(this.value) : this.value;
    if (typeof value !== "number") throw this.wrong("a number");
    return value;
  }

  flag(): boolean {
    if (typeof this.value !== "boolean") throw this.wrong("true, false or a key");
    return this.value;
  }

  scalar(): string {
    if (typeof this.value === "object") throw this.wrong("a text");
    return String(this.value);
  }

  without(names: readonly string[]): unknown {
    return Object.fromEntries(Object.entries(this.object()).filter(([name]) => !names.includes(name)));
  }

  json(): string {
    return JSON.stringify(this.object());
  }

  private object(): Readonly<Record<string, unknown>> {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value))
      throw this.wrong("an object");
    return this.value as Readonly<Record<string, unknown>>;
  }

  private wrong(expected: string): FirebreakError {
    const where = this.path === "" ? "the evidence" : this.path;
    return new FirebreakError("unreadable-input", `${this.file}: ${where} is not ${expected}`, { hint: HINT });
  }
}
