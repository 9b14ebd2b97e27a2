/** Text in cells: what a terminal makes of it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { apart, cutMiddle, exactly, shown, span, widthOf, widthOfAll, wrapped } from "../../src/cli/explore/text.ts";

const text = fc.string({ unit: "binary", maxLength: 40 }).map(shown);
const cells = fc.integer({ min: 0, max: 30 });

test.each<[text: string, cells: number, why: string]>([
  ["aws_vpc.main", 12, "ASCII"],
  ["日本語", 6, "Han is wide"],
  ["ｶﾅ", 2, "half-width kana"],
  ["ＡＢ", 4, "full-width Latin"],
  ["한국", 4, "Hangul syllables"],
  ["e\u0301", 1, "a combining accent takes no cell"],
  ["é·…✖", 4, "signs that are narrow where East Asian ones are not"],
])("%s takes %d cells: %s", (given, width) => expect(widthOf(given)).toBe(width));

test("what terminals disagree on is spelled out", () => {
  expect(shown("a🎉b\u001b[2J\u200d❤️🇩🇪")).toMatch(/^[\x20-\x7e]+$/);
});

describe("within so many cells", () => {
  test("cut in the middle: never wider, and whole where there is room", () => {
    fc.assert(
      fc.property(text, cells, (given, width) => {
        const cut = cutMiddle(given, width);
        expect(widthOf(cut)).toBeLessThanOrEqual(width);
        if (widthOf(given) <= width) expect(cut).toBe(given);
      }),
    );
    expect(cutMiddle("module.network.aws_subnet.private[0]", 24)).toBe("module.…ubnet.private[0]");
  });

  test("filled up, and set apart: exactly as wide", () => {
    fc.assert(
      fc.property(text, text, cells, (left, right, width) => {
        expect(widthOfAll(exactly([span(left), span(right)], width))).toBe(width);
        expect(widthOfAll(apart([span(left)], [span(right)], width))).toBe(width);
      }),
    );
  });

  test("wrapped: no sign is lost, and no line is wider unless one sign alone is", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (given, width) => {
        const lines = wrapped(given, width);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(given.replaceAll(" ", ""));
      }),
    );
  });
});
