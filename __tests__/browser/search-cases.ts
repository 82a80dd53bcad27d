import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import type { Page as BrowserPage } from "playwright-core";
import type { PageServer } from "../../local/page/server/page-server";
import { expectAccessible } from "../support/chromium";
import type { FakeSearchEndpoint, SearchedLine } from "../support/fake-search-endpoint";
import { pageState } from "../support/page-state";

export interface SearchInBrowser {
  readonly page: BrowserPage;
  readonly url: string;
  readonly engine: FakeSearchEndpoint;
  readonly server: PageServer;
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
    // An equal question within a second gets the same answer: here, what the case before has found.
    await sleep(Math.max(0, engine.askedAt + 1_100 - Date.now()));
    engine.lines = lines;
    Object.assign(engine, { failure: undefined, missingShards: 0, empty: false });
    await page.goto(`${url}#/search${query}`, { waitUntil: "domcontentloaded" });
    await page.reload({ waitUntil: "domcontentloaded" });
    return page;
  }
  const rows = (page: BrowserPage) => page.locator("tr.search-row");
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
    for (const key of ["Tab", "Tab", "Escape"]) await page.keyboard.press(key);
    await page.getByText("cwl-i / 1.x").waitFor({ state: "detached" });
    expect(await focused(page)).toContain("second");
  });

  it("shows all that its address holds", async () => {
    const page = await open(
      "?q=second&column=user.name&column=message&event=cwl-i%3A1.x&level=error&is=user.name%3Aada",
    );
    await page.getByText("cwl-i / 1.x").waitFor();
    expect(await page.locator("thead th").allTextContents()).toEqual(["Time (UTC)", "user.name", "Message"]);
    expect(await page.getByRole("checkbox", { name: "error" }).isChecked()).toBe(true);
    const { bodies } = context().engine;
    const before = bodies.length;
    await page.getByRole("button", { name: "Take back: user.name: ada" }).click();
    await page.waitForURL((url) => !url.hash.includes("is="));
    const isAsked = (body: string) => body.includes('"query":"second"') && !body.includes('"ada"');
    while (!bodies.slice(before).some(isAsked)) await sleep(20);
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
    expect(await page.locator(".search-found-line").count()).toBe(0);
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

  it("shows earlier events, those that it has first", async () => {
    const page = await open(
      "",
      Array.from({ length: 120 }, (_, n) => line(n, `line ${n}`)),
    );
    await page.getByText("120 events").waitFor();
    expect(await rows(page).count()).toBe(50);
    // Each page but the first begins with the last event of the one before.
    for (const count of [99, 120]) {
      await page.getByRole("button", { name: "Show earlier events" }).click();
      await rows(page)
        .nth(count - 1)
        .waitFor();
      expect(await rows(page).count()).toBe(count);
    }
    expect(await rows(page).last().textContent()).toContain("line 119");
    await page.getByText("120 events").waitFor();
    expect(await page.getByRole("button", { name: "Show earlier events" }).count()).toBe(0);
  });

  it("shows new events by itself while it is live, and no longer", async () => {
    const page = await open();
    await page.getByText("3 events").waitFor();
    await page.getByRole("checkbox", { name: "Live" }).check();
    expect(page.url()).toMatch(/#\/search\?live=1$/);
    context().engine.lines = [...LINES, line(1, "fourth")];
    await page.getByText("4 events").waitFor({ timeout: 10_000 });
    expect(await rows(page).first().textContent()).toContain("fourth");
    await page.getByRole("checkbox", { name: "Live" }).uncheck();
    await page.locator('section[aria-busy="false"]').waitFor();
    const asked = context().engine.bodies.length;
    await page.waitForTimeout(3_500);
    expect(context().engine.bodies.length).toBe(asked);
    // Of a period that has ended, nothing new can come.
    await page.getByRole("combobox", { name: "Period" }).selectOption("From … to …");
    expect(await page.getByRole("checkbox", { name: "Live" }).isDisabled()).toBe(true);
  });

  it("ends live with the pipeline, and says so", async () => {
    const page = await open("?live=1");
    const { server } = context();
    await page.getByText("3 events").waitFor();
    server.show({ ...pageState, phase: "stopped" });
    await page.getByText("Live has ended with the pipeline: below is what was found last.").waitFor();
    await page.locator('section[aria-busy="false"]').waitFor();
    const asked = context().engine.bodies.length;
    await page.waitForTimeout(3_500);
    expect(context().engine.bodies.length).toBe(asked);
    expect(await rows(page).count()).toBe(3);
    server.show(pageState);
  });

  it("waits with live while the pipeline does not answer, and goes on after it", async () => {
    const { url, engine } = context();
    await open();
    const page = await context().page.context().browser()!.newPage();
    // A browser tells a page that its connection is lost, and that there is one again, by these events.
    await page.addInitScript(
      "EventSource = class extends EventSource { constructor(at) { super(at); window.states = this; } }",
    );
    const happen = (event: string) => page.evaluate(`states.dispatchEvent(new Event("${event}"))`);
    await page.goto(`${url}#/search?live=1`);
    await page.getByText("3 events").waitFor();
    await happen("error");
    await page.getByText("Live waits until the pipeline answers again: below is what was found last.").waitFor();
    engine.lines = [...LINES, line(1, "fourth")];
    await page.locator('section[aria-busy="false"]').waitFor();
    const asked = engine.bodies.length;
    await page.waitForTimeout(3_500);
    expect(engine.bodies.length).toBe(asked);
    await happen("open");
    await page.getByText("4 events").waitFor();
    expect(await page.getByText("Live waits").count()).toBe(0);
    await page.close();
  });

  it("shows the columns that are chosen from the fields of the indices, and those of any name", async () => {
    const named = { constructor: "own", "__proto__.x": "odd", "a/b \u202e'\"": "quoted" };
    const page = await open("", [line(1, "with", { fields: named }), line(2, "without")]);
    const heads = () => page.locator("thead th").allTextContents();
    await page.getByText("Columns").click();
    await page.getByRole("searchbox", { name: "Field" }).fill("USER");
    await page.getByRole("checkbox", { name: "user.name" }).check();
    await page.getByRole("checkbox", { name: "message" }).waitFor({ state: "detached" });
    expect(await heads()).toEqual(["Time (UTC)", "Log group", "Level", "Message", "user.name"]);
    await page.getByRole("searchbox", { name: "Field" }).fill("");
    await page.getByRole("checkbox", { name: "level" }).uncheck();
    expect(await heads()).toEqual(["Time (UTC)", "Log group", "Message", "user.name"]);
    expect(page.url()).toContain("column=user.name");
    await page.getByRole("button", { name: "As at first" }).click();
    expect(await heads()).toEqual(["Time (UTC)", "Log group", "Level", "Message"]);

    const columns = [...Object.keys(named), "toString"].map((name) => `column=${encodeURIComponent(name)}`);
    await page.goto(page.url().replace(/\?.*|$/, `?${columns.join("&")}`));
    await page.getByText("quoted").waitFor();
    expect(await rows(page).first().locator("td").allTextContents()).toEqual([
      expect.stringMatching(/^11-|^\d\d-/),
      ...["own", "odd", "quoted", ""],
    ]);
    expect((await rows(page).nth(1).locator("td").allTextContents()).slice(1)).toEqual(["", "", "", ""]);
  });

  it.each([
    ["+", "only events with this value", "Only events with this user.name", "is=user.name%3Aada"],
    ["−", "only events without it", "Only events without this user.name", "not=user.name%3Aada"],
    ["▥", "the field as a column", "Column user.name", "column=user.name"],
  ])("says what the sign %s at a field does, and does it", async (sign, meaning, name, asked) => {
    const page = await open("?event=cwl-i%3A1.x");
    await page.getByText(`${sign} ${meaning}`, { exact: true }).waitFor();
    const button = page.getByRole("button", { name, exact: true });
    expect([await button.textContent(), await button.getAttribute("title")]).toEqual([sign, name]);
    await button.click();
    await page.waitForURL((url) => url.hash.includes(asked));
  });

  it("marks the words that were looked for", async () => {
    const page = await open("?q=second");
    await page.getByText("1 event", { exact: true }).waitFor();
    expect(await page.locator("mark").allTextContents()).toEqual(["second"]);
  });

  it("opens the event of a link, whatever else is found, and copies it by the keyboard", async () => {
    await context().page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await open("?q=first&event=cwl-i%3A1.x");
    await page.getByRole("region", { name: "Opened event" }).getByText("second", { exact: true }).waitFor();
    await page.keyboard.press("c");
    await page.getByText("Copied").waitFor();
    expect(JSON.parse(await page.evaluate("navigator.clipboard.readText()"))).toMatchObject({ message: "second" });
    await page.getByRole("link", { name: "Link to this event" }).click();
    await page.getByText("3 events").waitFor();
    await page.getByText("cwl-i / 1.x").waitFor();
    const { from, to } = Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.split("?")[1]));
    expect([Date.parse(from!), Date.parse(to!)]).toEqual([NOW - 120_000, NOW]);
  });

  it("says where what it shows is not all, and shows no other answer than to what was asked", async () => {
    const page = await open();
    await page.getByText("3 events").waitFor();
    context().engine.missingShards = 1;
    await page.getByRole("searchbox", { name: "Search for" }).fill("ir");
    await page.keyboard.press("Enter");
    await page.getByText("At least 2 events").waitFor();
    await page.getByText("This is not all: 1 of 3 shards did not answer. Try again.").waitFor();
    context().engine.failure = { status: 200, body: "<html>Log in</html>" };
    await page.getByRole("searchbox", { name: "Search for" }).fill("other");
    await page.keyboard.press("Enter");
    await page
      .getByText(/The search engine gave no answer .*: <html>Log in<\/html>\. Ask it without a proxy in between\./)
      .waitFor();
    expect(await rows(page).count()).toBe(0);
  });

  it("leads to the latest event where the period has none", async () => {
    const page = await open("", [line(7_200, "first")]);
    await page.getByText("1 event", { exact: true }).waitFor();
    context().engine.empty = true;
    await page.goto(page.url().replace(/#.*/, "#/search?q=first&from=now-5m"));
    await page.getByText("The latest event that is found by these words and filters is of").waitFor();
    context().engine.empty = false;
    await page.getByRole("button", { name: "The 15 minutes before it" }).click();
    await page.getByText("1 event", { exact: true }).waitFor();
    expect(page.url()).toContain(`to=${encodeURIComponent(new Date(NOW - 7_199_000).toISOString())}`);
  });

  it("shows an event of thousands of fields and of many levels as far as it is asked to", async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`f${n}`, n]));
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${"}".repeat(500)}`);
    const page = await open("?event=cwl-i%3A0.x", [line(1, "many", { fields: { deep, ...many } })]);
    await page.getByRole("button", { name: "Show 806 more fields" }).click();
    await page.getByText("f999", { exact: true }).waitFor();
  });

  it("leaves the first screen of a phone to the events", async () => {
    const page = await open("?level=error");
    await page.setViewportSize({ width: 400, height: 800 });
    await page.getByText("3 events").waitFor();
    const box = (await rows(page).first().boundingBox())!;
    expect(box.y).toBeLessThan(500);
    expect(await page.getByRole("checkbox", { name: "foo" }).isVisible()).toBe(false);
    await page.getByText("Filters: error").click();
    await page.getByRole("checkbox", { name: "foo" }).check();
    await page.getByText("Filters: foo, error").waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    const page = await open("?event=cwl-i%3A1.x&is=user.name%3Aada");
    await page.getByText("cwl-i / 1.x").waitFor();
    await page.locator('section[aria-busy="false"]').waitFor();
    await expectAccessible(page);
  });
}
