import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RunDeadline } from "../../archive/deadlines";
import { parseAuditArguments } from "../../audit/arguments/arguments";
import { auditCommandLine } from "../../audit/arguments/options";
import { AuditExitCode, runAudit } from "../../audit/command";
import { SOURCE_BUCKET } from "../support/access-logs";
import { AuditedObjects } from "../support/audited-objects";
import { type HttpServer, serve } from "../support/http-server";

describe("npm run audit --kind backfill", () => {
  const folder = mkdtempSync(join(tmpdir(), "audit-"));
  const environment = { ...process.env };
  let audited: AuditedObjects;
  const servers: HttpServer[] = [];
  let stdout: string;

  beforeEach(async () => {
    audited = await AuditedObjects.start({ QUARANTINE_BUCKET: SOURCE_BUCKET });
    const [search, sqs] = [await serve(audited.searched), await serve(audited.queue)];
    servers.push(search, sqs);
    Object.assign(process.env, {
      ...{ AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
      ...{ AWS_ENDPOINT_URL_S3: audited.s3.origin, AWS_ENDPOINT_URL_SQS: sqs.origin, SEARCH_ENDPOINT: search.origin },
    });
    stdout = "";
    jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      stdout += text;
      return true;
    });
    jest.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.env = environment;
    await Promise.all([audited.stop(), ...servers.splice(0).map((server) => server.stop())]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function run(...args: string[]): Promise<number> {
    const path = join(folder, "variables.json");
    writeFileSync(path, JSON.stringify({ ...audited.given }));
    const range = ["--from", "2026-11-27", "--to", "2026-11-28", "--function-variables", path];
    const line = ["--kind", "backfill", "--bucket", SOURCE_BUCKET, ...range, ...args];
    stdout = "";
    const deadline = new RunDeadline();
    return runAudit(parseAuditArguments(auditCommandLine().parse(["node", "audit", ...line])), deadline);
  }

  it("names what is missing, puts its object on the queue, and agrees when that is delivered", async () => {
    await audited.deliver({ "2026/11/27/a.log": "a\nb\n" });
    expect([await run(), stdout]).toEqual([
      AuditExitCode.Agrees,
      expect.stringMatching(/\nAccess logs and index agree: 2 documents\.\n$/),
    ]);
    const [document] = audited.searched.documents.keys();
    audited.searched.documents.delete(document!);
    expect(await run("--heal", "--yes")).toBe(AuditExitCode.Differs);
    expect(stdout).toContain(`missing: ${document} 2026-11-27T03:05:00.000Z of all, archived in 2026/11/27/a.log\n`);
    expect(stdout).toContain("healed: 1 object put on the queue, 0 documents removed; audit again when it is empty\n");
    await audited.redeliver(audited.queue.bodies);
    expect(await run()).toBe(AuditExitCode.Agrees);
  });

  it("tells objects that have nothing of these times from none at all", async () => {
    expect([await run(), stdout]).toEqual([
      AuditExitCode.NothingDone,
      expect.stringMatching(/\nNothing was found to compare: no object is under .*\. Check --bucket and --prefix\.\n$/),
    ]);
    await audited.deliver({ "2026/11/20/a.log": "a\n" });
    expect([await run(), stdout]).toEqual([
      AuditExitCode.Agrees,
      expect.stringMatching(/\nNothing was found to compare: no line of these times is in the objects under /),
    ]);
  });
});
