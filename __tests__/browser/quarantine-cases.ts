import fc from "fast-check";
import type { Page as BrowserPage, Request as BrowserRequest } from "playwright-core";
import { awsClients } from "../../local/aws/clients";
import type { SearchLocation } from "../../local/delivery/search";
import type { StartReplay } from "../../local/page/quarantine/replay-process";
import { type QuarantineSection, quarantineSection } from "../../local/page/quarantine/section";
import type { PageServer } from "../../local/page/server/page-server";
import type { TerraformStack } from "../../local/terraform/stack";
import { expectAccessible } from "../support/chromium";
import type { FakeSearchEndpoint } from "../support/fake-search-endpoint";
import { documentIdOf, envelope, logEvent } from "../support/kinesis";
import { pageState } from "../support/page-state";
import {
  deadLetterObject,
  firehoseErrorsObject,
  type PutObject,
  quarantinePlaces,
  rejectedLogLinesObject,
  rejectedObject,
  undeliveredObject,
  unreadableLogObject,
} from "../support/quarantined";
import type { S3Server } from "../support/s3-server";

export interface QuarantineInBrowser {
  readonly page: BrowserPage;
  readonly url: string;
  readonly server: PageServer;
  readonly engine: FakeSearchEndpoint;
  readonly s3: S3Server;
  readonly quarantine: QuarantineSection;
  readonly replays: FakeReplays;
}

/** Replays that do nothing but what a test says. */
export class FakeReplays {
  words: readonly string[] | undefined;
  interrupts = 0;
  print: (line: string) => void = () => {};
  end: (how: string) => void = () => {};

  readonly start: StartReplay = (words, onLine) => {
    this.words = words;
    this.interrupts = 0;
    this.print = onLine;
    const ended = new Promise<string>((resolve) => {
      this.end = resolve;
    });
    return { ended, interrupt: () => void this.interrupts++, stop: async () => this.end("signal SIGKILL") };
  };
}

/** The section, of a bucket and an engine of the test. */
export function quarantineOf(s3: S3Server, search: SearchLocation, replays: FakeReplays): QuarantineSection {
  // Which is not applied.
  const pipeline = { directory: "/stack" } as TerraformStack;
  return quarantineSection(
    { emulatorUrl: s3.origin, directory: "/pipeline", search, pipeline },
    {
      sources: async () => ({ s3: awsClients(s3.origin).s3, places: quarantinePlaces() }),
      startReplay: () => replays.start,
      times: { listEveryMs: 0 },
    },
  );
}

const REASON = "400 mapper_parsing_exception: failed to parse field [a] of type [long]";

const rejectedLines = (messages: readonly string[], logGroup = "foo", first = 1) =>
  rejectedObject(
    messages.map((message, n) => ({ message, rejection: `${REASON} in document with id '${first + n}'` })),
    { logGroup, first },
  );

const OF_ALL_KINDS = [
  rejectedLines(["first line", "second line"]),
  rejectedLines(["of bar"], "bar", 11),
  deadLetterObject(Buffer.from("1f8b08ff", "hex"), "no gzip: unknown header flags set"),
  undeliveredObject(envelope([logEvent(21, "undelivered line")])),
  rejectedLogLinesObject(),
  unreadableLogObject(),
  firehoseErrorsObject('{"a":"b"}'),
  { key: "rejected/foreign.gz", body: Buffer.from("mine") },
];

/** Lines and names that a page, a terminal or a reader may take for something else. */
const HOSTILE = [
  "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>",
  "\u001b[31mred\u001b[0m\u0000\u0007",
  "\u202egnp.exe\u202c",
  "</pre></td></table><style>*{display:none}</style>",
  "x".repeat(20_000),
];

