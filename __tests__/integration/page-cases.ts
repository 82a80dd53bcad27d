import type { Browser, Page as BrowserPage, Locator } from "playwright-core";
import { type Page, startPage } from "../../local/page/page";
import type { StartTask } from "../../local/page/state/step-tree";
import type { Session } from "../../local/start/session";
import { chromiumPath, startChromium, WITHOUT_CHROMIUM } from "../support/chromium";
import { skippedUnless } from "../support/skipped";

/** Keeps each state that the page shows while it starts, in the order in which they appear. */
const WATCH = `
  window.shown = [];
  new MutationObserver(() => {
    const lanes = [...document.querySelectorAll(".lane-title")].map((one) =>
      one.querySelector("h2").textContent + ": " + one.querySelector(".status").textContent);
    const facts = [...document.querySelectorAll(".facts > div, .step > .status, .resources li")].map((one) => one.textContent);
    for (const text of [...lanes, ...facts]) if (!shown.includes(text)) shown.push(text);
  }).observe(document.getElementById("page"), { subtree: true, childList: true, characterData: true });
`;

/** The page of a pipeline, open in a browser while it starts. */
export interface WatchedPage {
  readonly page: BrowserPage;
  readonly served: Page;
  stop(): Promise<void>;
}

/** Opens the page of a start; undefined without Chromium. */
export async function watchStart(
  tasks: readonly StartTask[],
  session: Partial<Session>,
): Promise<WatchedPage | undefined> {
  if (chromiumPath === undefined) return undefined;
  const served = await startPage({ tasks, session });
  session.pageUrl = served.url;
  const browser: Browser = await startChromium();
  const page = await browser.newPage();
  await page.goto(served.url, { waitUntil: "domcontentloaded" });
  await page.evaluate(WATCH);
  return {
    page,
    served,
    async stop() {
      await browser.close();
      await served.stop();
      await session.network?.stop();
    },
  };
}

const DAY_MS = 86_400_000;
/** What a pipeline and a command do on a busy machine. */
const LATE = { timeout: 60_000 };

const { describe: describeInBrowser } = skippedUnless(chromiumPath, WITHOUT_CHROMIUM);

/**
 * What the page shows of a pipeline whose start it has watched.
 *
 * @param put number of events by log group
 * @param engine address of the search engine
 */
