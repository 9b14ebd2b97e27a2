/** Numbers for everything that an edge can end at: objects, and the resources that dependency lists name. */

import type { AddressParts } from "../model/address.ts";
import type { ExistingObject } from "../model/dependencies.ts";
import type { Blocks } from "./blocks.ts";
import { Rows } from "./rows.ts";

/**
 * Objects come first, numbered in address order. Behind them stand groups, made when an edge first needs one: a resource
 * in all modules instances together, or in one module instance only. Modules have numbers too, with their keys (instances)
 * and without (homes).
 */
export class Nodes {
  readonly objects: readonly ExistingObject[];
  readonly blocks: Blocks;
  /** By node: the place of the object among all that exist. */
  private readonly places: Int32Array;
  private readonly modules: Int32Array;
  private readonly homes: Int32Array;
  private readonly instances: Rows;
  private readonly byAddress = new Map<string, number>();
  private readonly moduleNumbers = new Map<string, number>();
  private readonly homeNumbers = new Map<string, number>();
  /** By block: the object whose address has no key at all, -1 when there is none. */
  private readonly unkeyed: Int32Array;
  /** Blocks with objects in a module instance. */
  private readonly resources = new Set<number>();
  private readonly groups = new Map<number, number>();
  /** Pairs of a module instance and a block are one number: so many numbers each module has. */
  private readonly stride: number;

  /** Of all existing objects those whose block is one of `wanted`; without that, all. */
  constructor(blocks: Blocks, wanted: { readonly has: (block: number) => boolean } | undefined) {
    this.blocks = blocks;
    this.stride = blocks.count;
    this.places = placesOf(blocks, wanted);
    const objects: ExistingObject[] = [];
    const blockOf = new Int32Array(this.places.length);
    this.modules = new Int32Array(this.places.length);
    this.homes = new Int32Array(this.places.length);
    this.unkeyed = new Int32Array(blocks.count).fill(-1);
    for (let node = 0; node < this.places.length; node++) {
      const place = this.places[node] as number;
      const object = blocks.objects[place] as ExistingObject;
      objects.push(object);
      blockOf[node] = blocks.ofObject[place] as number;
      this.enter(object, node, blockOf[node] as number);
    }
    this.objects = objects;
    this.instances = new Rows(blockOf, blocks.count);
  }

  /** How many numbers are taken. */
  get count(): number {
    return this.objects.length + this.groups.size;
  }

  /** Whether the number is that of an object, and not that of a group. */
  isObject(node: number): boolean {
    return node < this.objects.length;
  }

  partsOf(node: number): AddressParts {
    return (this.objects[node] as ExistingObject).parts;
  }

  object(address: string, deposed?: string): number | undefined {
    return this.byAddress.get(deposed === undefined ? address : `${address}\n${deposed}`);
  }

  /** The object's place among all that exist, by which `Blocks` knows it. */
  placeOf(node: number): number {
    return this.places[node] as number;
  }

  blockOf(node: number): number {
    return this.blocks.ofObject[this.places[node] as number] as number;
  }

  /** The module instance that an object stands in. */
  moduleOf(node: number): number {
    return this.modules[node] as number;
  }

  /** The number of a module instance, a new one when nothing stands in it. */
  moduleNumber(path: string): number {
    return numberIn(this.moduleNumbers, path);
  }

  /** The module that a block stands in, whatever the instance; `undefined` when it has no objects. */
  homeOf(block: number): number | undefined {
    return this.instanceCount(block) === 0 ? undefined : this.homes[this.instance(block, 0)];
  }

  /** The number of a module by its path without keys; `undefined` when no object stands in it. */
  home(path: string): number | undefined {
    return this.homeNumbers.get(path);
  }

  /** How many objects a block has over all module instances; they are numbered from 0. */
  instanceCount(block: number): number {
    return this.instances.start(block + 1) - this.instances.start(block);
  }

  instance(block: number, position: number): number {
    return this.instances.items[this.instances.start(block) + position] as number;
  }

  /** The object of a block that stands in no keyed module and has no key of its own; -1 when there is none. */
  unkeyedOf(block: number): number {
    return this.unkeyed[block] as number;
  }

  /** Whether no key stands in the object's address. */
  isUnkeyed(node: number): boolean {
    return (this.objects[node] as ExistingObject).address === this.blocks.addressOf(this.blockOf(node));
  }

  /** Whether the block has objects in that very module instance. */
  hasResource(module: number, block: number): boolean {
    return this.resources.has(this.pair(module, block));
  }

  /** The resource in every module instance. */
  everywhere(block: number): number {
    return this.group(this.pair(EVERYWHERE, block));
  }

  /** The resource in one module instance. */
  within(module: number, block: number): number {
    return this.group(this.pair(module, block));
  }

  /** The groups that an object belongs to, as far as edges needed them. */
  groupsOf(node: number): number[] {
    const block = this.blockOf(node);
    const own = this.groups.get(this.pair(this.moduleOf(node), block));
    const all = this.groups.get(this.pair(EVERYWHERE, block));
    return [own, all].filter((group) => group !== undefined);
  }

  private enter(object: ExistingObject, node: number, block: number): void {
    const { address, deposed, parts } = object;
    this.byAddress.set(deposed === undefined ? address : `${address}\n${deposed}`, node);
    if (deposed === undefined && address === this.blocks.addressOf(block)) this.unkeyed[block] = node;
    const module = numberIn(this.moduleNumbers, parts.module);
    this.modules[node] = module;
    this.homes[node] = numberIn(this.homeNumbers, parts.moduleConfig);
    this.resources.add(this.pair(module, block));
  }

  private pair(module: number, block: number): number {
    return (module + 1) * this.stride + block;
  }

  private group(pair: number): number {
    const known = this.groups.get(pair);
    if (known !== undefined) return known;
    const node = this.count;
    this.groups.set(pair, node);
    return node;
  }
}

/** All module instances together. */
const EVERYWHERE = -1;

function placesOf(blocks: Blocks, wanted: { readonly has: (block: number) => boolean } | undefined): Int32Array {
  const places = new Int32Array(blocks.objects.length);
  let count = 0;
  for (let place = 0; place < places.length; place++) {
    if (wanted?.has(blocks.ofObject[place] as number) ?? true) places[count++] = place;
  }
  return places.subarray(0, count);
}

function numberIn(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  numbers.set(name, numbers.size);
  return numbers.size - 1;
}
