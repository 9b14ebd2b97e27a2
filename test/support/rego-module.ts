/**
 * Compiled policies made by hand: modules with OPA's own interface (https://www.openpolicyagent.org/docs/wasm, "ABI", version 1.2)
 * that do one small thing each with the input, the data or the host.
 */

import { gzipSync } from "node:zlib";
import loadWabt from "wabt";

/** What an entrypoint does. Results are the JSON that OPA's modules write: `[{"result": ...}]`. */
export type Behaviour =
  /** One result where the input holds a text, another one where not. */
  | { readonly holds: string; readonly gives: unknown; readonly otherwise: unknown }
  /** The rule's value is a list with one text: whatever stands in the input behind `behind`, up to the next quote. */
  | { readonly behind: string; readonly prefix: string }
  /** The bundle's data is the value. */
  | "echo data"
  | "undefined"
  | "trap"
  /** Calls a function of the host that there is not. */
  | "call http.send"
  /** Stops with a text of its own. */
  | "abort"
  /** Answers with what is no JSON. */
  | "babble";

const TEXTS = 1024;
const HEAP = 65536;

export async function regoModule(
  entrypoints: Readonly<Record<string, Behaviour>>,
  options: { readonly abi?: number } = {},
): Promise<Buffer> {
  const texts = new Texts();
  const bodies = Object.values(entrypoints).map((behaviour, place) => {
    return `(if (i32.eq (local.get $entrypoint) (i32.const ${place})) (then ${bodyOf(behaviour, texts)}))`;
  });
  const names = Object.fromEntries(Object.keys(entrypoints).map((name, place) => [name, place]));
  const builtins = texts.at(JSON.stringify({ "http.send": 0 }));
  const list = texts.at(JSON.stringify(names));
  const wat = `(module
    (import "env" "memory" (memory 5))
    (import "env" "opa_abort" (func $abort (param i32)))
    (import "env" "opa_builtin1" (func $builtin1 (param i32 i32 i32) (result i32)))
    (global (export "opa_wasm_abi_version") i32 (i32.const ${options.abi ?? 1}))
    (global (export "opa_wasm_abi_minor_version") i32 (i32.const 2))
    (global $heap (mut i32) (i32.const ${HEAP}))
    ${texts.data()}
    (func (export "builtins") (result i32) (i32.const ${builtins}))
    (func (export "entrypoints") (result i32) (i32.const ${list}))
    (func (export "opa_heap_ptr_get") (result i32) (global.get $heap))
    (func (export "opa_heap_ptr_set") (param $to i32) (global.set $heap (local.get $to)))
    (func (export "opa_malloc") (param $size i32) (result i32) (local $at i32)
      (local.set $at (global.get $heap))
      (global.set $heap (i32.add (i32.add (global.get $heap) (local.get $size)) (i32.const 8)))
      (local.get $at))
    ;; Values are kept as their JSON, with a NUL behind.
    (func (export "opa_json_parse") (param $at i32) (param $size i32) (result i32)
      (i32.store8 (i32.add (local.get $at) (local.get $size)) (i32.const 0))
      (local.get $at))
    (func (export "opa_json_dump") (param $at i32) (result i32) (local.get $at))
    (func (export "opa_eval_ctx_new") (result i32) (unreachable))
    (func (export "eval") (param i32) (result i32) (unreachable))
    ;; Whether the text at $a of length $n begins at $b, too.
    (func $same (param $a i32) (param $b i32) (param $n i32) (result i32)
      (block $done (loop $next
        (br_if $done (i32.eqz (local.get $n)))
        (if (i32.ne (i32.load8_u (local.get $a)) (i32.load8_u (local.get $b))) (then (return (i32.const 0))))
        (local.set $a (i32.add (local.get $a) (i32.const 1)))
        (local.set $b (i32.add (local.get $b) (i32.const 1)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
      (i32.const 1))
    ;; Behind the first place of a text in the input; 0 when it has none.
    (func $find (param $input i32) (param $size i32) (param $text i32) (param $n i32) (result i32) (local $end i32)
      (local.set $end (i32.sub (i32.add (local.get $input) (local.get $size)) (local.get $n)))
      (block $done (loop $next
        (br_if $done (i32.gt_u (local.get $input) (local.get $end)))
        (if (call $same (local.get $text) (local.get $input) (local.get $n))
          (then (return (i32.add (local.get $input) (local.get $n)))))
        (local.set $input (i32.add (local.get $input) (i32.const 1)))
        (br $next)))
      (i32.const 0))
    ;; Copies up to a sign, and answers with where it stopped to write.
    (func $copy (param $from i32) (param $to i32) (param $until i32) (result i32)
      (block $done (loop $next
        (br_if $done (i32.eq (i32.load8_u (local.get $from)) (local.get $until)))
        (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $to (i32.add (local.get $to) (i32.const 1)))
        (br $next)))
      (local.get $to))
    (func (export "opa_eval")
      (param $reserved i32) (param $entrypoint i32) (param $data i32) (param $input i32) (param $size i32) (param $free i32) (param $format i32)
      (result i32) (local $at i32)
      (local.set $free (i32.add (local.get $free) (i32.const 64)))
      ${bodies.join("\n")}
      (unreachable)))`;
  const wabt = await loadWabt();
  const parsed = wabt.parseWat("policy.wat", wat);
  try {
    return Buffer.from(parsed.toBinary({}).buffer);
  } finally {
    parsed.destroy();
  }
}

