/** Light or dark: as the system has it, until somebody chooses. */

import { button, fill, setAttribute } from "./element.ts";

const SCHEMES = ["auto", "light", "dark"] as const;

export function themeSwitch(place: Element): void {
  let at = 0;
  const show = (): void => {
    const scheme = SCHEMES[at] ?? "auto";
    setAttribute(document.documentElement, "data-scheme", scheme === "auto" ? undefined : scheme);
    fill(control, `Theme: ${scheme}`);
  };
  const control = button("", { class: "small" }, () => {
    at = (at + 1) % SCHEMES.length;
    show();
  });
  fill(place, control);
  show();
}
