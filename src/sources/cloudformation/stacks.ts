/** What surrounds the changes: each stack of a tree with its resources, templates, policy, and who imports what it exports. */

import type { Api, ResourcePage } from "./client.ts";
import { inParallel } from "./in-parallel.ts";
import type { Session } from "./session.ts";

/** An answer of the API under the name by which the AWS CLI saves it, e.g. `shop/list-stack-resources.json`. */
export interface SavedAnswer {
  readonly path: string;
  readonly answer: unknown;
}

/** A stack to read. */
export interface StackToRead {
  /** ARN. */
  readonly id: string;
  /** ARN of the change set that changes it; absent when nothing in it changes, or all of it goes. */
  readonly changeSetId: string | undefined;
  /** Whether nothing can be said without the list of its resources. */
  readonly needsResources?: boolean;
}

/** `arn:PARTITION:cloudformation:REGION:ACCOUNT:stack/NAME/ID` */
export function stackNameIn(arn: string): string {
  return arn.split("/")[1] ?? arn;
}

/** Everything that is known of these stacks and the stacks nested in them. @throws FirebreakError */
export async function readStacks(
  session: Session,
  roots: readonly StackToRead[],
  progress: (text: string) => void,
): Promise<SavedAnswer[]> {
  const saved: SavedAnswer[] = [];
  const known = new Set(roots.map(({ id }) => id));
  let level = roots;
  while (level.length > 0) {
    const read = await inParallel(level, async (stack) => {
      progress(`reading the stack ${stackNameIn(stack.id)}`);
      return readStack(session, stack);
    });
    saved.push(...read.flatMap(({ answers }) => answers));
    level = read.flatMap(({ nested }) => nested.filter((id) => !known.has(id) && known.add(id))).map(unchanged);
  }
  return [...saved, ...(await readImporters(session, saved))];
}

function unchanged(id: string): StackToRead {
  return { id, changeSetId: undefined };
}

interface ReadStack {
  readonly answers: readonly SavedAnswer[];
  /** ARNs of the stacks nested in it. */
  readonly nested: readonly string[];
}

async function readStack(
  session: Session,
  { id, changeSetId, needsResources = false }: StackToRead,
): Promise<ReadStack> {
  const name = stackNameIn(id);
  const answers: SavedAnswer[] = [];
  const save = (file: string, answer: unknown): void => {
    if (answer !== undefined) answers.push({ path: `${name}/${file}.json`, answer });
  };
  const described = await session.optional(
    {
      operation: "DescribeStacks",
      about: name,
      unseen: "exports, tags and termination protection are not known.",
    },
    async (api) => bare(await api.describeStacks({ StackName: id })),
  );
  save("describe-stacks", described);
  const [stack] = described?.Stacks ?? [];
  if (changeSetId !== undefined) {
    const processed = await templateOf(session, name, { changeSetId });
    save("get-template.change-set", processed);
    if (processed !== undefined) {
      save("get-template.change-set.original", await submittedOf(session, name, { changeSetId }));
    }
  }
  // A stack that is only to be created has nothing yet.
  if (stack?.StackStatus === "REVIEW_IN_PROGRESS") return { answers, nested: [] };
  const deployed = await templateOf(session, name, { id });
  save("get-template", deployed);
  // Of what leaves, only the template from before has a line.
  if (deployed !== undefined) save("get-template.original", await submittedOf(session, name, { id }));
  const resources = await resourcesOf(session, id, needsResources);
  save("list-stack-resources", resources);
  if (changeSetId !== undefined) save("get-stack-policy", await policyOf(session, id));
  const exports = (stack?.Outputs ?? []).flatMap(({ ExportName }) => ExportName ?? []);
  const imports = await inParallel(exports, (exported) => importsOf(session, exported));
  exports.forEach((exported, place) => {
    save(`list-imports.${exported}`, imports[place]);
  });
  for (const stackSet of idsOf(resources, "AWS::CloudFormation::StackSet")) {
    save(`list-stack-instances.${stackSet.split(":")[0]}`, await instancesOf(session, stackSet));
  }
  return { answers, nested: idsOf(resources, "AWS::CloudFormation::Stack") };
}

/** Answers without what the SDK adds of its own. */
function bare<Answer extends { readonly $metadata: unknown }>({
  $metadata: _,
  ...answer
}: Answer): Omit<Answer, "$metadata"> {
  return answer;
}

type Resources = Pick<ResourcePage, "StackResourceSummaries">;

function idsOf(resources: Resources | undefined, type: string): string[] {
  return (resources?.StackResourceSummaries ?? []).flatMap(({ ResourceType, ResourceStatus, PhysicalResourceId }) =>
    ResourceType === type && ResourceStatus !== "DELETE_COMPLETE" ? (PhysicalResourceId ?? []) : [],
  );
}

