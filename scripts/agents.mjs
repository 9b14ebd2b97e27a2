// rulesets/agents.yaml to what src/authorship loads: only what is looked for, by the place where it is looked for. A malformed
// pattern, an unknown source, a signal without exactly one place or two that contradict each other stop the build.

/** Where a signal is looked for; the last two are for the reader. */
const PLACES = [
  "email",
  "login",
  "trailer",
  "text",
  "branch",
  "label",
  "variable",
  "userAgent",
  "contextKey",
  "tag",
  "name",
  "file",
  "about",
];
const PATTERNS = ["text", "branch", "userAgent", "value", "withValue", "address"];
const DETAILS = ["id", "idOnly", "address", "value", "with", "withValue", "terminal"];

/** How far one signal carries, by its strength; hearsay carries a tenth less. */
const WEIGHTS = { proof: 0.97, strong: 0.9, assisted: 0.8, weak: 0.5, hint: 0.2, bot: 0.8, reviewer: 0 };

export function compileAgents({ sources, agents }) {
  const rules = Object.fromEntries(PLACES.map((place) => [place, []]));
  const seen = new Set();
  for (const agent of agents) {
    if (seen.has(agent.id)) throw new Error(`agents.yaml: ${agent.id} is listed twice`);
    seen.add(agent.id);
    for (const signal of agent.signals) {
      const place = placeOf(signal, agent.id);
      if (agent.class === "bot" && !["bot", "context"].includes(signal.strength))
        throw new Error(`agents.yaml: ${agent.id} is a bot, so its signals have the strength bot`);
      check(signal, place, sources, agent.id);
      if (signal.strength !== "context") rules[place].push(toRule(signal, place, agent));
    }
  }
  const { file: _, about: __, ...table } = rules;
  return {
    variables: variablesOf(table.variable),
    table: { ...table, email: byKey(table.email), trailer: byKey(table.trailer) },
  };
}

function placeOf(signal, id) {
  // `name` goes with an address, or stands alone.
  const places = PLACES.filter((place) => signal[place] !== undefined);
  const [place, ...others] = places;
  if (place === undefined || others.some((other) => place !== "email" || other !== "name"))
    throw new Error(`agents.yaml: ${id}: a signal needs exactly one place: ${JSON.stringify(signal)}`);
  return place;
}

function check(signal, place, sources, id) {
  for (const source of signal.source)
    if (!Object.hasOwn(sources, source) && !/[ ./]/.test(source))
      throw new Error(`agents.yaml: ${id}: unknown source ${source}`);
  const name = signal.name === undefined ? [] : ["name"];
  for (const key of [...PATTERNS, ...name]) {
    const pattern = signal[key];
    if (pattern === undefined) continue;
    try {
      new RegExp(pattern, "im");
    } catch (error) {
      throw new Error(`agents.yaml: ${id}: ${error.message}`);
    }
  }
  if (place === "text" && !/^(\^|\\b)/.test(signal.text))
    throw new Error(`agents.yaml: ${id}: text ${signal.text} is anchored to nothing`);
}

function toRule(signal, place, agent) {
  const { strength, confidence } = signal;
  const weight = signal.weight ?? WEIGHTS[strength] * (confidence === "reported" ? 0.9 : 1);
  const key = place === "email" || place === "trailer" ? signal[place].toLowerCase() : signal[place];
  return {
    // A standard tells that there was an agent, not which.
    ...(agent.class !== "standard" && { agent: agent.id }),
    key,
    ...(place === "email" && signal.name !== undefined && { name: signal.name }),
    ...Object.fromEntries(
      DETAILS.filter((detail) => signal[detail] !== undefined).map((detail) => [detail, signal[detail]]),
    ),
    strength,
    weight: Math.round(weight * 100) / 100,
    basis: confidence,
  };
}

/** Exact keys are looked up, not searched. What asks for a name comes before what does not. */
function byKey(rules) {
  const found = {};
  for (const { key, ...rule } of rules) found[key] = [...(found[key] ?? []), { key, ...rule }];
  for (const list of Object.values(found)) list.sort((left, right) => Number("name" in right) - Number("name" in left));
  return found;
}

/** Names of variables with the patterns that their values may have; none where any value will do. Enough to see that nothing is there. */
function variablesOf(rules) {
  const found = {};
  for (const { key, value } of rules) {
    const known = found[key] ?? [];
    if (value === undefined) found[key] = [];
    else if (known.length > 0 || !(key in found)) found[key] = [...known, value];
  }
  return found;
}
