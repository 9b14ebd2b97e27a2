/** Keys while the help or a moved block is shown over everything else. */

import type { Key } from "./keys.ts";
import { overlayLines } from "./overlay-lines.ts";
import { layoutOf, type Overlay, type State, type Step } from "./state.ts";

export function stepOverlay(state: State, overlay: Overlay, key: Key): Step {
  const closed = { state: { ...state, overlay: undefined }, effects: [] };
  const { height } = layoutOf(state.size);
  const most = Math.max(0, overlayLines(overlay, state.size.columns).length - height);
  const to = (top: number): Step => ({
    state: { ...state, overlay: { ...overlay, top: Math.min(Math.max(0, top), most) } },
    effects: [],
  });
  switch (key.name) {
    case "escape":
    case "enter":
    case "backspace":
    case "left":
      return closed;
    case "up":
      return to(overlay.top - 1);
    case "down":
      return to(overlay.top + 1);
    case "pageup":
      return to(overlay.top - height + 1);
    case "pagedown":
      return to(overlay.top + height - 1);
    case "home":
      return to(0);
    case "end":
      return to(most);
    case "sign":
      return signed(state, overlay, key.sign, closed);
    default:
      return { state, effects: [] };
  }
}

function signed(state: State, overlay: Overlay, sign: string, closed: Step): Step {
  if (sign === "q" || sign === "?" || sign === "m") return closed;
  if (sign !== "y" || overlay.kind !== "moved") return { state, effects: [] };
  if (!state.clipboard) return { state: { ...state, note: "This terminal cannot copy." }, effects: [] };
  return { state: { ...state, note: "Sent to the clipboard." }, effects: [{ kind: "copy", text: overlay.text }] };
}
