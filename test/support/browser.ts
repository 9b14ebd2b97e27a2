/** A real browser, where there is one: pages are opened from a file, as people do it. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of Chromium; `undefined` where there is none. */
export const CHROMIUM = PLACES.find((path) => existsSync(path));
if (CHROMIUM === undefined)
  console.info("No Chromium: tests that need a browser are skipped. On Debian: apt-get install chromium");

/** @throws where there is no Chromium */
export function startBrowser(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error("there is no Chromium");
  // Its sandbox does not run as root, which is who containers run as.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

export interface OpenedPage {
  readonly page: Page;
  /** What the console and the browser complained about, and each address beside the file that was asked for. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

/** Opens text as a file of its own; waits until its script has run. */
export async function openPage(
  browser: Browser,
  text: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-page-"));
  const url = pathToFileURL(join(folder, "report.html")).href;
  writeFileSync(join(folder, "report.html"), text);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => void problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => void problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url && !request.url().startsWith("data:")) problems.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  const close = async (): Promise<void> => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { page, problems, close };
}
