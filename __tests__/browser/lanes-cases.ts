import type { Page as BrowserPage } from "playwright-core";
import type { PageServer } from "../../local/page/server/page-server";
import type { LaneAudit } from "../../local/page/shared/page-state";
import { expectAccessible } from "../support/chromium";
import { pageLane, pageState } from "../support/page-state";

interface LanesPage {
  readonly page: BrowserPage;
  readonly server: PageServer;
}

/** The section with the lanes. */
export function lanesCases(current: () => LanesPage): void {
  const show = (lanes: (typeof pageLane)[], more: object = {}) =>
    current().server.show({ ...pageState, phase: "running", lanes, ...more });
  const laneOf = (name: string) => current().page.getByRole("region", { name, exact: true });

  it("shows each lane: its way, its counts, what went wrong and the cost", async () => {
    const cost = {
      usd: 70.4,
      fixedUsd: 3.5,
      lanes: { [pageLane.stream.address!]: { usd: 12.5, fixedUsd: 10.95 } },
      assumption: "At this rate.",
    };
    show([pageLane], { cost });
    const lane = laneOf("foo");
    await lane.waitFor();
    const shown = (await lane.locator("dl > div").allTextContents()).join("; ");
    expect(shown).toBe(
      "Put1,001; Searchable1,001; Archived1,001; Events a second100.1; Lag p505.8 s; Lag p959.1 s; Iterator age2.4 s; " +
        "Retried12; Returned3; Rejected2; Dead-lettered0; Lost0; Duplicated0; Cost a month$12.50; Even if idle$10.95",
    );
    expect(await lane.locator("dl .bad").allTextContents()).toEqual(["Rejected2"]);
    expect(await lane.locator(".stage").allTextContents()).toEqual([
      "log groupfoo",
      "streamlogging-pipeline_foo",
      "functionlogging-pipeline_foo",
      "indexcwl-*-20*.*.*archivelogging-pipeline-archive-123456789012-eu-central-1",
    ]);
    await lane.getByRole("img", { name: "Searchable events a second, foo: last 501, highest 501" }).waitFor();
    expect(await current().page.getByRole("region", { name: "Cost" }).textContent()).toContain("$70.40 a month");
    expect(await lane.locator("canvas").count()).toBe(2);
  });

  it("shows what the audit says, what it named and by which command, and nothing where none is made", async () => {
    const { page } = current();
    const audit = (more: Partial<LaneAudit>): LaneAudit => ({ ...pageLane.audit!, ...more });
    const { audit: _, ...unaudited } = pageLane;
    const finding = { kind: "missing", index: "cwl-foo-2026.11.28", id: "1.x" } as const;
    show([
      { ...pageLane, title: "clean" },
      { ...pageLane, id: "new", title: "new", audit: { isRunning: true, findings: [] } },
      {
        ...{ ...pageLane, id: "bad", title: "bad" },
        audit: audit({ found: { lost: 1_234, duplicated: 1, extra: 0, altered: 0 }, findings: [finding] }),
      },
      { ...pageLane, id: "failed", title: "failed", audit: audit({ found: undefined, error: "a shard fails" }) },
      { ...unaudited, id: "firehose", title: "firehose", kind: "Firehose" },
    ]);
    await laneOf("firehose").waitFor();
    const noteOf = (name: string) => laneOf(name).locator(".lanes-audit");
    expect(await noteOf("clean").textContent()).toMatch(/^Archive and index agree as of \d\d:\d\d:03 UTC$/);
    expect(await noteOf("new").textContent()).toBe("Not audited yet (audit is running)");
    expect(await noteOf("failed").textContent()).toMatch(/^Not all could be audited as of .*a shard fails/);
    const bad = await noteOf("bad").textContent();
    expect(bad).toMatch(
      /^Audit: 1,234 lost, 1 duplicated as of .*missing cwl-foo-2026\.11\.28\/1\.xnpm run auditCopy$/,
    );
    expect(await laneOf("bad").locator("dl .bad").allTextContents()).toEqual(["Rejected2", "Lost1,234", "Duplicated1"]);
    expect(await noteOf("firehose").count()).toBe(0);
    expect(await laneOf("firehose").textContent()).not.toContain("Lost");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await laneOf("bad").getByRole("button", { name: "Copy" }).click();
    await laneOf("bad").getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("npm run audit");
    await expectAccessible(page);
  });

  it("folds many lanes, finds them by any name, and opens each", async () => {
    const { page } = current();
    const groups = Array.from({ length: 200 }, (_, n) => ({ kind: "log group" as const, name: `/app/${n}` }));
    show([
      { ...pageLane, id: "shared", title: "/app/0, /app/1 and 198 more", sources: groups, eventsPerSecond: 0 },
      ...Array.from({ length: 200 }, (_, n) => ({ ...pageLane, id: `lane${n}`, title: `lane ${n}` })),
    ]);
    await page.getByText("201 of 201").waitFor();
    // A chart for each would take seconds.
    expect(await page.locator("canvas").count()).toBe(0);
    await page.getByRole("searchbox").fill("/APP/150");
    await page.getByText("1 of 201").waitFor();
    const lane = page.locator(".lane");
    expect(await lane.locator("summary").first().textContent()).toBe(
      "/app/0, /app/1 and 198 morelog groupsRejected 20.0 a secondidle",
    );
    await lane.locator("summary").first().focus();
    await page.keyboard.press("Enter");
    await lane.getByText("and 195 more").click();
    await lane.getByText("/app/150").waitFor();
    await expectAccessible(page);
    await page.getByRole("searchbox").fill("");
    await page.getByText("201 of 201").waitFor();
  });

  it("says of a lane without an index what is in S3, and of each source how old its events are", async () => {
    const { audit: _, ...unaudited } = pageLane;
    const destinations = [{ kind: "bucket" as const, name: "b" }];
    show([
      { ...unaudited, kind: "Firehose", title: "to S3", destinations, counts: { ...pageLane.counts, archived: 500 } },
    ]);
    const lane = laneOf("to S3");
    await lane.getByRole("img", { name: "Events in S3 a second, to S3: last 501, highest 501" }).waitFor();
    await lane.getByRole("img", { name: /^Lag of samples in seconds, delivery stream to S3, to S3: / }).waitFor();
    const shown = await lane.locator("dl > div").allTextContents();
    expect(shown).toContain("In S3500");
    expect(shown).toContain("Oldest record2.4 s");
    show([{ ...pageLane, kind: "access logs", title: "bucket" }]);
    await laneOf("bucket").getByText("Oldest message").waitFor();
    await laneOf("bucket")
      .getByRole("img", { name: /^Lag of samples in seconds, bucket to searchable, / })
      .waitFor();
  });
}
