import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Returns the path of this machine's Chromium; undefined without one. */
export const findChromium = (): string | undefined =>
  NAMES.map((name) => spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }))
    .map(({ stdout }) => stdout.trim())
    .find((path) => path !== "");

/** Starts a browser. @param executablePath of Chromium */
export const launchChromium = (executablePath: string): Promise<Browser> =>
  // Root may use no sandbox.
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
