/** What the hosts of pull requests take and draw. */

import type { HostName } from "../../model/host.ts";

export interface Host {
  /** Bytes of a comment. Hosts count signs, of which there are never more than bytes. */
  readonly mostBytes: number;
  /** Whether it folds `<details>`, and reads what is inside as Markdown. */
  readonly folds: boolean;
  /** Whether it draws Mermaid in a comment. */
  readonly draws: boolean;
}

/**
 * Sources: GitHub's error "body is too long (maximum is 65536 characters)"; `limits` of GitLab's instances for notes;
 * Bitbucket Cloud's "content.raw" and Azure DevOps's "comment content" in their REST APIs. Bitbucket shows HTML as text.
 */
const HOSTS: Readonly<Record<HostName, Host>> = {
  github: { mostBytes: 65_536, folds: true, draws: true },
  gitlab: { mostBytes: 1_000_000, folds: true, draws: true },
  bitbucket: { mostBytes: 32_768, folds: false, draws: false },
  azure: { mostBytes: 150_000, folds: true, draws: false },
};

export function hostNamed(name: HostName = "github"): Host {
  return HOSTS[name];
}
