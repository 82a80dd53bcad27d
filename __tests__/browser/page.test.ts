import fc from "fast-check";
import type { Browser, Page as BrowserPage, Route } from "playwright-core";
import { bundlePage } from "../../build/page";
import { type PutSection, putSection } from "../../local/page/put/section";
import type { QuarantineSection } from "../../local/page/quarantine/section";
import { searchSection } from "../../local/page/search/section";
import { pageAssets } from "../../local/page/server/assets";
import { type PageServer, startPageServer } from "../../local/page/server/page-server";
import { chromiumPath, expectAccessible, startChromium, WITHOUT_CHROMIUM } from "../support/chromium";
import { type FakeSearchEndpoint, startFakeSearchEndpoint } from "../support/fake-search-endpoint";
import { pageLane, pageState } from "../support/page-state";
import { type PutPipeline, startPutPipeline } from "../support/put-pipeline";
import { QUARANTINE_BUCKET } from "../support/quarantined";
import { type S3Server, startS3 } from "../support/s3-server";
import { skippedUnless } from "../support/skipped";
import { lanesCases } from "./lanes-cases";
import { putCases } from "./put-cases";
import { FakeReplays, quarantineCases, quarantineOf } from "./quarantine-cases";
import { searchCases } from "./search-cases";

const { describe } = skippedUnless(chromiumPath, WITHOUT_CHROMIUM);

// On a machine that does much else, a browser takes its time.
jest.setTimeout(120_000);

