/** The page in a real browser: that it works, stays quick, and is usable with keys, on paper and in the dark. */

import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type RenderOptions, type Report, render } from "../../src/index.ts";
import { CHROMIUM, type OpenedPage, openPage, startBrowser } from "../support/browser.ts";
import { HOSTILE_NAMES } from "../support/hostile-names.ts";
import { reportOn, SCENARIOS } from "../support/scenarios.ts";
import { many, smallPlan } from "../support/small-plan.ts";

const OPTIONS: RenderOptions = { color: false, verbosity: "normal" };

describe.skipIf(CHROMIUM === undefined)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  async function opened(report: Report, options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> {
    const page = await openPage(browser, await render(report, "html", OPTIONS), options);
    onTestFinished(page.close);
    return page;
  }
  const scenario = async (name: string, options?: Parameters<typeof openPage>[2]): Promise<OpenedPage> => {
    const make = SCENARIOS[name];
    if (make === undefined) throw new Error(`there is no scenario ${name}`);
    return opened(await make(), options);
  };

  describe.each(Object.keys(SCENARIOS))("%s", (name) => {
    test("runs under its own policy, and asks for nothing", async () => {
      const { page, problems } = await scenario(name);
      expect(await rows(page).count()).toBeGreaterThan(0);
      expect(await page.locator("#changes-view, #radius-view, #modules-view").allInnerTexts()).not.toContainEqual(
        expect.stringContaining("needs scripts"),
      );
      expect(problems).toEqual([]);
    });

    test("says its verdict within the first screen, and is nowhere wider than it", async () => {
      for (const width of [1280, 390]) {
        const { page } = await scenario(name, { viewport: { width, height: 800 } });
        const head = await page.locator("h1").boundingBox();
        expect(head === null ? Number.POSITIVE_INFINITY : head.y + head.height).toBeLessThan(300);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      }
    });
  });

  describe("the table of changes", () => {
    test("is searched by every word, and says how many are left", async () => {
      const { page } = await scenario("findings");
      await page.getByLabel("Search").fill("route53 service");
      expect(await names(page)).toEqual(["admin", "api", "www"].map((key) => `aws_route53_record.service["${key}"]`));
      expect(await page.getByRole("status").innerText()).toBe("3 of 53 changes");
      await page.getByLabel("Search").fill("");
      await page.getByLabel("Show", { exact: true }).selectOption("data");
      expect(await rows(page).count()).toBe(6);
    });

    test("is sorted by its headings, and goes back to the worst first", async () => {
      const { page } = await scenario("findings");
      const worst = await names(page);
      const heading = page.getByRole("columnheader", { name: "Object" });
      await heading.getByRole("button").click();
      expect(await heading.getAttribute("aria-sort")).toBe("ascending");
      const ascending = await names(page);
      expect(ascending).toEqual([...ascending].sort());
      await heading.getByRole("button").click();
      expect((await names(page))[0]).not.toBe(ascending[0]);
      await heading.getByRole("button").click();
      expect(await names(page)).toEqual(worst);
      await page.getByRole("columnheader", { name: "Depend on it" }).getByRole("button").click();
      expect((await names(page))[0]).toBe("module.network.aws_vpc.this");
    });

    test("unfolds why, and what depends on it", async () => {
      const { page } = await scenario("findings");
      const row = page.locator("button.object", { hasText: "module.network.aws_vpc.this" });
      await page.getByLabel("Search").fill("aws_vpc.this");
      await row.press("Enter");
      expect(await row.getAttribute("aria-expanded")).toBe("true");
      const detail = await page.locator("tr.detail:not([hidden])").innerText();
      expect(detail).toContain("Cause: cidr_block cannot be changed in place");
      expect(detail).toContain("aws_internet_gateway.main");
    });
  });

  describe("the graph", () => {
    test("shows for a resource the way on which it is reached, and what it takes with it", async () => {
      const { page } = await scenario("findings");
      await node(page, "module.eks.aws_eks_cluster.main").click();
      const panel = page.getByRole("complementary", { name: "The chosen object" });
      expect(await panel.locator("ol").first().locator("li").allInnerTexts()).toEqual([
        expect.stringMatching(/^module\./),
        "module.eks.aws_eks_cluster.main",
      ]);
      const said = await panel.innerText();
      expect(said).toMatch(/Reached from \d+ ending objects/);
      expect(said).toContain("5 objects depend on it");
      expect(said).toContain("kubernetes_namespace.shop");
      expect(await page.locator(".node.on").count()).toBeGreaterThan(5);
      await panel.getByRole("button", { name: "Show only what is around it" }).click();
      expect(await page.locator(".scope").innerText()).toContain("Around module.eks.aws_eks_cluster.main");
      await page.getByRole("button", { name: "Overview" }).click();
      expect(await page.locator(".node").count()).toBeGreaterThan(30);
    });

    test("is zoomed and moved, with the mouse and with buttons", async () => {
      const { page } = await scenario("findings");
      const stage = page.locator("svg.stage");
      const view = async (): Promise<number[]> => ((await stage.getAttribute("viewBox")) ?? "").split(" ").map(Number);
      const [, , before = 0] = await view();
      await page.getByRole("button", { name: "Zoom in" }).click();
      const [, , nearer = 0] = await view();
      expect(nearer).toBeCloseTo(before * 0.8, 0);
      await stage.scrollIntoViewIfNeeded();
      const box = await stage.boundingBox();
      if (box === null) throw new Error("the graph is not to be seen");
      const [x, y] = [box.x + box.width / 2, box.y + 40];
      const [left = 0] = await view();
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 100, y, { steps: 5 });
      await page.mouse.up();
      expect((await view())[0]).toBeLessThan(left - 50);
      expect(await page.getByRole("complementary").isVisible()).toBe(false);
      const scrolled = await page.evaluate("scrollY");
      await page.keyboard.down("Control");
      await page.mouse.wheel(0, 300);
      await page.keyboard.up("Control");
      await expect.poll(async () => (await view())[2]).toBeGreaterThan(nearer * 1.2);
      expect(await page.evaluate("scrollY")).toBe(scrolled);
    });

    test("is walked with arrow keys", async () => {
      const { page } = await scenario("waived");
      await page.locator(".node[tabindex='0']").focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      const panel = page.getByRole("complementary");
      expect(await panel.innerText()).toContain("aws_lambda_function.api");
      await page.keyboard.press("Escape");
      expect(await panel.isVisible()).toBe(false);
    });

    test("shows any object of a large plan, from the table", async () => {
      const { page } = await scenario("huge");
      expect(await page.locator(".node").count()).toBe(2);
      await page.getByLabel("Search").fill("module.cell7.aws_instance.n42");
      await page.getByRole("button", { name: "module.cell7.aws_instance.n42" }).click();
      await page.getByRole("button", { name: "Show in the graph" }).click();
      expect(await page.getByRole("complementary").innerText()).toContain("module.cell7.aws_instance.n42");
      expect(await page.locator(".node.chosen").count()).toBe(1);
    });

    test("follows a long way step by step", async () => {
      const chain = Object.fromEntries(
        Array.from({ length: 12 }, (_, at) => [
          `aws_instance.n${at}`,
          { fate: at === 0 ? "replace" : "update", dependsOn: at === 0 ? [] : [`aws_instance.n${at - 1}`] } as const,
        ]),
      );
      const { page } = await opened(await reportOn({ "plan.json": smallPlan({ objects: chain }) }, { actor: "agent" }));
      await page.getByRole("button", { name: "Show all" }).click();
      await node(page, "aws_instance.n11").click();
      expect(await page.getByRole("complementary").locator("ol li").last().innerText()).toBe("aws_instance.n11");
    });
  });

  describe("the treemap", () => {
    test("has areas as large as modules are, and opens their changes", async () => {
      const { page } = await scenario("findings");
      const area = async (name: string): Promise<number> => {
        const rect = page.locator(".tile", { hasText: name }).locator("rect.all").last();
        return Number(await rect.getAttribute("width")) * Number(await rect.getAttribute("height"));
      };
      const perObject = [(await area("module.network")) / 14, (await area("module.app")) / 12];
      expect(Math.max(...perObject) / Math.min(...perObject)).toBeLessThan(1.3);
      await page.getByRole("button", { name: /^module\.eks 4 to 5 of 8 end/ }).press("Enter");
      expect(await page.getByLabel("Search").inputValue()).toBe("module.eks.");
      expect((await names(page)).every((name) => name.startsWith("module.eks."))).toBe(true);
    });

    test("is a table for who listens", async () => {
      const { page } = await scenario("findings");
      await page.getByText("The same as a table").click();
      const row = page.locator("details tr", { hasText: "module.network" });
      expect(await row.locator("th, td").allInnerTexts()).toEqual(["module.network", "14", "8 to 14", "0"]);
    });
  });

  describe("2,000 changes and more", () => {
    test("stay smooth", async () => {
      const { page } = await scenario("huge");
      expect(await rows(page).count()).toBe(50);
      const slowest = await page.evaluate(KEYSTROKES);
      // A tenth of a second is what people take for at once; a loaded machine gets three.
      expect(slowest).toBeLessThan(300);
      await page.getByLabel("Search").fill("");
      await page.getByRole("button", { name: "Last" }).click();
      expect(await page.locator(".pages").innerText()).toContain("2951 to 3000 of 3000");
    });

    test("so does one object on which 1,000 depend", async () => {
      const objects = {
        "aws_vpc.main": "replace" as const,
        ...many(1000, "aws_instance", { fate: "update", dependsOn: ["aws_vpc.main"] }),
      };
      const { page, problems } = await opened(
        await reportOn({ "plan.json": smallPlan({ objects }) }, { actor: "agent" }),
      );
      const before = Date.now();
      await page.getByRole("button", { name: "aws_vpc.main" }).first().click();
      expect(await page.getByRole("complementary").innerText()).toContain("1000 objects depend on it");
      expect(Date.now() - before).toBeLessThan(3000);
      expect(problems).toEqual([]);
    });
  });

  test("light and dark are the system's, until somebody chooses", async () => {
    const background = (page: Page): Promise<string> =>
      page.evaluate("getComputedStyle(document.body).backgroundColor");
    const light = await scenario("findings", { colorScheme: "light" });
    const dark = await scenario("findings", { colorScheme: "dark" });
    const [bright, dim] = [await background(light.page), await background(dark.page)];
    expect(dim).not.toBe(bright);
    const control = dark.page.getByRole("button", { name: /Theme/ });
    await control.click();
    expect(await background(dark.page)).toBe(bright);
    await control.click();
    expect([await control.innerText(), await background(dark.page)]).toEqual(["Theme: dark", dim]);
  });

  test("every text stands out from its ground, in light and in dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const name of ["findings", "range", "waived", "undecided"]) {
        const { page } = await scenario(name, { colorScheme });
        expect(await page.evaluate(LOW_CONTRAST), `${name} ${colorScheme}`).toEqual([]);
      }
    }
  });

  test("on paper there are all rows, as many as anybody reads, and nothing to press", async () => {
    const printed = async (name: string) => {
      const { page } = await scenario(name, { colorScheme: "dark" });
      await page.emulateMedia({ media: "print" });
      await page.evaluate("dispatchEvent(new Event('beforeprint'))");
      return page;
    };
    const page = await printed("findings");
    expect(await rows(page).count()).toBe(53);
    expect(await page.getByRole("navigation").isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Zoom in" }).isVisible()).toBe(false);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await rows(page).count()).toBe(50);
    expect(await rows(await printed("huge")).count()).toBe(500);
  });

  test("without a script it says the verdict, the limits and the losses, and what is missing", async () => {
    const { page } = await scenario("findings", { javaScriptEnabled: false });
    expect(await page.locator("h1").innerText()).toContain("FAIL");
    expect(await page.locator(".limits tbody tr").count()).toBe(5);
    expect(await page.locator(".losses li").count()).toBe(10);
    expect(await page.locator("#changes-view").innerText()).toContain("needs scripts");
  });

  test("200 hostile names make no element, no script, no request", async () => {
    const objects = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [`aws_db_instance.x[${JSON.stringify(name)}]`, "replace" as const]));
    const report = async (names: readonly string[], input: string): Promise<Report> =>
      reportOn(
        {
          [input]: smallPlan({ objects: objects(names) }),
          "b.json": smallPlan({ objects: { "aws_s3_bucket.b": "delete" } }),
        },
        { actor: "agent", environment: input },
      );
    const hostile = await opened(await report(HOSTILE_NAMES, HOSTILE_NAMES[33] ?? ""));
    const plain = await opened(
      await report(
        HOSTILE_NAMES.map((_, at) => `plain${at}`),
        "a.json",
      ),
    );
    for (const { page } of [hostile, plain]) {
      await page.getByRole("button", { name: "Next" }).click();
      for (const button of (await page.locator("button.object").all()).slice(0, 3)) await button.click();
      await page.locator(".node").first().press("Enter");
    }
    expect(hostile.problems).toEqual([]);
    expect(await hostile.page.evaluate(ELEMENTS)).toEqual(await plain.page.evaluate(ELEMENTS));
    const said = await hostile.page.evaluate<string>(ALL_TEXT);
    expect(said).toContain("hostilemark");
    expect(said).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/);
  });
});