/** What the quarantine does in a browser. */
export function quarantineCases(context: () => QuarantineInBrowser): void {
  async function open(objects: readonly PutObject[], query = ""): Promise<BrowserPage> {
    const { page, url, s3, quarantine, server } = context();
    s3.objects.clear();
    for (const { key, body, metadata } of objects) s3.put(key, body, metadata, new Date("2026-11-21T04:00:00Z"));
    await quarantine.update();
    server.show({ ...pageState, phase: "running", quarantined: quarantine.entries! });
    await page.goto(`${url}#/quarantine${query}`, { waitUntil: "domcontentloaded" });
    await page.reload({ waitUntil: "domcontentloaded" });
    return page;
  }
  const panel = (page: BrowserPage, name: string) => page.getByRole("region", { name, exact: true });
  const kinds = (page: BrowserPage) => page.locator(".quarantine > section h2").allTextContents();

  // Of a pipeline that starts, as the cases before.
  afterAll(() => context().server.show(pageState));

  it("says where nothing is in quarantine", async () => {
    const page = await open([]);
    await page.getByRole("heading", { name: "Nothing is in quarantine" }).waitFor();
    expect(await page.getByRole("link", { name: "Quarantine", exact: true }).count()).toBe(1);
  });

  it("groups each kind by reason, and opens it to its entries by the keyboard", async () => {
    const page = await open(OF_ALL_KINDS);
    await page.getByRole("link", { name: "Quarantine 10" }).waitFor();
    await panel(page, "Rejected events").waitFor();
    expect(await kinds(page)).toEqual([
      ...["Rejected events", "Dead-lettered records", "Undelivered batches", "Access logs", "Firehose’s errors"],
    ]);
    const reason = page.getByRole("button", { name: REASON });
    expect(await panel(page, "Rejected events").locator(".quarantine-facts").first().textContent()).toContain(
      "3 events",
    );
    await reason.focus();
    await page.keyboard.press("Enter");
    await panel(page, "Rejected events").getByText("second line").waitFor();
    expect(new URLSearchParams(page.url().split("?")[1]).get("opened")).toMatch(/^rejected:/);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const details = panel(page, "Rejected events").locator(".quarantine-details");
    await details.waitFor();
    expect(await details.locator("dd").first().textContent()).toBe(`${REASON} in document with id '2'`);
    expect(await details.getByRole("link").getAttribute("href")).toMatch(/^api\/quarantine\/object\?/);
    await page.reload({ waitUntil: "domcontentloaded" });
    await panel(page, "Rejected events").getByText("second line").waitFor();
    await reason.click();
    await page.getByText("second line").waitFor({ state: "detached" });
  });

  it("filters by kind and log group, in the address", async () => {
    const page = await open(OF_ALL_KINDS);
    await page.getByRole("button", { name: /^Rejected events/ }).click();
    await page.waitForURL(/#\/quarantine\?kind=rejected$/);
    expect(await kinds(page)).toEqual(["Rejected events"]);
    await page.getByRole("combobox").selectOption("bar");
    await page.waitForURL(/kind=rejected&origin=bar$/);
    await page.getByText("1 event in 3 objects").waitFor();
    await page.goBack();
    await page.getByText("4 events in 3 objects").waitFor();
    await open(OF_ALL_KINDS, "?kind=dead-letter&origin=bar");
    await page.getByText("Nothing of what is chosen is in quarantine.").waitFor();
    await page.getByRole("button", { name: "Show all 8 objects" }).click();
    await panel(page, "Firehose’s errors").waitFor();
  });

  it("replays by a button, shows what the command prints, and then what the index has", async () => {
    const page = await open([undeliveredObject(envelope([logEvent(21), logEvent(22)])), rejectedLogLinesObject()]);
    const { replays, engine } = context();
    engine.indexed = new Set();
    const form = page.getByRole("form", { name: "Replay: Access logs" });
    await form.getByRole("textbox", { name: "From" }).fill("2026-11-20");
    await form.getByRole("button", { name: "Replay" }).focus();
    await page.keyboard.press("Enter");
    await panel(page, "Replay: Access logs").getByText("Running").waitFor();
    expect(replays.words!.join(" ")).toContain("--kind access-logs --from 2026-11-20 --to 2026-11-21T04 --queue-url");
    // One at a time.
    expect(await page.getByRole("button", { name: "Dry run" }).first().isDisabled()).toBe(true);
    replays.print("objects   1 \u001b[31m<b>x</b>");
    await page.getByRole("log").getByText("objects   1 ⟨ESC⟩[31m<b>x</b>").waitFor();
    engine.indexed = new Set([documentIdOf(21), documentIdOf(22)]);
    replays.end("exit status 0");
    await panel(page, "Replay: Access logs").getByText("All that was found is in the queue").waitFor();
    await page.getByText("2 of 2 now in the index").waitFor();
    await page.getByText("The same in a terminal").click();
    await page.getByText("npm run --prefix").waitFor();
  });

  it("cancels a replay, and says how it ended", async () => {
    const page = await open([rejectedLogLinesObject()]);
    const { replays } = context();
    await page.getByRole("button", { name: "Dry run" }).click();
    await panel(page, "Dry run: Access logs").getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Finishing what is in flight").waitFor();
    expect(replays.interrupts).toBe(1);
    await page.getByRole("button", { name: "End at once" }).click();
    replays.print("Interrupted.");
    replays.end("exit status 1");
    await page.getByText(/^Cancelled after \d/).waitFor();
  });

  it("says why a replay cannot begin", async () => {
    const page = await open(OF_ALL_KINDS);
    const form = page.getByRole("form", { name: "Replay: Rejected events" });
    await form.getByRole("textbox", { name: "before" }).fill("tomorrow");
    await form.getByRole("button", { name: "Replay" }).click();
    await form.getByRole("alert").getByText('to is "tomorrow". Allowed: an ISO 8601 date or time').waitFor();
    await form.getByRole("textbox", { name: "before" }).fill("2026-11-22");
    await form.getByRole("button", { name: "Replay" }).click();
    await page.getByRole("log").getByText("The pipeline's stack has no output index_settings").waitFor();
    await page.getByText("It did not come to its end").waitFor();
  });

  it("asks no more once the pipeline has stopped, and keeps what was shown last", async () => {
    const page = await open([rejectedLogLinesObject()]);
    const { server } = context();
    let asked = 0;
    const count = (request: BrowserRequest) => {
      if (request.url().includes("api/quarantine")) asked++;
    };
    page.on("request", count);
    server.show({ ...pageState, phase: "stopped" });
    await page.getByRole("heading", { name: "The pipeline has stopped" }).waitFor();
    asked = 0;
    await page.waitForTimeout(3_500);
    page.off("request", count);
    expect(asked).toBe(0);
    await page.getByRole("region", { name: "Access logs" }).waitFor();
    server.show(pageState);
  });

  it("shows every line, name and reason as text, whatever it holds", async () => {
    const random = fc.sample(fc.string({ unit: "binary", minLength: 1, maxLength: 100 }), { numRuns: 10, seed: 1 });
    const lines = [...HOSTILE, ...random];
    const objects = lines.map((text, n) => {
      const object = rejectedObject([{ message: text, rejection: text }], {
        first: n + 1,
        logGroup: text.slice(0, 100),
      });
      return { ...object, key: `rejected/2026/11/21/03/x/shardId-0-${n + 1}.gz` };
    });
    const page = await open(objects);
    await page.getByRole("button", { name: /<img src=x/ }).click();
    await page.locator(".quarantine-rows .entry button").click();
    await page.locator(".quarantine-details .quarantine-value").waitFor();
    expect(await page.locator("main :is(script, img, style, b, iframe)").count()).toBe(0);
    expect(await page.title()).toBe("Quarantine · Logging pipeline");
    expect((await page.locator("main").textContent())!.replace(/[\n\t]/g, "")).not.toMatch(
      /(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u,
    );
    const long = await open([rejectedObject([{ message: HOSTILE.at(-1)!, rejection: "long" }])]);
    await long.getByRole("button", { name: "long" }).click();
    await long.locator(".quarantine-rows .entry button").click();
    await long.getByRole("button", { name: "Show 16,000 more characters" }).click();
    expect((await long.locator(".quarantine-details .quarantine-value").textContent())!.length).toBe(20_000);
  });

  it("is without violations of axe-core, and fits, in light and dark, wide and narrow", async () => {
    const page = await open([...OF_ALL_KINDS, rejectedLines(["y".repeat(5_000)], "z".repeat(200), 31)]);
    await page.getByRole("button", { name: REASON }).click();
    await page.locator(".quarantine-rows .entry button").first().click();
    await page.locator(".quarantine-details").waitFor();
    await page.getByText("The same in a terminal").click();
    await expectAccessible(page);
  });
}