/** Strings in the module's memory. */
class Texts {
  private readonly parts: string[] = [];
  private free = TEXTS;

  at(text: string): number {
    const bytes = Buffer.from(`${text}\0`);
    const place = this.free;
    this.parts.push(
      `(data (i32.const ${place}) "${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`,
    );
    this.free += bytes.length;
    return place;
  }

  data(): string {
    return this.parts.join("\n");
  }
}

function bodyOf(behaviour: Behaviour, texts: Texts): string {
  const result = (value: unknown): number => texts.at(JSON.stringify(value === undefined ? [] : [{ result: value }]));
  if (behaviour === "undefined") return `(return (i32.const ${result(undefined)}))`;
  if (behaviour === "trap") return "(unreachable)";
  if (behaviour === "babble") return `(return (i32.const ${texts.at("not JSON")}))`;
  if (behaviour === "abort") return `(call $abort (i32.const ${texts.at("a text of the policy's own")})) (unreachable)`;
  if (behaviour === "call http.send")
    return `(return (call $builtin1 (i32.const 0) (i32.const 0) (i32.const ${texts.at("{}")})))`;
  if (behaviour === "echo data") {
    return `(local.set $at (call $copy (i32.const ${texts.at('[{"result":')}) (local.get $free) (i32.const 0)))
      (local.set $at (call $copy (local.get $data) (local.get $at) (i32.const 0)))
      (i32.store8 (call $copy (i32.const ${texts.at("}]")}) (local.get $at) (i32.const 0)) (i32.const 0))
      (return (local.get $free))`;
  }
  const needle = "holds" in behaviour ? behaviour.holds : behaviour.behind;
  const find = `(local.set $at (call $find (local.get $input) (local.get $size) (i32.const ${texts.at(needle)}) (i32.const ${Buffer.byteLength(needle)})))`;
  if ("holds" in behaviour) {
    return `${find} (if (local.get $at) (then (return (i32.const ${result(behaviour.gives)}))))
      (return (i32.const ${result(behaviour.otherwise)}))`;
  }
  return `${find}
    (if (i32.eqz (local.get $at)) (then (return (i32.const ${result([])}))))
    (local.set $size (call $copy (i32.const ${texts.at(`[{"result":["${behaviour.prefix}`)}) (local.get $free) (i32.const 0)))
    (local.set $size (call $copy (local.get $at) (local.get $size) (i32.const 34)))
    (i32.store8 (call $copy (i32.const ${texts.at('"]}]')}) (local.get $size) (i32.const 0)) (i32.const 0))
    (return (local.get $free))`;
}

/** A bundle as `opa build` packs it: a tar archive in gzip, paths with a slash in front. */
export function bundle(files: Readonly<Record<string, Buffer | string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content);
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write("0000600\0", 100);
    header.write("0000000\0", 108);
    header.write("0000000\0", 116);
    header.write(`${bytes.length.toString(8).padStart(11, "0")}\0`, 124);
    header.write("00000000000\0", 136);
    header.write("        0", 148);
    header.write("ustar\x0000", 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}
