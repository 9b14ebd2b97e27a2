/** The files of one module to what is kept of them. Override files change what the others say, as they do in Terraform. */

import type { References } from "../../model/configuration.ts";
import type { Location, RemovedBlock, SourceModule, SourceResource, Written } from "../../model/source.ts";
import type { Block, Body } from "./body.ts";
import { referencesOf } from "./references.ts";
import { settingOf, toResource } from "./resource.ts";
import { requirementsIn, toWritten } from "./written.ts";

/** A file that could be read. */
export interface ParsedFile {
  readonly name: string;
  readonly body: Body;
}

/** A call as it is written; what it leads to is found out later. */
export interface WrittenCall {
  readonly location: Location;
  readonly source?: Written;
  readonly version?: Written;
}

/** A module without what it calls. */
export type WrittenModule = Omit<SourceModule, "calls" | "path"> & { readonly calls: ReadonlyMap<string, WrittenCall> };

interface Draft {
  readonly resources: Map<string, SourceResource>;
  readonly calls: Map<string, WrittenCall>;
  readonly locals: Map<string, References>;
  readonly outputs: Map<string, References>;
  readonly others: Map<string, Location>;
  readonly moved: { readonly from: string; readonly to: string; readonly location: Location }[];
  readonly removed: RemovedBlock[];
  readonly imports: { readonly to: string; readonly location: Location }[];
  readonly requirements: Map<string, Written>;
  backend: SourceModule["backend"];
}

export function toModule(files: readonly ParsedFile[]): WrittenModule {
  const draft: Draft = {
    resources: new Map(),
    calls: new Map(),
    locals: new Map(),
    outputs: new Map(),
    others: new Map(),
    moved: [],
    removed: [],
    imports: [],
    requirements: new Map(),
    backend: undefined,
  };
  for (const file of [...files].sort((left, right) => Number(isOverride(left)) - Number(isOverride(right)))) {
    for (const block of file.body.blocks) addBlock(draft, file.name, block);
  }
  const { backend, ...rest } = draft;
  return { ...rest, ...(backend && { backend }) };
}

/** `override.tf`, `x_override.tf`, and the same in JSON: read last, whatever their names. */
export function isOverride({ name }: Pick<ParsedFile, "name">): boolean {
  return /(^|[/_])override\.(tf|tofu)(\.json)?$/.test(name);
}

/** What becomes of a block, by its type; other types leave nothing. */
const READERS: Readonly<Record<string, (draft: Draft, file: string, block: Block) => void>> = {
  resource: (draft, file, block) => addResource(draft, block.labels.join("."), file, block),
  data: (draft, file, block) => addResource(draft, `data.${block.labels.join(".")}`, file, block),
  module: addCall,
  locals: ({ locals }, _, { body }) => {
    for (const [name, expression] of body.attributes) locals.set(name, referencesOf(expression));
  },
  output: (draft, file, block) => {
    draft.outputs.set(block.labels[0] ?? "", conditionsOf(block.body));
    addOther(draft, "output", file, block);
  },
  variable: (draft, file, block) => addOther(draft, "var", file, block),
  check: (draft, file, block) => {
    addOther(draft, "check", file, block);
    for (const inner of block.body.blocks) if (inner.type === "data") addBlock(draft, file, inner);
  },
  action: (draft, file, block) => addOther(draft, "action", file, block),
  ephemeral: (draft, file, block) => addOther(draft, "ephemeral", file, block),
  terraform: (draft, file, block) => {
    addBackend(draft, file, block);
    for (const [provider, written] of requirementsIn(file, block.body)) draft.requirements.set(provider, written);
  },
  moved: ({ moved }, file, { line, body }) => {
    moved.push({ from: addressIn(body, "from"), to: addressIn(body, "to"), location: { file, line } });
  },
  import: ({ imports }, file, { line, body }) => {
    imports.push({ to: addressIn(body, "to"), location: { file, line } });
  },
  removed: ({ removed }, file, { line, body }) => {
    const lifecycle = body.blocks.find(({ type }) => type === "lifecycle");
    const destroy = settingOf(lifecycle?.body.attributes.get("destroy"), true);
    removed.push({ from: addressIn(body, "from"), destroy, location: { file, line } });
  },
};

function addBlock(draft: Draft, file: string, block: Block): void {
  if (Object.hasOwn(READERS, block.type)) READERS[block.type]?.(draft, file, block);
}

function addCall({ calls }: Draft, file: string, { labels, line, body }: Block): void {
  const name = labels[0] ?? "";
  const known = calls.get(name);
  const source = toWritten(file, body.attributes.get("source")) ?? known?.source;
  const version = toWritten(file, body.attributes.get("version")) ?? known?.version;
  calls.set(name, {
    location: known?.location ?? { file, line },
    ...(source && { source }),
    ...(version && { version }),
  });
}

function addResource({ resources }: Draft, address: string, file: string, block: Block): void {
  resources.set(address, toResource(file, block, resources.get(address)));
}

function addOther({ others }: Draft, prefix: string, file: string, { labels, line }: Block): void {
  const address = [prefix, ...labels].join(".");
  if (!others.has(address)) others.set(address, { file, line });
}

function conditionsOf({ blocks }: Body): References {
  return referencesOf(...blocks.flatMap(({ body }) => [...body.attributes.values()]));
}

function addBackend(draft: Draft, file: string, { body }: Block): void {
  const found = body.blocks.find(({ type }) => type === "backend" || type === "cloud");
  if (found) draft.backend = { type: found.labels[0] ?? "cloud", location: { file, line: found.line } };
}

/** The address that an argument of a `moved`, `removed` or `import` block names. */
function addressIn({ attributes }: Body, argument: string): string {
  return referencesOf(attributes.get(argument))[0] ?? "";
}
