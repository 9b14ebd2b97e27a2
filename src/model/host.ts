/** Code hosts: where a pull request is, and where a comment on it is shown. */

export const HOST_NAMES = ["github", "gitlab", "bitbucket", "azure"] as const;
export type HostName = (typeof HOST_NAMES)[number];

/** A repository as the REST API of its host knows it. */
export interface Repository {
  readonly host: HostName;
  /** Address of the REST API, without a slash at its end. */
  readonly api: string;
  /** GitHub `owner/name`; GitLab the number or path of the project; Bitbucket `workspace/slug`; Azure `project/repository`. */
  readonly repository: string;
}

/** A pull request, or merge request. */
export interface PullRequestPlace extends Repository {
  readonly number: number;
}

/** One line of a change that something is said about. */
export interface Annotation {
  /** From the root of the repository, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly level: "error" | "warning" | "note";
  readonly title: string;
  readonly message: string;
}
