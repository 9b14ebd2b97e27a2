/** What a live input names: `cfn://[region/]stack/change-set`, `cfn-delete://[region/]stack`, or an ARN. */

import { FirebreakError } from "../../model/error.ts";

/** A change set, or the deletion of a whole stack. */
export type LiveTarget = {
  /** As the user wrote it. */
  readonly input: string;
  /** Absent: the one that the environment or the profile says. */
  readonly region: string | undefined;
} & (
  | {
      readonly kind: "change-set";
      /** Absent when the change set is named by its ARN. */
      readonly stack: string | undefined;
      /** Name or ARN. */
      readonly changeSet: string;
    }
  | { readonly kind: "deletion" /** Name or ARN. */; readonly stack: string }
);

const REGION = "[a-z]{2,}(?:-[a-z]+)+-\\d+";
/** Names as CloudFormation allows them. */
const NAME = "[A-Za-z][A-Za-z0-9-]*";
const CHANGE_SET = new RegExp(`^(?:(${REGION})/)?(${NAME})/(${NAME})$`);
const STACK = new RegExp(`^(?:(${REGION})/)?(${NAME})$`);
const ARN = new RegExp(`^arn:aws[\\w-]*:cloudformation:(${REGION}):\\d{12}:(changeSet|stack)/${NAME}/[\\w-]+$`);

/** @throws FirebreakError `bad-usage` */
export function parseTarget(input: string): LiveTarget {
  const [, scheme = "cfn", name = ""] = /^(?:(cfn(?:-delete)?):\/\/)?(.*)$/s.exec(input) ?? [];
  return scheme === "cfn" ? changeSetNamed(input, name) : stackNamed(input, name);
}

function changeSetNamed(input: string, name: string): LiveTarget {
  const [, arnRegion, what] = ARN.exec(name) ?? [];
  if (what === "changeSet") {
    return { kind: "change-set", input, region: arnRegion, stack: undefined, changeSet: name };
  }
  if (what === "stack") {
    throw new FirebreakError("bad-usage", `${input}: this names a stack, not a change set`, {
      hint: `Name the change set: cfn://STACK/CHANGE_SET. To judge the deletion of the stack: firebreak check cfn-delete://${name}`,
    });
  }
  const [, region, stack, changeSet] = CHANGE_SET.exec(name) ?? [];
  if (stack === undefined || changeSet === undefined) throw malformed(input);
  return { kind: "change-set", input, region, stack, changeSet };
}

function stackNamed(input: string, name: string): LiveTarget {
  const [, arnRegion, what] = ARN.exec(name) ?? [];
  if (what === "stack") return { kind: "deletion", input, region: arnRegion, stack: name };
  const [, region, stack] = STACK.exec(name) ?? [];
  if (stack === undefined) throw malformed(input);
  return { kind: "deletion", input, region, stack };
}

function malformed(input: string): FirebreakError {
  return new FirebreakError("bad-usage", `${input}: this names no change set and no stack`, {
    hint: "Write cfn://[region/]stack/change-set, cfn-delete://[region/]stack, or an ARN in the place of the names.",
  });
}
