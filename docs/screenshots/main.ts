import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page as BrowserPage } from "playwright-core";
import { awsClients } from "../../local/aws/clients";
import { stop } from "../../local/commands/stop";
import { Putter } from "../../local/log-events/put";
import { type RunningPipeline, runningPipelines, servicesOf } from "../../local/running";
import { findChromium, launchChromium } from "../../tools/chromium";
import { run } from "../../tools/processes/process";
import { Random } from "../../tools/random";
import { repositoryRoot } from "../../tools/repository";
import { shopLine } from "./shop-lines";

const IMAGES = join(repositoryRoot, "docs", "images");
/** Sharp where GitHub shows it, about 900 pixels wide. */
const VIEW = { viewport: { width: 1_200, height: 720 }, deviceScaleFactor: 1.5 };
/** So that the charts, which show five minutes, are full. */
const PUT_SECONDS = 300;
const STORM_SECONDS = 25;
/** Lines a second of each log group, on average. */
const RATES = [
  ["bar", 12],
  ["baz", 5],
  ["foo", 2],
] as const;

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

/** Starts a pipeline, puts lines into it for some minutes, and takes the pictures of its page. */
async function main(): Promise<void> {
  const chromiumPath = findChromium();
  if (chromiumPath === undefined) throw new Error("Chromium is needed: install it.");
  const before = new Set((await pipelines()).map(({ pid }) => pid));
  const env = process.env;
  await run("npm", ["start", "--", "--detach"], { env, cwd: repositoryRoot, onLine: console.log });
  const pipeline = (await pipelines()).find(({ pid }) => !before.has(pid))!;
  const browser = await launchChromium(chromiumPath);
  try {
    await mkdir(IMAGES, { recursive: true });
    const page = await browser.newPage(VIEW);
    await putSteadily(pipeline);
    await takeAll(page, pipeline.pageUrl!);
  } finally {
    await browser.close();
    await stop(pipeline);
  }
}

function pipelines(): Promise<RunningPipeline[]> {
  return runningPipelines().catch(() => []);
}

/** Puts lines at rates that rise and fall. */
async function putSteadily(pipeline: RunningPipeline): Promise<void> {
  const random = new Random(1);
  const putter = new Putter(awsClients(servicesOf(pipeline).emulatorUrl).logs, () => {});
  for (let second = 0; second < PUT_SECONDS; second++, await sleep(1_000)) {
    for (const [logGroup, rate] of RATES) {
      const lines = Math.round(rate * (1 + 0.6 * Math.sin(second / 20)) * (0.5 + random.next()));
      for (let n = 0; n < lines; n++) {
        const time = new Date();
        await putter.add({ logGroup, logStream: "shop-1", timestamp: time.getTime(), message: shopLine(random, time) });
      }
    }
    await putter.flush();
  }
}

async function takeAll(page: BrowserPage, link: string): Promise<void> {
  const open = (address: string) => page.goto(`${link}#/${address}`, { waitUntil: "domcontentloaded" });
  await open("lanes");
  // Once nothing is put, it is audited.
  await page.getByText("Archive and index agree").first().waitFor({ timeout: 120_000 });
  await take(page, "page-lanes", "light");

  await open("search?from=now-5m&q=order");
  await page.getByRole("row").filter({ hasText: "declined" }).first().click();
  await page.getByRole("button", { name: "Copy JSON" }).waitFor();
  await take(page, "page-search", "light");

  await open("faults");
  const storm = page.getByRole("listitem").filter({ hasText: "429 storm" });
  await storm.getByRole("button", { name: "Break" }).click();
  await sleep(STORM_SECONDS * 1_000);
  await page.getByRole("button", { name: "Heal all" }).click();
  await page.getByText(/^Healed: 0 lost, 0 duplicated/).waitFor({ timeout: 60_000 });
  for (const scheme of ["light", "dark"] as const) await take(page, `page-healed-${scheme}`, scheme);
}

async function take(page: BrowserPage, name: string, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