describe("the local page in a browser", () => {
  let browser: Browser;
  let server: PageServer;
  let engine: FakeSearchEndpoint;
  let pipeline: PutPipeline;
  let put: PutSection;
  let s3: S3Server;
  let quarantine: QuarantineSection;
  const replays = new FakeReplays();
  let page: BrowserPage;
  /** What the browser complains of. */
  const complaints: string[] = [];
  const requested = new Set<string>();

  beforeAll(async () => {
    engine = await startFakeSearchEndpoint();
    const search = { endpoint: engine.origin, indexPattern: "cwl-*" };
    pipeline = await startPutPipeline();
    const targets = [
      ...["/app/bar", "foo"].map((name) => ({ kind: "log group" as const, name })),
      { kind: "access logs" as const, name: "bucket" },
    ];
    put = putSection({ session: {}, targets: () => targets, puts: () => pipeline.puts });
    s3 = await startS3(QUARANTINE_BUCKET);
    quarantine = quarantineOf(s3, search, replays);
    const sections = [searchSection(() => ({ search, s3: undefined, archive: undefined })), put, quarantine];
    server = await startPageServer({ assets: pageAssets(bundlePage()), sections });
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
    await Promise.all([engine.stop(), s3.stop(), pipeline.stop()]);
  });

  it("shows steps, resources and services of a start as they come up", async () => {
    server.show(pageState);
    await page.getByText("1 of 3 steps done").waitFor();
    await page.getByText("aws_s3_bucket_policy.this, applying").waitFor();
    await page.getByText("http://127.0.0.1:9200").waitFor();
    expect(await page.getByRole("banner").textContent()).toContain("Starting");
    await page.getByText("1 of 2 resources · 1 s", { exact: true }).waitFor();
    server.show({ ...pageState, at: 67 });
    await page.getByText("1 of 2 resources · 1 min 5 s", { exact: true }).waitFor();
    // A phone has room for both, one below the other.
    await page.setViewportSize({ width: 400, height: 800 });
    expect((await page.getByText("log-archive: apply").boundingBox())!.height).toBeLessThan(30);
    await page.setViewportSize({ width: 1280, height: 800 });
    // Who hears the page would hear nothing else.
    const live = ["[aria-live]", ...["alert", "log", "status", "timer"].map((role) => `[role=${role}]`)];
    expect(await page.locator(`:is(${live}) .step`).count()).toBe(0);

    server.show({ ...pageState, phase: "running", plan: "Plan: 25 to add, 0 to change, 0 to destroy." });
    await page.getByText("Plan: 25 to add").waitFor();
    expect(await page.getByRole("banner").textContent()).toContain("Running");
    // It makes room for the lanes, and can be opened again by the keyboard.
    expect(await page.getByText("Check prerequisites").isVisible()).toBe(false);
    await page.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Check prerequisites").waitFor();
  });

  describe("lanes", () => lanesCases(() => ({ page, server })));

  it("makes no HTML of any text", async () => {
    await page.evaluate("window.hostile = 0");
    const parts = fc.constantFrom(
      ...[
        "<img src=x onerror=hostile++>",
        "<script>hostile++</script>",
        "</title>",
        "<!--",
        "]]>",
        "&lt;b&gt;",
        "\u202e",
      ],
      ...["javascript:hostile++", "' onload='hostile++", '"><svg onload=hostile++>', "\0", "{{hostile++}}", "\u2028"],
    );
    const text = fc.array(fc.oneof(parts, fc.string({ unit: "grapheme-composite" })), { minLength: 1, maxLength: 6 });
    const hostile = text.map((some) => `a${some.join("")}z`);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (title, output, name) => {
        const node = { kind: "log group" as const, name, address: name };
        server.show({
          ...pageState,
          phase: "starting",
          steps: [{ title, status: "running", output, resources: [{ address: name, status: "failed" }] }],
          services: [{ name, url: title, status: "up" }],
          plan: output,
          lanes: [{ ...pageLane, title, sources: [node] }],
          cost: { usd: 1, fixedUsd: 1, lanes: {}, assumption: output },
        });
        const shown = () =>
          page.evaluate(
            `[".step .wrap", ".cost .quiet", ".node .wrap"].map((one) => document.querySelector(one)?.textContent)`,
          );
        const expected = JSON.stringify([title, output, name]);
        const endMs = Date.now() + 30_000;
        while (JSON.stringify(await shown()) !== expected && Date.now() < endMs);
        expect(await shown()).toEqual([title, output, name]);
        expect(await page.evaluate("document.querySelectorAll('#page script, #page img, #page svg').length")).toBe(0);
      }),
      { numRuns: 30, endOnFailure: true },
    );
    expect(await page.evaluate("window.hostile")).toBe(0);
  }, 120_000);

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    server.show({ ...pageState, lanes: [pageLane, { ...pageLane, id: "other", title: "bar", isAlive: false }] });
    await page.getByText("Starting").waitFor();
    await expectAccessible(page);
  });

  describe("search", () => searchCases(() => ({ page, engine, url: server.url, server })));

  describe("put", () => {
    afterAll(() => server.show(pageState));
    putCases(() => ({ page, server, section: put, pipeline }));
  });

  describe("quarantine", () =>
    quarantineCases(() => ({ page, engine, s3, quarantine, replays, url: server.url, server })));

  it("asks nobody but its own server, and its policy blocks nothing of it", () => {
    expect([...requested]).toEqual([new URL(server.url).origin]);
    // The answers that the cases above ask for.
    expect(complaints.filter((text) => !/^Failed to load resource: .* status of (?:400|502) /.test(text))).toEqual([]);
  });

  it.each([
    ["the connection is lost", (route: Route) => route.abort(), "The pipeline does not answer"],
    [
      "too many pages are open",
      (route: Route) => route.fulfill({ status: 503, json: { error: "Close one of them." } }),
      "Close one of them.",
    ],
    [
      "another pipeline has the port",
      (route: Route) => route.fulfill({ status: 404, json: { error: "There is no such page." } }),
      "Something else answers at this link’s address: the pipeline of this link has ended.",
    ],
  ])("says so when %s, and goes on when there is one again", async (_, answer, why) => {
    await page.route("**/api/state", answer);
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.getByRole("alert").getByText(why).waitFor();
    expect(await page.getByRole("banner").textContent()).toContain("No connection");
    await page.unroute("**/api/state");
    await page.getByText("Starting").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("says so when nothing comes any more, and then asks again for what it could not ask", async () => {
    engine.lines = [{ time: Date.now() - 1_000, group: "foo", message: "a" }];
    const other = await browser.newPage();
    await other.clock.install();
    await other.goto(`${server.url}#/search`, { waitUntil: "domcontentloaded" });
    await other.getByText("1 event", { exact: true }).waitFor();
    const held: Route[] = [];
    await other.route("**/api/state", (route) => void held.push(route));
    await other.route("**/api/search?**", (route) => route.abort());
    await other.getByRole("button", { name: "Search" }).click();
    const failed = other.getByText("The pipeline does not answer. Has npm start ended?");
    await failed.waitFor();

    const silent = other.getByText("Nothing has come from the pipeline for 15 seconds");
    while (held.length === 0) await other.clock.runFor(1_000);
    await silent.waitFor();
    expect(await other.getByRole("banner").textContent()).toContain("No connection");
    await other.unroute("**/api/search?**");
    await held[0]!.continue();
    await silent.waitFor({ state: "detached" });
    await failed.waitFor({ state: "detached" });
    await other.close();
  });

  it.each([
    ["failed", "Terraform is needed: <img src=x onerror=hostile++>\n  Install it.", "The start has failed"],
    ["stopped", undefined, "The pipeline has stopped"],
  ] as const)(
    "says that the pipeline has %s, keeps what was shown last, and asks no more",
    async (phase, why, title) => {
      await page.goto(`${server.url}#/lanes`);
      await page.reload({ waitUntil: "domcontentloaded" });
      server.show({
        ...{ ...pageState, phase, ...(why !== undefined && { failure: why }), lanes: [pageLane] },
        steps: [
          { title: "Search engine", status: "failed" },
          { title: "log-archive: apply", status: "interrupted" },
        ],
        services: pageState.services.map((service) => ({ ...service, status: "ended" })),
      });
      const ending = page.getByRole("alert");
      await ending.getByRole("heading", { name: title }).waitFor();
      expect(await ending.locator("pre").allTextContents()).toEqual(why === undefined ? [] : [why]);
      expect(await page.locator("#page img").count()).toBe(0);
      await page.getByRole("region", { name: "foo" }).waitFor();
      expect(await page.locator(".steps .status.bad").allTextContents()).toEqual(["Search engine, failed"]);
      expect(await page.locator(".facts .status").allTextContents()).toEqual(["has ended", "has ended"]);
      if (phase === "failed") await expectAccessible(page);

      server.show(pageState);
      await page.evaluate("new Promise((done) => setTimeout(done, 300))");
      expect(await page.getByRole("banner").textContent()).toMatch(new RegExp(phase, "i"));
    },
  );
});
