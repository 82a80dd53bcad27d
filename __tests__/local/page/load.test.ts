import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPage } from "../../../local/page/page";
import { MAX_OPEN_PAGES } from "../../../local/page/shared/page-state";
import type { Session } from "../../../local/start/session";
import states from "../../support/applied-states.json";
import { startServer } from "../../support/http-server";
import { emptyPage } from "../../support/page-state";
import { wholeAnswer } from "../../support/search-answer";

/** Reads what an open page is sent, up to so many patches. */
async function readPatches(url: string, patches: number): Promise<void> {
  const closing = new AbortController();
  const response = await fetch(`${url}api/state`, { signal: closing.signal });
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.split("event: patch").length > patches) break;
  }
  closing.abort();
}

describe("many open pages", () => {
  it("ask engine and emulator as often as one", async () => {
    const directory = mkdtempSync(join(tmpdir(), "page-"));
    writeFileSync(join(directory, "terraform.tfstate"), JSON.stringify(states["logging-pipeline"]));
    const engine = await startServer((_, response) =>
      response.end(JSON.stringify({ ...wholeAnswer(0), hits: { hits: [] } })),
    );
    const emulator = await startServer((_, response) =>
      response.end(JSON.stringify({ subscriptions: [], accountPolicies: [] })),
    );
    const session = {
      ...{ emulatorUrl: emulator.origin, searchEndpoint: engine.origin, isSearchUp: true, directory },
      pipeline: { directory } as Session["pipeline"],
    };
    const page = await startPage({ tasks: [], session, assets: emptyPage });
    try {
      await Promise.all(Array.from({ length: MAX_OPEN_PAGES }, () => readPatches(page.url, 3)));
      // A patch comes after one search at most; a timer may be late for the one and early for the next.
      expect(engine.requests.length).toBeGreaterThan(0);
      expect(engine.requests.length).toBeLessThan(MAX_OPEN_PAGES / 2);
      expect(emulator.requests.length).toBeLessThan(MAX_OPEN_PAGES / 2);
    } finally {
      await page.stop();
      await Promise.all([engine.stop(), emulator.stop()]);
      rmSync(directory, { recursive: true });
    }
  });
});
