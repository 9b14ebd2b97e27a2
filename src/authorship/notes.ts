/** Line records in git notes: who wrote how many lines of a commit, as git-ai recorded it (authorship log 3.0.0). */

/** What a note says in sum. Whatever it does not cover nobody knows. */
export interface NoteRecord {
  readonly agentLines: number;
  readonly humanLines: number;
  /** The agent's name as the tool that wrote the note has it. */
  readonly tool?: string;
}

/** Tools by other names than the table has. */
const TOOLS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    claude: "claude-code",
    codex: "openai-codex",
    droid: "factory-droid",
    "github-copilot": "copilot-vscode",
    "github-copilot-cli": "copilot-cli",
    gemini: "gemini-cli",
    "continue-cli": "continue",
  }),
);

/** `undefined` where the text is no such record. */
export function readNote(text: string): NoteRecord | undefined {
  const [lines = "", ...rest] = text.replace(/\r\n/g, "\n").split(/^---$/m);
  const data = parsed(rest.join("---") || lines);
  const summary = readSummary(data);
  if (summary !== undefined) return summary;
  if (!/authorship\/\d/.test(text)) return undefined;
  let agentLines = 0;
  let humanLines = 0;
  for (const [, key = "", ranges = ""] of lines.matchAll(/^[ \t]+"?([\w:]+)"?[ \t]+([\d,\- ]+)$/gm)) {
    if (key.startsWith("h_")) humanLines += countLines(ranges);
    else agentLines += countLines(ranges);
  }
  const tool = toolIn(data);
  const named = tool === undefined ? {} : { tool: TOOLS.get(tool) ?? tool };
  return { agentLines, humanLines, ...(agentLines > 0 && named) };
}

/** The record in short, as collectors hand it on: `{"tool": "codex", "ai_lines": 5, "human_lines": 0}`. */
function readSummary(data: unknown): NoteRecord | undefined {
  if (!isObject(data) || typeof data["ai_lines"] !== "number") return undefined;
  const { ai_lines: agentLines, human_lines: human, tool } = data;
  const named = typeof tool === "string" && agentLines > 0 ? { tool: TOOLS.get(tool) ?? tool } : {};
  return { agentLines, humanLines: typeof human === "number" ? human : 0, ...named };
}

/** `1-10,15` are 11 lines. */
function countLines(ranges: string): number {
  let count = 0;
  for (const range of ranges.split(",")) {
    const [first = Number.NaN, last = first] = range.split("-").map((part) => Number.parseInt(part, 10));
    if (last >= first) count += last - first + 1;
  }
  return count;
}

/** The tool of the first session or prompt. */
function toolIn(data: unknown): string | undefined {
  if (!isObject(data)) return undefined;
  for (const group of [data["sessions"], data["prompts"]]) {
    for (const one of isObject(group) ? Object.values(group) : []) {
      const id = isObject(one) ? one["agent_id"] : undefined;
      if (isObject(id) && typeof id["tool"] === "string" && /^[\w.-]{1,40}$/.test(id["tool"])) return id["tool"];
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not a record, or a broken one: what its lines say still counts.
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
