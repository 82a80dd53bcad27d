import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Page as BrowserPage } from "playwright-core";
import type { PutSection } from "../../local/page/put/section";
import type { PageServer } from "../../local/page/server/page-server";
import { expectAccessible } from "../support/chromium";
import { pageLane, pageState } from "../support/page-state";
import type { PutPipeline } from "../support/put-pipeline";
import { etagOf } from "../support/s3-server";

export interface PutInBrowser {
  readonly page: BrowserPage;
  readonly server: PageServer;
  readonly section: PutSection;
  readonly pipeline: PutPipeline;
}

const HOSTILE = "<img src=x onerror=\"document.title='hacked'\">\u202e\u001b[31m.log";

/** What the put section does in a browser. */
export function putCases(context: () => PutInBrowser): void {
  const show = () => {
    const { server, section } = context();
    server.show({ ...pageState, phase: "running", put: section.state! });
  };
  async function open(query = ""): Promise<BrowserPage> {
    const { page, server } = context();
    show();
    await page.goto(`${server.url}#/put${query}`, { waitUntil: "domcontentloaded" });
    await page.reload({ waitUntil: "domcontentloaded" });
    await page.getByRole("textbox", { name: "Lines" }).waitFor();
    return page;
  }
  const card = (page: BrowserPage) => page.locator(".put-card").first();
  const stations = (page: BrowserPage) => card(page).locator(".put-station").allTextContents();
  /** Waits until as many puts are put, and shows how far they are a second later. */
  async function second(putsSoFar: number): Promise<void> {
    const { pipeline } = context();
    const isPut = () =>
      pipeline.puts.shown.puts.filter(
        ({ phase }) => phase !== "receiving" && phase !== "waiting" && phase !== "putting",
      ).length >= putsSoFar;
    for (const endMs = Date.now() + 20_000; !isPut() && Date.now() < endMs; )
      await new Promise((resolve) => setTimeout(resolve, 5));
    pipeline.now += 1_000;
    await pipeline.puts.update(false);
    show();
  }
  const count = () => context().pipeline.puts.shown.puts.length;
  /** Drops files, as a file manager does. @param files by their names: contents, or the number of zeros that they are */
  const drop = (page: BrowserPage, files: Record<string, string | number>) =>
    page.evaluate(`{
      const dataTransfer = new DataTransfer();
      for (const [name, content] of Object.entries(${JSON.stringify(files)})) {
        const bytes = typeof content === "number" ? new Uint8Array(content) : content;
        dataTransfer.items.add(new File([bytes], name));
      }
      const target = document.querySelector("header");
      for (const type of ["dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }`);

  it("puts a line by the keyboard alone, and shows its way", async () => {
    const { pipeline } = context();
    const page = await open();
    await page.getByRole("combobox", { name: "Into" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.waitForURL((url) => url.hash === "#/put?group=foo");
    await page.keyboard.press("Tab");
    await page.keyboard.type('{"level":"error","message":"by hand"}');
    await page.keyboard.press("Control+Enter");
    await second(1);
    await card(page).getByText("In flight for 1.0 s").waitFor();
    expect(await stations(page)).toEqual([
      "Putyesafter 0.0 s",
      ...["In the streamnot yet", "In the functionnot yet", "Searchablenot yet", "Archivednot yet"],
    ]);
    expect(await page.getByRole("textbox", { name: "Lines" }).inputValue()).toBe("");

    const events = pipeline.events();
    expect(events).toMatchObject([{ logGroup: "foo", message: '{"level":"error","message":"by hand"}' }]);
    const record = pipeline.record(events, 1);
    context().section.read([record]);
    context().section.invoked({ Records: [record] });
    pipeline.index(events, { level: "error", message: "by hand" });
    pipeline.archive(events);
    await second(1);
    await second(1);
    await card(page).getByText("1 line searchable after 2.0 s, archived after 2.0 s: 0 lost, 0 duplicated").waitFor();
    expect(await card(page).locator(".put-station.all").count()).toBe(5);
    await card(page).getByText("→ level error, message by hand").waitFor();
    const [, query] = (await card(page).getByRole("link", { name: "Show in Search" }).getAttribute("href"))!.split("?");
    expect([...new URLSearchParams(query)]).toEqual([
      ["from", new Date(events[0]!.timestamp).toISOString()],
      ["to", new Date(events[0]!.timestamp + 1).toISOString()],
      ["group", "foo"],
      ["is", `aws.cloudwatch.log_stream:${events[0]!.logStream}`],
    ]);
  });

  it("says of a line that the index has rejected that no search finds it", async () => {
    const { pipeline, section } = context();
    const page = await open("?group=foo");
    const before = count();
    await page.getByRole("textbox", { name: "Lines" }).fill("no number");
    await page.getByRole("button", { name: "Put", exact: true }).click();
    await second(before + 1);
    const events = pipeline.events().slice(-1);
    const record = pipeline.record(events, 1);
    section.read([record]);
    section.invoked({ Records: [record] });
    pipeline.archive(events);
    pipeline.archive(events, "a reason");
    await second(before + 1);
    await second(before + 1);
    await card(page)
      .getByText(/0 lost, 0 duplicated, 1 in quarantine$/)
      .waitFor();
    expect(await stations(page)).toContainEqual(expect.stringMatching(/^Searchableno$/));
  });

  it("takes several lines from the box: Enter begins another one", async () => {
    const page = await open("?group=%2Fapp%2Fbar");
    const before = count();
    await page.getByRole("textbox", { name: "Lines" }).focus();
    for (const key of ["a", "Enter", "b"]) await page.keyboard.press(key);
    await page.getByRole("button", { name: "Put", exact: true }).click();
    await second(before + 1);
    await card(page).getByText("0 of 2 lines searchable after 1.0 s").waitFor();
    expect(await card(page).locator(".put-line").allTextContents()).toEqual(["a", "b"]);
    expect(await card(page).locator("h2").textContent()).toBe("Typed into /app/bar");
  });

  it("takes files that are dropped anywhere or chosen, and what hostile names they have for text", async () => {
    const page = await open();
    const before = count();
    await drop(page, { [HOSTILE]: `${HOSTILE}\nb\n`, "b.log": "c\n" });
    await second(before + 2);
    await page.getByRole("heading", { name: "b.log into" }).waitFor();
    await page.getByRole("heading", { name: "⟨U+202E⟩⟨ESC⟩[31m.log into" }).waitFor();
    expect(await page.locator("main :is(img, script)").count()).toBe(0);
    expect(await page.title()).toBe("Put · Logging pipeline");
    await page.locator("input[type=file]").setInputFiles([
      { name: "c.log", mimeType: "text/plain", buffer: Buffer.from("d\n") },
      { name: "d.log", mimeType: "text/plain", buffer: Buffer.from("e\n") },
    ]);
    await second(before + 4);
    await page.getByRole("heading", { name: "d.log into" }).waitFor();
    const messages = context()
      .pipeline.events()
      .map(({ message }) => message);
    expect(messages.slice(-5)).toEqual([HOSTILE, "b", "c", "d", "e"]);
  });

  it("puts a file into the bucket of access logs, and shows its way and what is in quarantine", async () => {
    const { pipeline } = context();
    const page = await open("?bucket=bucket");
    const before = count();
    await page.getByText("each becomes an object").waitFor();
    expect(await page.getByRole("checkbox", { name: "Skip invalid lines" }).count()).toBe(0);
    await drop(page, { "bad.zip": "PK\u0003\u0004", [HOSTILE]: `${HOSTILE}\nb\n` });
    await page.getByText("bad.zip cannot be put: it is a zip archive; unpack it, and put its files.").waitFor();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await second(before + 1);
    await card(page).getByRole("heading", { name: "⟨U+202E⟩⟨ESC⟩[31m.log into bucket" }).waitFor();
    expect(await stations(page)).toEqual([
      "In the bucket2 of 2after 0.0 s",
      ...["In the queue0 of 2", "In the function0 of 2", "Searchable0 of 2"],
    ]);
    const { mark } = pipeline.puts.shown.puts[0]!;
    const etag = etagOf(pipeline.s3.objects.get(mark!.value)!.body).replaceAll('"', "");
    const rejected = { rejection: HOSTILE, bucket: "bucket", key: mark!.value, etag, line: 1, message: "b" };
    pipeline.s3.put("access-logs/rejected/a.gz", gzipSync(`${JSON.stringify(rejected)}\n`));
    pipeline.indexLines(mark!.value, [0]);
    await second(before + 1);
    await second(before + 1);
    await card(page)
      .getByText(/^2 lines 1 searchable after \d\.\d s: 0 lost, 0 duplicated, 1 in quarantine$/)
      .waitFor();
    await card(page).getByText("1: <img src=x onerror").waitFor();
    expect(await page.locator("main :is(img, script)").count()).toBe(0);
    const [, query] = (await card(page).getByRole("link", { name: "Show in Search" }).getAttribute("href"))!.split("?");
    expect(new URLSearchParams(query).getAll("is")).toEqual([`aws.s3.object.key:${mark!.value}`]);
    expect(new URLSearchParams(query).get("group")).toBe("bucket");
  });

  it("says where lines can be put that it does not follow, if there are such lanes", async () => {
    const page = await open();
    const { server, section } = context();
    expect(await page.getByText("npm run send").count()).toBe(0);
    server.show({ ...pageState, phase: "running", put: section.state!, lanes: [{ ...pageLane, kind: "Firehose" }] });
    await page.getByText("npm run send").waitFor();
  });

  it("says which lines are invalid, and skips them on request", async () => {
    const page = await open();
    const before = count();
    const buffer = Buffer.from([0x61, 0x0a, 0xfc, 0x0a]);
    await page.locator("input[type=file]").setInputFiles([{ name: "bad.log", mimeType: "text/plain", buffer }]);
    const failure = page.getByRole("alert");
    await failure.getByText("bad.log: 1 line is not UTF-8 (line 2); convert them").waitFor();
    expect(count()).toBe(before);
    await page.getByRole("checkbox", { name: "Skip invalid lines" }).check();
    await failure.getByRole("button", { name: "Try again" }).click();
    await second(before + 1);
    await page.getByText("Skipping lines of bad.log: 1 line is not UTF-8 (line 2).").waitFor();
    expect(await failure.count()).toBe(0);
  });

  it("says what a file is that it does not take, and what to do", async () => {
    const page = await open();
    await drop(page, { "large.log": 64 * 1024 * 1024 + 1, "empty.log": "" });
    await page
      .getByText("large.log is larger than 64 MiB, the most that is put here. For larger files: npm start --")
      .waitFor();
    await page.getByText("empty.log has no line with text.").waitFor();
    await page.getByRole("textbox", { name: "Lines" }).fill("kept");
    await page.getByRole("textbox", { name: "Time field" }).fill("a b");
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Put", exact: true }).click();
    await page.getByText('The time field is "a b". Allowed: ').waitFor();
    expect(await page.getByRole("textbox", { name: "Lines" }).inputValue()).toBe("kept");
    for (let left = 3; left > 0; left--) await page.getByRole("button", { name: "Dismiss" }).first().click();
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  it("takes the files beside a folder that is dropped, and says what to do with that, before any request of it", async () => {
    const page = await open();
    const before = count();
    const folder = mkdtempSync(join(tmpdir(), "dropped-"));
    mkdirSync(join(folder, "logs"));
    writeFileSync(join(folder, "logs", "in.log"), "in\n");
    writeFileSync(join(folder, "beside.log"), "beside\n");
    const devtools = await page.context().newCDPSession(page);
    const data = { items: [], files: ["logs", "beside.log"].map((name) => join(folder, name)), dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"] as const)
      await devtools.send("Input.dispatchDragEvent", { type, x: 200, y: 20, data });
    await page.getByRole("alert").getByText("logs is a folder. Drop the files in it, or choose them.").waitFor();
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    await second(before + 1);
    await page.getByRole("heading", { name: "beside.log into" }).waitFor();
    expect(count()).toBe(Math.min(before + 1, 10));
    await devtools.detach();
    rmSync(folder, { recursive: true });
  });

  it("says so when a file is not there any more", async () => {
    const page = await open();
    const folder = mkdtempSync(join(tmpdir(), "chosen-"));
    const path = join(folder, "empty.log");
    writeFileSync(path, "\n");
    await page.locator("input[type=file]").setInputFiles(path);
    await page.getByText("empty.log has no line with text.").waitFor();
    rmSync(folder, { recursive: true });
    await page.getByRole("button", { name: "Try again" }).click();
    await page
      .getByRole("alert")
      .getByText(/^empty\.log cannot be read: .* Drop or choose it again\.$/)
      .waitFor();
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    const page = await open();
    await drop(page, { "empty.log": "" });
    await page.getByText("empty.log has no line with text.").waitFor();
    await expectAccessible(page);
  });
}
