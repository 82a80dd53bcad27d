import type { Browser, Page as BrowserPage, Route } from "playwright-core";
import { bundlePage } from "../../build/page";
import { pageAssets } from "../../local/page/server/assets";
import { type PageServer, startPageServer } from "../../local/page/server/page-server";
import { axeViolations, chromiumPath, startChromium, WITHOUT_CHROMIUM } from "../support/chromium";
import { pageState } from "../support/page-state";
import { skippedUnless } from "../support/skipped";

const { describe } = skippedUnless(chromiumPath, WITHOUT_CHROMIUM);

const SCHEMES = ["light", "dark"] as const;
const WIDTHS = [1280, 400];

describe("the local page in a browser", () => {
  let browser: Browser;
  let server: PageServer;
  let page: BrowserPage;
  /** What the browser complains of. */
  const complaints: string[] = [];
  const requested = new Set<string>();

  beforeAll(async () => {
    server = await startPageServer({ assets: pageAssets(bundlePage()), sections: [] });
    browser = await startChromium();
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (one) => requested.add(new URL(one.url()).origin));
    server.show(pageState);
    await page.goto(server.url, { waitUntil: "domcontentloaded" });
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it("shows steps, resources and services of a start as they come up", async () => {
    server.show(pageState);
    await page.getByText("1 of 3 steps done").waitFor();
    await page.getByText("aws_s3_bucket_policy.this, applying").waitFor();
    await page.getByText("http://127.0.0.1:9200").waitFor();
    expect(await page.getByRole("banner").textContent()).toContain("Starting");

    server.show({ ...pageState, phase: "running", plan: "Plan: 25 to add, 0 to change, 0 to destroy." });
    await page.getByText("Plan: 25 to add").waitFor();
    expect(await page.getByRole("banner").textContent()).toContain("Running");
    // It makes room for the lanes, and can be opened again by the keyboard.
    expect(await page.getByText("Check prerequisites").isVisible()).toBe(false);
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Check prerequisites").waitFor();
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    server.show(pageState);
    await page.getByText("Starting").waitFor();
    for (const colorScheme of SCHEMES) {
      for (const width of WIDTHS) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        expect(await axeViolations(page)).toEqual([]);
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      }
    }
  });

  it("asks nobody but its own server, and its policy blocks nothing of it", () => {
    expect([...requested]).toEqual([new URL(server.url).origin]);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["the connection is lost", (route: Route) => route.abort()],
    ["too many pages are open", (route: Route) => route.fulfill({ status: 503, json: {} })],
  ])("says so when %s, and goes on when there is one again", async (_, answer) => {
    await page.route("**/api/state", answer);
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.getByText("No connection").waitFor();
    await page.unroute("**/api/state");
    await page.getByText("Starting").waitFor();
  });
});
