/**
 * Which commits of a change had a hand in what a plan does. A commit is left out only when nothing that it edits can have
 * decided over any of the objects; whatever cannot be told is in, and where too little can be told there is no answer.
 */

import type { EditedCommit, Origin, UnitEdit, UnitTree } from "../../model/units.ts";
import { foldersOf, nameOf, reachOf, speaksOfAll, type UnitName } from "./closure.ts";

export interface AttributionRequest {
  /** Newest first. */
  readonly commits: readonly EditedCommit[];
  /** The source where the change branched off, and as HEAD has it. */
  readonly before: UnitTree;
  readonly after: UnitTree;
  /** Addresses of what the plan does; of what it moves both. */
  readonly objects: readonly { readonly address: string; readonly previousAddress?: string | undefined }[];
  /** Whether the policy says of a file that no plan is made from it. */
  readonly isUnrelated: (path: string) => boolean;
}

export interface Attribution {
  /** Commits that had a hand in it. */
  readonly involved: ReadonlySet<string>;
  /** By address: edits of its own block, then of what that refers to; one of a commit, the newest first. */
  readonly origins: ReadonlyMap<string, readonly Origin[]>;
  /** Objects that no commit explains. */
  readonly unexplained: readonly string[];
}

export function attribute({ commits, before, after, objects, isUnrelated }: AttributionRequest): Attribution {
  const folders = new Set([...foldersOf(before), ...foldersOf(after)]);
  const isInert = inertFiles(before, after, isUnrelated);
  const reaches = objects.map(({ address, previousAddress }) => {
    const all = [address, ...(previousAddress === undefined ? [] : [previousAddress])].flatMap((one) => [
      reachOf(one, before),
      reachOf(one, after),
    ]);
    const names = new Set(all.flatMap((reach) => [...reach.names]));
    return { address, names, own: new Set(all.flatMap(({ own }) => own)) };
  });
  const isFetched = fetchedFolders(before, after);
  const speaksOfIt = (edit: UnitEdit, names: ReadonlySet<UnitName>): boolean =>
    names.has(nameOf(edit.folder, edit.key)) ||
    (speaksOfAll(edit.key) && folders.has(edit.folder)) ||
    (!folders.has(edit.folder) && isFetched(edit.folder));
  // Whatever else a commit touches may be what the plan was made with.
  const isOpen = ({ isUntold, others }: EditedCommit): boolean => isUntold || others.some((file) => !isInert(file));
  const touches = (commit: EditedCommit, names: ReadonlySet<UnitName>): boolean =>
    isOpen(commit) || commit.edits.some((edit) => speaksOfIt(edit, names));
  const everything = new Set(reaches.flatMap(({ names }) => [...names]));
  const involved = new Set(
    commits.filter((commit) => commit.isMerge || touches(commit, everything)).map(({ sha }) => sha),
  );
  addAuthorsOfMovedLines(commits, involved, (edit) => speaksOfIt(edit, everything));
  const origins = reaches.map(({ address, names, own }) => [address, originsIn(commits, own, names)] as const);
  return {
    involved,
    origins: new Map(origins),
    unexplained: reaches
      .filter(({ names }) => !commits.some((commit) => !commit.isMerge && touches(commit, names)))
      .map(({ address }) => address),
  };
}

function originsIn(
  commits: readonly EditedCommit[],
  own: ReadonlySet<UnitName>,
  names: ReadonlySet<UnitName>,
): Origin[] {
  const editsOf = (wanted: ReadonlySet<UnitName>): Origin[] =>
    commits.flatMap(({ sha, edits }) => {
      const edit = edits.find(({ folder, key }) => wanted.has(nameOf(folder, key)));
      return edit === undefined ? [] : [{ ...edit, sha }];
    });
  const byOwn = editsOf(own);
  const known = new Set(byOwn.map(({ sha }) => sha));
  return [...byOwn, ...editsOf(names).filter(({ sha }) => !known.has(sha))];
}

/** Whoever wrote lines elsewhere that another commit puts where they count has a hand in it: notes, other folders, other branches. */
function addAuthorsOfMovedLines(
  commits: readonly EditedCommit[],
  involved: Set<string>,
  counts: (edit: UnitEdit) => boolean,
): void {
  const lines = new Set<string>();
  for (const { sha, edits } of commits) {
    if (!involved.has(sha)) continue;
    for (const edit of edits.filter(counts)) for (const line of edit.added) lines.add(line);
  }
  for (const { sha, edits, others } of commits) {
    const added = [...edits, ...others].flatMap((one) => one.added);
    if (added.some((line) => lines.has(line))) involved.add(sha);
  }
}

/** Where a call fetches a module from a repository, which may be this one: everything beside the folder that it names. */
function fetchedFolders(before: UnitTree, after: UnitTree): (folder: string) => boolean {
  const sources = textsOf(before, after).flatMap((text) => text.match(FETCHED) ?? []);
  const parts = sources.map((source) => /[^:]\/\/([^/?"]+)/.exec(source)?.[1] ?? "");
  return (folder) => parts.some((part) => part === "" || part === folder.split("/")[0]);
}

const FETCHED = /"[^"\n]*(git::|hg::|\.git\b|[?&]ref=|github\.com|bitbucket\.org|gitlab\.)[^"\n]*"/g;

function textsOf(...trees: readonly UnitTree[]): string[] {
  return trees.flatMap(({ modules }) => [...modules.values()].flatMap(({ texts }) => texts));
}

type Other = EditedCommit["others"][number];

/** Files of people, which no plan is made from unless the source reads them. */
const DOCUMENT =
  /(^|\/)([^/]+\.(md|markdown|rst|adoc|png|jpe?g|gif|svg|pdf)|(README|CHANGELOG|CHANGES|LICEN[CS]E|NOTICE|AUTHORS|CONTRIBUTORS|CODEOWNERS)(\.txt)?)$/i;

/** What says how a plan is made, whatever the policy says of the folder around it. */
const NEVER_UNRELATED = /(\.(tf|tofu|tfvars|hcl)(\.json)?|\.tfbackend)$/i;

/** The source reads whole folders, or files whose names it makes up. */
const READS_ANYTHING = /\bfileset\s*\(|\bsource_dir\b|\b(file\w*|templatefile)\s*\(\s*([^"\s]|"[^"]*\$\{(?!path\.))/;

function inertFiles(
  before: UnitTree,
  after: UnitTree,
  isUnrelated: (path: string) => boolean,
): (file: Other) => boolean {
  const texts = textsOf(before, after);
  const readsAnything = texts.some((text) => READS_ANYTHING.test(text));
  return ({ path, isSpecial }) => {
    if (isSpecial) return false;
    if (isUnrelated(path) && !NEVER_UNRELATED.test(path)) return true;
    const name = path.slice(path.lastIndexOf("/") + 1);
    return DOCUMENT.test(path) && !readsAnything && !texts.some((text) => text.includes(name));
  };
}
