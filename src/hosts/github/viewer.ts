/** Whose token it is. */

import { numberAt, textAt } from "../answer.ts";
import type { GithubClient } from "./octokit.ts";

/** The account that the token belongs to: of an app it is `name[bot]`. */
export interface Viewer {
  readonly login: string;
  readonly id: number | undefined;
}

/** Tokens of apps may not ask for `GET /user`; this works for all kinds. */
export async function viewerOf(client: GithubClient): Promise<Viewer> {
  const answer = await client.graphql("query { viewer { login databaseId } }");
  return { login: textAt(answer, "viewer", "login") ?? "", id: numberAt(answer, "viewer", "databaseId") };
}