interface TemplateNames {
  readonly id?: string;
  readonly changeSetId?: string;
}

/** Macros have run and loops are written out in the processed template. */
function templateOf(session: Session, about: string, names: TemplateNames): Promise<unknown> {
  return session.optional(
    { operation: "GetTemplate", about, unseen: "what depends on an ending object is not known in full." },
    (api) => askTemplate(api, names, "Processed"),
  );
}

/** The text that somebody wrote, which has the lines that people know. */
function submittedOf(session: Session, about: string, names: TemplateNames): Promise<unknown> {
  return session.optional(
    { operation: "GetTemplate", about, unseen: "on which lines of a template objects are written is not known." },
    (api) => askTemplate(api, names, "Original"),
  );
}

async function askTemplate(
  api: Api,
  { id, changeSetId }: TemplateNames,
  stage: "Processed" | "Original",
): Promise<unknown> {
  const names = changeSetId === undefined ? { StackName: id } : { ChangeSetName: changeSetId };
  return bare(await api.getTemplate({ ...names, TemplateStage: stage }));
}

function resourcesOf(session: Session, id: string, isNeeded: boolean): Promise<Resources | undefined> {
  const operation = "ListStackResources";
  const ask = (api: Api): Promise<Resources> => allResources(api, id);
  if (isNeeded) return session.needed({ operation }, ask);
  const unseen = "how many objects there are, and which stacks are nested, is not known for sure.";
  return session.optional({ operation, about: stackNameIn(id), unseen }, ask);
}

async function allResources(api: Api, id: string): Promise<Resources> {
  const all: NonNullable<Resources["StackResourceSummaries"]> = [];
  for (let token: string | undefined; ; ) {
    const page = await api.listStackResources({ StackName: id, ...(token && { NextToken: token }) });
    all.push(...(page.StackResourceSummaries ?? []));
    if (!page.NextToken) return { StackResourceSummaries: all };
    token = page.NextToken;
  }
}

function policyOf(session: Session, id: string): Promise<unknown> {
  return session.optional(
    {
      operation: "GetStackPolicy",
      about: stackNameIn(id),
      unseen: "whether the stack policy will refuse the update is not known.",
    },
    async (api) => bare(await api.getStackPolicy({ StackName: id })),
  );
}

function importsOf(session: Session, exported: string): Promise<unknown> {
  return session.optional(
    {
      operation: "ListImports",
      about: exported,
      unseen: "which other stacks use what this one exports is not known.",
    },
    async (api) => {
      const all: string[] = [];
      for (let token: string | undefined; ; ) {
        try {
          const page = await api.listImports({ ExportName: exported, ...(token && { NextToken: token }) });
          all.push(...(page.Imports ?? []));
          if (!page.NextToken) return { Imports: all };
          token = page.NextToken;
        } catch (error) {
          if (!isUnused(error)) throw error;
          return { Imports: all };
        }
      }
    },
  );
}

/** AWS calls it an error when nobody imports an export. */
function isUnused(error: unknown): boolean {
  return (
    error instanceof Error && error.name === "ValidationError" && /is not imported by any stack/.test(error.message)
  );
}

function instancesOf(session: Session, stackSet: string): Promise<unknown> {
  const name = stackSet.split(":")[0] ?? stackSet;
  return session.optional(
    {
      operation: "ListStackInstances",
      about: name,
      unseen: "in how many accounts and regions a stack set has instances is not known.",
    },
    async (api) => {
      const all: unknown[] = [];
      for (let token: string | undefined; ; ) {
        const page = await api.listStackInstances({ StackSetName: name, ...(token && { NextToken: token }) });
        all.push(...(page.Summaries ?? []));
        if (!page.NextToken) return { Summaries: all };
        token = page.NextToken;
      }
    },
  );
}

/** Templates of the stacks that import something: they say which of their resources do. */
async function readImporters(session: Session, saved: readonly SavedAnswer[]): Promise<SavedAnswer[]> {
  const own = new Set(saved.map(({ path }) => path.split("/")[0]));
  const names = saved.flatMap(({ path, answer }) => (/\/list-imports\./.test(path) ? importsIn(answer) : []));
  const others = [...new Set(names)].filter((name) => !own.has(name)).sort();
  const templates = await inParallel(others, (name) => templateOf(session, name, { id: name }));
  return others.flatMap((name, place) => {
    const answer = templates[place];
    return answer === undefined ? [] : [{ path: `${name}/get-template.json`, answer }];
  });
}

function importsIn(answer: unknown): readonly string[] {
  return (answer as { readonly Imports: readonly string[] }).Imports;
}
