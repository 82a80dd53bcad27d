import { loadavg } from "node:os";
import { startService } from "../../tools/processes/process";
import { repositoryRoot } from "../../tools/repository";
import { median } from "../measure/rounds";
import type { TableRow } from "../report/table";
import { TITLES } from "../report/targets";
import { progress, type SuiteResult } from "./suite";

export interface StartSuiteOptions {
  /** Starts that count, 1 to 100. */
  rounds: number;
}

interface Start {
  linkSeconds: number;
  /** Until the page shows its first state. */
  pageSeconds: number;
  load: number;
}

/** After so long a start has failed. */
const TIMEOUT_SECONDS = 120;

/** Measures how soon `npm start` prints the link of its page, and the page shows something. The first start, which fills caches, does not count. */
export async function startSuite({ rounds }: StartSuiteOptions): Promise<SuiteResult> {
  const starts: Start[] = [];
  for (let round = 0; round <= rounds; round++) {
    const start = await measuredStart();
    const { linkSeconds, pageSeconds, load } = start;
    progress(
      `start ${round}: link after ${linkSeconds.toFixed(1)} s, page after ${pageSeconds.toFixed(1)} s, load ${load.toFixed(1)}`,
    );
    if (round > 0) starts.push(start);
  }
  return {
    tables: {
      [TITLES.start]: [rowOf("link printed", "linkSeconds", starts), rowOf("page shown", "pageSeconds", starts)],
    },
  };
}

function rowOf(until: string, of: "linkSeconds" | "pageSeconds", starts: readonly Start[]): TableRow {
  const seconds = starts.map((start) => start[of]);
  return {
    until,
    starts: starts.length,
    "median, s": median(seconds),
    "slowest, s": Math.max(...seconds),
    load: median(starts.map(({ load }) => load)),
  };
}

async function measuredStart(): Promise<Start> {
  const begun = performance.now();
  const secondsSince = () => (performance.now() - begun) / 1000;
  const { process: npm, match } = await startService("npm", ["start"], {
    cwd: repositoryRoot,
    env: process.env,
    ready: /^Watch it: (http\S+)$/,
    timeoutSeconds: TIMEOUT_SECONDS,
  });
  const linkSeconds = secondsSince();
  await firstState(match[1]!);
  const pageSeconds = secondsSince();
  // As Ctrl-C: it ends what it has started.
  process.kill(-npm.child.pid!, "SIGINT");
  await npm.ended;
  return { linkSeconds, pageSeconds, load: loadavg()[0]! };
}

/** Asks for all that a browser needs, until the page has something to show. */
async function firstState(link: string): Promise<void> {
  for (const file of ["", "page.js", "page.css"]) await (await fetch(link + file)).text();
  const closing = new AbortController();
  const response = await fetch(`${link}api/state`, { signal: closing.signal });
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes("event: state")) break;
  }
  closing.abort();
}
