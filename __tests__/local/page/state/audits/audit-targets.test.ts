import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appliedLanes } from "../../../../../local/page/state/applied-lanes";
import { resourcesOfState } from "../../../../../local/page/state/applied-resources";
import { AuditProcess } from "../../../../../local/page/state/audits/audit-process";
import { auditTargets } from "../../../../../local/page/state/audits/audit-targets";
import states from "../../../../support/applied-states.json";

const NOW = Date.UTC(2026, 10, 28, 12);
const HOUR = 3_600_000;

describe("auditTargets", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "it's audited-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const targetsOf = (times: { fromMs: number; toMs: number } | undefined) => {
    const stacks = Object.values(states).map((state) => ({
      resources: resourcesOfState(state),
      outputs: state === states["logging-pipeline"] ? { index_settings: { prefix: "cwl-" } } : {},
    }));
    const lanes = stacks.flatMap(({ resources }) => appliedLanes(resources));
    const archive = { bucket: "my-archive", prefix: "logs/" };
    const session = { directory, searchEndpoint: "http://127.0.0.1:9200", archive };
    return { lanes, targets: auditTargets({ session, stacks, lanes, timesOf: () => times }) };
  };

  it("compares the archive with the index for all log groups together, however late an event arrived, and each bucket of access logs", async () => {
    const { lanes, targets } = targetsOf({ fromMs: NOW - 30 * HOUR, toMs: NOW - 20 * HOUR });
    const titles = targets.map((target) => target.lanes.map(({ id }) => lanes.find((lane) => lane.id === id)!.title));
    expect(titles).toEqual([["bar", "baz", "foo"], ["local-access-logs"]]);
    expect(targets[0]!.lanes[2]!.names).toEqual(["foo", "logging-pipeline_foo"]);
    const [archive, bucket] = (await Promise.all(targets.map((target) => target.prepare(NOW)))).flat();
    const settings = join(directory, "audit", "index-settings.json");
    expect(archive!.args).toEqual([
      ...["--bucket", "my-archive", "--from", "2026-11-27T06:00:00Z", "--to", "2026-11-27T16:00:01Z"],
      ...["--search-endpoint", "http://127.0.0.1:9200", "--archive-prefix", "logs/"],
      ...["--index-settings", settings, "--late-hours", "30"],
    ]);
    expect(JSON.parse(readFileSync(settings, "utf8"))).toEqual({ prefix: "cwl-" });
    const variables = join(directory, "audit", "access-logs.json");
    expect(bucket!.args.slice(6, 10)).toEqual(["--kind", "backfill", "--function-variables", variables]);
    expect(JSON.parse(readFileSync(variables, "utf8"))).toHaveProperty("QUARANTINE_BUCKET");
    expect(archive!.command).toMatch(
      /^\(\. '.*it'\\''s audited-.*\/env\.sh' && npm run --prefix \S+ audit -- --bucket my-a/,
    );
  });

  it("compares nothing before there are events, and none that are too old for any audit", async () => {
    expect(await targetsOf(undefined).targets[0]!.prepare(NOW)).toEqual([]);
    expect(await targetsOf(undefined).targets[1]!.prepare(NOW)).toEqual([]);
    const [old] = await targetsOf({ fromMs: 0, toMs: NOW }).targets[0]!.prepare(NOW);
    expect(old!.args).toContain("2026-11-13T12:00:00Z");
    const [older] = await targetsOf({ fromMs: 0, toMs: 1 }).targets[0]!.prepare(NOW);
    expect(older!.args[3]).toBe("2026-11-13T12:00:00Z");
    expect(older!.args[5]).toBe("2026-11-13T12:00:01Z");
  });

  it("runs the command itself, and says why it could not begin", async () => {
    const audits = new AuditProcess({ directory: join(directory, "audit"), emulatorUrl: "http://127.0.0.1:1" });
    const { error, groups } = await audits.run([
      ...["--bucket", "my-archive", "--from", "2026-11-28", "--to", "2026-11-27"],
      ...["--search-endpoint", "http://127.0.0.1:1"],
    ]);
    expect(groups.size).toBe(0);
    expect(error).toContain("--from");
    await audits.stop();
  });
});
