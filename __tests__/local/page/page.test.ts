import { type Page, startPage } from "../../../local/page/page";
import type { PageState } from "../../../local/page/shared/page-state";
import { shownStates } from "../../support/page-events";
import { emptyPage } from "../../support/page-state";

/** What a page that opens now is shown first. */
async function shownBy({ url }: Page): Promise<PageState> {
  const states = shownStates(url);
  const { value } = await states.next();
  await states.return(undefined);
  return value as PageState;
}

describe("startPage", () => {
  let page: Page;
  beforeEach(async () => {
    page = await startPage({ tasks: [], session: {}, assets: emptyPage });
  });
  afterEach(() => page.stop());

  it("shows a pipeline that starts, runs and is stopped", async () => {
    expect(await shownBy(page)).toEqual({
      at: expect.any(Number),
      phase: "starting",
      steps: [],
      services: [],
      lanes: [],
    });
    page.started();
    expect(await shownBy(page)).toMatchObject({ phase: "running" });
    page.over();
    expect(await shownBy(page)).toMatchObject({ phase: "stopped" });
  });

  it("keeps showing why a start has failed while everything is stopped", async () => {
    page.over("Java is needed.");
    page.over();
    expect(await shownBy(page)).toMatchObject({ phase: "failed", failure: "Java is needed." });
  });
});
