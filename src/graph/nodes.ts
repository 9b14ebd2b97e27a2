/** Numbers for everything that an edge can end at: objects, and the resources that dependency lists name. */

import type { AddressParts } from "../model/address.ts";
import type { ExistingObject } from "../model/dependencies.ts";

/**
 * Objects come first, numbered in address order. Behind them stand groups, made when an edge first needs one: a resource
 * in all modules instances together (by configuration address), or in one module instance only.
 */
export class Nodes {
  readonly objects: readonly ExistingObject[];
  private readonly byAddress = new Map<string, number>();
  /** By configuration address, then by module instance; `EVERYWHERE` for all of them together. */
  private readonly groups = new Map<string, Map<string, number>>();
  private groupCount = 0;
  private readonly byConfig = new Map<string, number[]>();
  private readonly resources = new Set<string>();

  constructor(objects: readonly ExistingObject[]) {
    this.objects = objects;
    objects.forEach(({ address, deposed, parts }, node) => {
      this.byAddress.set(deposed === undefined ? address : `${address}\n${deposed}`, node);
      const { config, resource } = parts;
      this.resources.add(resource);
      const instances = this.byConfig.get(config);
      if (instances) instances.push(node);
      else this.byConfig.set(config, [node]);
    });
  }

  /** How many numbers are taken. */
  get count(): number {
    return this.objects.length + this.groupCount;
  }

  partsOf(node: number): AddressParts {
    return (this.objects[node] as ExistingObject).parts;
  }

  object(address: string, deposed?: string): number | undefined {
    return this.byAddress.get(deposed === undefined ? address : `${address}\n${deposed}`);
  }

  /** All objects of one resource block, over all module instances. */
  instancesOf(config: string): readonly number[] {
    return this.byConfig.get(config) ?? [];
  }

  /** The module path without keys in which a block stands; `undefined` when it has no objects. */
  moduleOf(config: string): string | undefined {
    const [first] = this.instancesOf(config);
    return first === undefined ? undefined : this.partsOf(first).moduleConfig;
  }

  /** Whether the resource has objects in that very module instance; its address without its own key. */
  hasResource(resource: string): boolean {
    return this.resources.has(resource);
  }

  /** The resource in every module instance. */
  everywhere(config: string): number {
    return this.within(EVERYWHERE, config);
  }

  /** The resource in one module instance; both addresses without the resource's own key. */
  within(module: string, config: string): number {
    let ofBlock = this.groups.get(config);
    if (ofBlock === undefined) {
      ofBlock = new Map();
      this.groups.set(config, ofBlock);
    }
    const known = ofBlock.get(module);
    if (known !== undefined) return known;
    const node = this.count;
    ofBlock.set(module, node);
    this.groupCount++;
    return node;
  }

  /** The groups that an object belongs to, as far as edges needed them. */
  groupsOf(node: number): number[] {
    const { module, config } = this.partsOf(node);
    const ofBlock = this.groups.get(config);
    if (ofBlock === undefined) return [];
    return [ofBlock.get(module), ofBlock.get(EVERYWHERE)].filter((group) => group !== undefined);
  }
}

/** No module path: there is none that is one sign long. */
const EVERYWHERE = "*";
