/** The door to the YAML library: loaded by those who read YAML, when they do. */

export type Yaml = typeof import("yaml");
export type { Node, Pair } from "yaml";

export function loadYaml(): Promise<Yaml> {
  return import("yaml");
}