export function pageCases(
  watched: () => WatchedPage | undefined,
  put: () => ReadonlyMap<string, number>,
  engine: () => string,
): void {
  describeInBrowser("its page, in a browser", () => {
    const open = async (section: string): Promise<BrowserPage> => {
      const { page, served } = watched()!;
      await page.goto(`${served.url}#/${section}`);
      return page;
    };

    it("has shown steps, resources, services, the plan and each lane as they came up", async () => {
      const page = await open("lanes");
      await page.getByRole("banner").getByText("Running").waitFor();
      const shown = (await page.evaluate("window.shown")) as string[];
      for (const inOrder of [
        ["Check prerequisites, done", "log-archive: apply, running"],
        ['aws_kinesis_stream.this["foo"], planned', 'aws_kinesis_stream.this["foo"], applying'],
        ['aws_kinesis_stream.this["foo"], applying', 'aws_kinesis_stream.this["foo"], applied'],
        ["foo: delivers", "Wait until all events are searchable and archived, done"],
        ["local-firehose-s3: delivers", "Put 500 lines into each, and wait until all are found, done"],
      ]) {
        expect(shown.filter((text) => inOrder.includes(text))).toEqual(inOrder);
      }
      expect(shown).toContainEqual(expect.stringMatching(/^AWS emulatoranswers http:/));
      expect(shown).toContainEqual(expect.stringMatching(/^Search enginenot yet http:/));
      expect(shown).toContainEqual(expect.stringMatching(/^Search engineanswers http:/));
      expect(shown).toContain("In a real accountPlan: 31 to add, 0 to change, 0 to destroy.");
    });

    it("counts of each log group what was put, once it is searchable and archived", async () => {
      const page = await open("lanes");
      for (const [logGroup, count] of put()) {
        const lane = page.getByRole("region", { name: logGroup, exact: true });
        const events = count.toLocaleString("en-US");
        for (const name of ["Put", "Searchable", "Archived"]) {
          const row = lane.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
          await row.getByText(events, { exact: true }).waitFor();
        }
      }
    });

    it("finds a line that was put, and the object of the archive that holds it", async () => {
      const page = await open("search");
      await page.getByRole("searchbox", { name: "Search for" }).fill('"search me im a log"');
      await page.keyboard.press("Enter");
      await page.getByText("1 event", { exact: true }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Object in the archive" }).click();
      await page.getByText(/s3:\/\/.*\/archive\//).waitFor();
    });

    it("puts lines, and sees each of them searchable and archived, once", async () => {
      const page = await open("put?group=baz");
      const lines = ['{"level":"warn","message":"typed"}', "a kitten", "<b>no</b> HTML"];
      const card = await putTyped(page, lines);
      await card.getByText(/^3 lines searchable after .* s, archived after .* s: 0 lost, 0 duplicated$/).waitFor(LATE);
      expect(await card.locator(".put-station.all").count()).toBe(5);
      await card.getByRole("link", { name: "Show in Search" }).click();
      await page.getByText("3 events", { exact: true }).waitFor();
    }, 120_000);

    it("shows why the index rejects a line, that a replay changes nothing of it, and one after a repair does", async () => {
      const time = new Date(Date.now() - 2 * DAY_MS).toISOString();
      const index = `${engine()}/cwl-baz-${time.slice(0, 10).replaceAll("-", ".")}`;
      const mappings = { properties: { message: { type: "long" } } };
      await askEngine(index, { method: "PUT", body: JSON.stringify({ mappings }) });
      let page = await open("put?group=baz");
      const card = await putTyped(page, [`${time} no number`]);
      await card.getByText(/^Rejected: .*failed to parse field \[message\] of type \[long\]/).waitFor(LATE);
      await card.getByText(/: 0 lost, 0 duplicated, 1 in quarantine$/).waitFor(LATE);

      page = await open("quarantine");
      const rejected = page.getByRole("region", { name: "Rejected events", exact: true });
      await rejected.getByRole("button", { name: /failed to parse field \[message\] of type \[long\]/ }).waitFor(LATE);
      const replay = () => rejected.getByRole("form").getByRole("button", { name: "Replay", exact: true }).click();
      await replay();
      await page.getByText(/^Something is not delivered: the report says what/).waitFor(LATE);
      await rejected.getByText("0 of 1 in the index", { exact: true }).waitFor(LATE);

      await askEngine(index, { method: "DELETE" });
      await replay();
      await page.getByText(/^All that was found is delivered/).waitFor(LATE);
      await rejected.getByText("1 of 1 now in the index", { exact: true }).waitFor(LATE);
    }, 180_000);

    it("loses and duplicates nothing when a storm of 429 begins and is healed", async () => {
      const page = await open("faults");
      const storm = page.getByRole("listitem").filter({ hasText: "429 storm" });
      await storm.getByRole("button", { name: "Break" }).click();
      await storm.getByText(/struck/).waitFor();
      await page.getByRole("button", { name: "Heal all" }).click();
      await page.getByText(/^Healed: 0 lost, 0 duplicated, of \d+ events\.$/).waitFor({ timeout: 60_000 });
    }, 120_000);
  });
}

/** Puts lines as a person does. @returns what is shown of them */
async function putTyped(page: BrowserPage, lines: readonly string[]): Promise<Locator> {
  await page.getByRole("textbox", { name: "Lines" }).fill(lines.join("\n"));
  await page.getByRole("button", { name: "Put", exact: true }).click();
  const card = page.locator(".put-card").first();
  await card.getByText(lines[0]!).waitFor(LATE);
  return card;
}

async function askEngine(url: string, init: RequestInit): Promise<void> {
  const answer = await fetch(url, { ...init, headers: { "Content-Type": "application/json" } });
  if (!answer.ok) throw new Error(await answer.text());
}
