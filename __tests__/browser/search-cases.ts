import fc from "fast-check";
import type { Page as BrowserPage } from "playwright-core";
import { expectAccessible } from "../support/chromium";
import type { FakeSearchEndpoint, SearchedLine } from "../support/fake-search-endpoint";

export interface SearchInBrowser {
  readonly page: BrowserPage;
  readonly url: string;
  readonly engine: FakeSearchEndpoint;
}

const NOW = Date.now();

const line = (secondsAgo: number, message: string, more: Partial<SearchedLine> = {}): SearchedLine => ({
  ...{ time: NOW - secondsAgo * 1_000, group: "foo", message },
  ...more,
});

const LINES = [line(30, "first"), line(60, "second", { level: "error" }), line(90, "third", { group: "/app/bar" })];

/** Lines that a page, a terminal or a reader may take for something else. */
const HOSTILE = [
  "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>",
  "javascript:document.title='hacked'",
  "\u001b[31mred\u001b[0m\u0000\u0007",
  "\u202egnp.exe\u202c\u2066x",
  "</span></td></table><style>*{display:none}</style>",
  `{"__proto__":{"a":1},"dangerouslySetInnerHTML":{"__html":"<b>"}}`,
  "x".repeat(1_000_000),
];

/** What the search section does in a browser. */
export function searchCases(context: () => SearchInBrowser): void {
  async function open(query = "", lines: readonly SearchedLine[] = LINES): Promise<BrowserPage> {
    const { page, url, engine } = context();
    engine.lines = lines;
    engine.failure = undefined;
    await page.goto(`${url}#/search${query}`, { waitUntil: "domcontentloaded" });
    await page.reload({ waitUntil: "domcontentloaded" });
    return page;
  }
  const rows = (page: BrowserPage) => page.locator("tr.row");
  const focused = (page: BrowserPage) => page.evaluate("document.activeElement.closest('tr').textContent");

  it("finds events, and goes through them by the keyboard", async () => {
    const page = await open();
    await page.getByText("3 events").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("second");
    await page.keyboard.press("Enter");
    await page.getByText("1 event", { exact: true }).waitFor();
    expect(page.url()).toMatch(/#\/search\?q=second$/);
    await page.goBack();
    await page.getByText("3 events").waitFor();
    expect(await page.getByRole("searchbox", { name: "Search for" }).inputValue()).toBe("");

    await page.keyboard.press("/");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    expect(await focused(page)).toContain("second");
    await page.keyboard.press("Enter");
    await page.getByText("cwl-i / 1.x").waitFor();
    expect(new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("event")).toBe("cwl-i:1.x");
    await page.keyboard.press("Escape");
    await page.getByText("cwl-i / 1.x").waitFor({ state: "detached" });
  });

  it("shows all that its address holds", async () => {
    const page = await open(
      "?q=second&column=user.name&column=message&event=cwl-i%3A1.x&level=error&is=user.name%3Aada",
    );
    await page.getByText("cwl-i / 1.x").waitFor();
    expect(await page.locator("thead th").allTextContents()).toEqual(["Time (UTC)", "user.name", "Message"]);
    expect(await page.getByRole("checkbox", { name: "error" }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Take back: user.name: ada" }).click();
    await page.waitForURL((url) => !url.hash.includes("is="));
    expect(context().engine.bodies.at(-1)).toContain('"query":"second"');
  });

  it("zooms into the time that is drawn, and goes back", async () => {
    const page = await open();
    const over = (await page.locator(".u-over").boundingBox())!;
    await page.mouse.move(over.x + over.width / 2, over.y + 20);
    await page.mouse.down();
    await page.mouse.move(over.x + over.width - 2, over.y + 20, { steps: 3 });
    await page.mouse.up();
    await page.waitForURL(/from=.*&to=/);
    const { from, to } = Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.split("?")[1]));
    expect(Date.parse(to!) - Date.parse(from!)).toBeGreaterThan(6 * 60_000);
    expect(Date.parse(to!) - Date.parse(from!)).toBeLessThan(8 * 60_000);
    await page.goBack();
    expect(await page.getByRole("combobox", { name: "Period" }).inputValue()).toBe("now-15m");
  });

  it("says what to do where nothing is found, and where the engine does not answer", async () => {
    const page = await open("?q=nowhere");
    await page.getByText("Nothing was found in this period by these words and filters.").waitFor();
    await page.getByRole("button", { name: "All events of the period" }).click();
    await page.getByText("3 events").waitFor();
    context().engine.failure = { status: 503, body: "busy" };
    // Another question: the answer to the last one is kept for a second.
    await page.getByRole("searchbox", { name: "Search for" }).fill("other");
    await page.keyboard.press("Enter");
    await page.getByText(/The search engine at \S+ answered 503: busy\. It may be busy: try again\./).waitFor();
    context().engine.failure = undefined;
    await page.goto(page.url().replace(/#.*/, "#/search?from=yesterday"));
    await page.getByText('from is "yesterday". Allowed: now, now-15m').waitFor();
  });

  it("asks the engine no more than once a second, however often a person asks", async () => {
    const page = await open();
    await page.getByText("3 events").waitFor();
    const before = context().engine.bodies.length;
    const begin = Date.now();
    for (let n = 0; n < 20; n++) await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("3 events").waitFor();
    expect(context().engine.bodies.length - before).toBeLessThanOrEqual(1 + Math.floor((Date.now() - begin) / 1_000));
  });

  it("shows every line as text, whatever it holds", async () => {
    const page = await open();
    const messages = [
      ...HOSTILE,
      ...fc.sample(fc.string({ unit: "binary", maxLength: 300 }), { numRuns: 40, seed: 1 }),
    ];
    context().engine.lines = messages.map((message, n) => line(n, message, { group: message.slice(0, 100) }));
    await page.reload({ waitUntil: "domcontentloaded" });
    await rows(page)
      .nth(messages.length - 1)
      .waitFor();
    expect(await page.locator("main :is(script, img, style, b, iframe)").count()).toBe(0);
    expect(await page.title()).toBe("Search · Logging pipeline");
    expect((await page.locator("main").textContent())!.replace(/[\n\t]/g, "")).not.toMatch(
      /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
    context().engine.lines = [line(1, HOSTILE[0]!), line(2, HOSTILE.at(-1)!)];
    await page.reload({ waitUntil: "domcontentloaded" });
    await rows(page).nth(1).getByRole("button").click();
    await page.getByRole("button", { name: "Show 980,000 more characters" }).first().waitFor();
    expect(await page.locator("a[href*='javascript']").count()).toBe(0);
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    const page = await open("?event=cwl-i%3A1.x&is=user.name%3Aada");
    await page.getByText("cwl-i / 1.x").waitFor();
    await page.locator('section[aria-busy="false"]').waitFor();
    await expectAccessible(page);
  });
}
