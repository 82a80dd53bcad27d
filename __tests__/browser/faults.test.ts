import type { Browser, Page as BrowserPage } from "playwright-core";
import { bundlePage } from "../../build/page";
import { pageAssets } from "../../local/page/server/assets";
import { type PageServer, startPageServer } from "../../local/page/server/page-server";
import { jsonBody, PageError, type PageSection } from "../../local/page/server/section";
import type { ExperimentCounts, FaultsState, PageFault } from "../../local/page/shared/faults";
import { chromiumPath, expectAccessible, startChromium, WITHOUT_CHROMIUM } from "../support/chromium";
import { pageState } from "../support/page-state";
import { skippedUnless } from "../support/skipped";

const { describe } = skippedUnless(chromiumPath, WITHOUT_CHROMIUM);

// On a machine that does much else, a browser takes its time.
jest.setTimeout(120_000);

const killed: PageFault = {
  ...{ id: "function-killed", title: "Kill the function", site: "function", status: "off", strikes: 0 },
  ...{ does: "All processes are killed.", expect: "Lambda repeats what was not acknowledged." },
};
const storm: PageFault = { ...killed, id: "engine-429", title: "429 storm", site: "search engine" };
const full: PageFault = { ...storm, id: "disk-full", title: "Full disk", status: "unavailable" };
const counts: ExperimentCounts = {
  ...{ put: 1_200, indexed: 900, archived: 800, inFlight: 400, lost: 0, duplicated: 0 },
  ...{ rejected: 0, deadLettered: 0, unreadable: [], phase: "faults" },
};
const HOSTILE = `<img src=x onerror="document.title='harm'"> denied`;

describe("the page's faults in a browser", () => {
  let browser: Browser;
  let server: PageServer;
  let page: BrowserPage;
  let posted: unknown[];
  let failure: string | undefined;

  const section: PageSection = {
    routes: Object.fromEntries(
      (["begin", "heal"] as const).map((name) => [
        `POST api/faults/${name}`,
        {
          async handle(request: Parameters<typeof jsonBody>[0]) {
            posted.push([name, jsonBody(request)]);
            if (failure !== undefined) throw new PageError(failure, 502);
            return { json: {} };
          },
        },
      ]),
    ),
  };
  const show = (faults: FaultsState) => server.show({ ...pageState, phase: "running", faults });
  const button = (name: string) => page.getByRole("button", { name, exact: true });

  beforeAll(async () => {
    server = await startPageServer({ assets: pageAssets(bundlePage()), sections: [section] });
    browser = await startChromium();
    page = await browser.newPage();
    await page.goto(`${server.url}#/faults`, { waitUntil: "domcontentloaded" });
  });
  beforeEach(() => {
    posted = [];
    failure = undefined;
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  it("says when faults cannot be tried yet", async () => {
    server.show(pageState);
    await page.getByText("once the start has ended").waitFor();
  });

  it("begins a fault by its button, shows what becomes of the events, and heals it", async () => {
    show({ faults: [killed, storm, full] });
    await page.getByText("Choose a fault").waitFor();
    expect(await button("Heal all").isDisabled()).toBe(true);
    await button("Break").first().click();
    show({ faults: [{ ...killed, status: "on", strikes: 1_234 }, storm, full], experiment: counts });
    await page.getByText("Broken: Kill the function.").waitFor();
    await page.getByText("struck 1,234 times").waitFor();
    expect(await page.locator(".counts").textContent()).toMatch(/^put1,200.*in flight400/);
    await button("Heal").click();
    await button("Heal all").click();
    show({ faults: [killed, storm, full], experiment: { ...counts, phase: "healed" } });
    await page.getByText("Healed: 400 events in flight").waitFor();
    expect(posted).toEqual([
      ["begin", { id: "function-killed" }],
      ["heal", { id: "function-killed" }],
      ["heal", {}],
    ]);
  });

  it.each([
    [{ lost: 0, duplicated: 0 }, "Healed: 0 lost, 0 duplicated, of 1,200 events.", "good"],
    [{ lost: 1, duplicated: 2 }, "It is over: 1 lost, 2 duplicated, of 1,200 events.", "bad"],
  ])("says in the end what was lost and duplicated: %o", async (outcome, text, kind) => {
    show({ faults: [killed], experiment: { ...counts, ...outcome, inFlight: 0, phase: "over" } });
    await page.locator(`.status.${kind}`, { hasText: text }).waitFor();
  });

  it("says why a fault could not begin, and offers none of an engine that is the user's", async () => {
    failure = "Kill the function: no such process";
    show({ faults: [killed, full] });
    await button("Break").first().click();
    await page.getByRole("alert").getByText(failure).waitFor();
    expect(await button("Break").nth(1).isDisabled()).toBe(true);
    await page.getByText("Not with a search engine of your own.").waitFor();
  });

  it("shows the function's last error as text, whatever is in it", async () => {
    show({ faults: [killed], experiment: counts, lastError: HOSTILE });
    await page.getByText(HOSTILE).waitFor();
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.title()).toBe("Break things · Logging pipeline");
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    show({
      faults: [{ ...killed, status: "on", strikes: 3, error: "x" }, storm, full],
      experiment: { ...counts, lost: 1 },
      lastError: "e".repeat(300),
    });
    await page.getByText("struck 3 times").waitFor();
    await expectAccessible(page);
  });
});
