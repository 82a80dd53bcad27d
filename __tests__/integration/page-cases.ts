import type { Browser, Page as BrowserPage } from "playwright-core";
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

const { describe: describeInBrowser } = skippedUnless(chromiumPath, WITHOUT_CHROMIUM);

/** What the page shows of a pipeline whose start it has watched. @param put number of events by log group */
export function pageCases(watched: () => WatchedPage | undefined, put: () => ReadonlyMap<string, number>): void {
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
