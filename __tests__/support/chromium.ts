import { readFileSync } from "node:fs";
import type { Browser, Page as BrowserPage } from "playwright-core";
import { findChromium, launchChromium } from "../../tools/chromium";

/** Path of this machine's Chromium; undefined without one. */
export const chromiumPath = findChromium();

export const WITHOUT_CHROMIUM = "install Chromium";

/** Starts the browser of this machine. */
export const startChromium = (): Promise<Browser> => launchChromium(chromiumPath!);

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Looks for what keeps people from using a page: rule and element of each. */
async function axeViolations(page: BrowserPage): Promise<string[]> {
  // Past the page's policy, which lets no other script run.
  await page.evaluate(AXE);
  const violations = (await page.evaluate("axe.run().then(({ violations }) => violations)")) as Violation[];
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary = "" }) => `${id}: ${help}: ${html}\n${failureSummary}`),
  );
}

/** Waits until the page fits, at most 10 s: its charts are drawn anew for each width. */
const FITS = `new Promise((end) => {
  const begin = performance.now();
  const fits = () => document.documentElement.scrollWidth <= innerWidth;
  const look = () => (fits() || performance.now() - begin > 10_000 ? end() : requestAnimationFrame(look));
  requestAnimationFrame(look);
})`;

/** Expects that a page can be used by everybody and fits, in light and dark, wide and narrow; it is wide afterwards. */
export async function expectAccessible(page: BrowserPage): Promise<void> {
  for (const width of [400, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate(FITS);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      // It takes seconds, and finds colours by the scheme and the rest by the width.
      if ((colorScheme === "dark") === (width === 400)) expect(await axeViolations(page)).toEqual([]);
    }
  }
}
