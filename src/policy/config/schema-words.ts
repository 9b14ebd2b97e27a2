/** What a schema says of the value at a path: which keys, which words, and what its own comments call fitting. */

export type Schema = Readonly<Record<string, unknown>>;

/** Names that the object at a path may have. */
export function keysAt(schema: Schema, path: readonly string[]): string[] {
  const names = schemasAt(schema, path).flatMap(({ properties }) =>
    Object.keys((properties as Schema | undefined) ?? {}),
  );
  return [...new Set(names)].filter((name) => !name.startsWith("$"));
}

/** Words that the value at a path may be. */
export function wordsAt(schema: Schema, path: readonly string[]): string[] {
  return schemasAt(schema, path).flatMap(({ enum: words }) => (Array.isArray(words) ? words.map(String) : []));
}

/** Every schema that may hold for the value at a path, references and alternatives followed. */
export function schemasAt(root: Schema, path: readonly string[]): Schema[] {
  let current = alternatives(root, root);
  for (const key of path) {
    current = current.flatMap(({ properties, additionalProperties, items }) => {
      const own = (properties as Schema | undefined)?.[key] ?? additionalProperties ?? items;
      return typeof own === "object" && own !== null ? alternatives(own as Schema, root) : [];
    });
  }
  return current;
}

function alternatives(schema: Schema, root: Schema): Schema[] {
  const { $ref: reference, anyOf } = schema;
  const referred = typeof reference === "string" ? [definition(root, reference)] : [];
  const inner = [...referred, ...(Array.isArray(anyOf) ? (anyOf as Schema[]) : [])];
  return [schema, ...inner.flatMap((one) => alternatives(one, root))];
}

/** The schema behind `#/definitions/NAME`. */
function definition(root: Schema, reference: string): Schema {
  const definitions = root["definitions"] as Readonly<Record<string, Schema>>;
  return definitions[reference.slice("#/definitions/".length)] ?? {};
}