/** Types a long address sign by sign; the longest that one sign took until the table was laid out again, in milliseconds. */
const KEYSTROKES = `(() => {
  const search = document.getElementById("search");
  let slowest = 0;
  for (let end = 1; end <= 24; end++) {
    const before = performance.now();
    search.value = "module.cell7.aws_instance".slice(0, end);
    search.dispatchEvent(new Event("input"));
    document.body.getBoundingClientRect();
    slowest = Math.max(slowest, performance.now() - before);
  }
  return slowest;
})()`;

/** Which kinds of elements there are, beside those of which there are as many as there are names. */
const ELEMENTS = `[...new Set([...document.querySelectorAll("*")].map((one) => one.localName))].sort()`;

/** Texts and attributes of the page, without script and data. */
const ALL_TEXT = `[...document.querySelectorAll("body *:not(script)")].flatMap((one) => [
  ...[...one.childNodes].filter((child) => child.nodeType === 3).map((child) => child.data),
  ...[...one.attributes].map((attribute) => attribute.value),
]).join("\\n")`;

/** Texts whose contrast with what is behind them is below WCAG's 4.5; inside of drawings the eye judges. */
const LOW_CONTRAST = `(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const channels = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((one) => one / 255).map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = channels(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll("body *:not(script, svg, svg *, option, :disabled)")) {
    if (![...element.childNodes].some((child) => child.nodeType === 3 && child.data.trim() !== "")) continue;
    const [one, other] = [light(channels(getComputedStyle(element).color)), light(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) found.push(contrast.toFixed(2) + " " + element.localName + "." + element.className + " " + element.textContent.slice(0, 40));
  }
  return found;
})()`;

/** Rows of the table of changes, without those that are unfolded. */
function rows(page: Page): Locator {
  return page.locator(".changes tbody tr:not(.detail)");
}

/** Addresses in the order of the rows. */
function names(page: Page): Promise<string[]> {
  return rows(page).locator("th code").allInnerTexts();
}

function node(page: Page, address: string): Locator {
  return page.locator(".node", { has: page.locator("title", { hasText: address }) });
}
