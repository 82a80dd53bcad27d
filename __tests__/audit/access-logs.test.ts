import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { objectIdSuffix } from "../../core/events/document-id";
import { AuditedObjects } from "../support/audited-objects";
import { MAPPING_CONFLICT } from "../support/search-engine";

const DAY = "2026-11-26";
const INDEX = "cwl-elb_access-2026.11.26";

/** Where AWS puts the log of a load balancer. */
const key = (name: string, time = "20261126T2345Z") =>
  `AWSLogs/111111111111/elasticloadbalancing/eu-west-1/2026/11/${time.slice(6, 8)}/111111111111_elasticloadbalancing_eu-west-1_lb_${time}_10.0.0.1_${name}.log`;

const line = (n: number, path = "/", hour = 23) =>
  `2026-11-26T${hour}:39:${String(n % 60).padStart(2, "0")}.945958Z lb 192.168.131.39:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 29 "GET http://www.example.com:80${path} HTTP/1.1" "curl/7.38.0" - -`;

const lines = (count: number, path?: string) =>
  `${Array.from({ length: count }, (_, n) => line(n, path)).join("\n")}\n`;

type Deed = "nothing" | "delete" | "duplicate" | "alter";

describe("an audit of access logs", () => {
  let audited: AuditedObjects;
  const start = async (variables?: Record<string, string>) => {
    audited = await AuditedObjects.start(variables);
    return audited;
  };
  afterEach(() => audited.stop());

  const idOf = (n: number, objectKey: string) => n + objectIdSuffix(audited.object(objectKey));

  function does(deed: Deed, id: string): string[] {
    const { documents } = audited.searched;
    const document = documents.get(`${INDEX}/${id}`)!;
    if (deed === "nothing") return [];
    if (deed === "delete") documents.delete(`${INDEX}/${id}`);
    if (deed === "duplicate") documents.set(`cwl-elb_access-2026.11.25/${id}`, document);
    if (deed === "alter") documents.set(`${INDEX}/${id}`, { ...document, altered: 1 });
    return [`${{ delete: "missing", duplicate: "duplicate", alter: "altered" }[deed]} ${id}`];
  }

  it("names exactly what was done to the index, and heals it by the function", async () => {
    const deed = fc.constantFrom<Deed>("nothing", "delete", "duplicate", "alter");
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 12 }), fc.boolean(), async (deeds, isExtra) => {
        await start();
        try {
          const [one, two] = [key("one"), key("two")];
          await audited.deliver({ [one]: lines(deeds.length), [two]: gzipSync(lines(4)), "notes.txt": "a\nb" });
          const done = deeds.flatMap((each, n) => does(each, idOf(n, one)));
          if (isExtra) {
            const stranger = idOf(99, two);
            audited.searched.documents.set(
              `${INDEX}/${stranger}`,
              audited.searched.documents.get(`${INDEX}/${idOf(0, two)}`)!,
            );
            done.push(`extra ${stranger}`);
          }
          const report = await audited.audit(DAY, { isDeep: true });
          expect([audited.names, report.isComplete, report.isClean]).toEqual([done.sort(), true, done.length === 0]);
          const sum = { archived: deeds.length + 4, missing: deeds.filter((each) => each === "delete").length };
          expect(report.counts.sum).toMatchObject(sum);
          const heal = { isDone: true, deletes: true };
          const { healed } = await audited.audit(DAY, { isDeep: true, heal });
          const isPut = deeds.some((each) => each === "delete" || each === "alter");
          expect([healed.delivered, audited.queue.bodies.length]).toEqual([Number(isPut), Number(isPut)]);
          await audited.redeliver(audited.queue.bodies);
          const after = await audited.audit(DAY, { isDeep: true });
          expect([audited.names, after.isClean, after.counts.sum.indexed]).toEqual([[], true, deeds.length + 4]);
        } finally {
          await audited.stop();
        }
      }),
      { numRuns: 4 },
    );
  });

  it("counts by the hour of the lines and by the index", async () => {
    await start();
    await audited.deliver({ [key("one")]: `${line(1)}\n${line(2, "/", 22)}\n\n${line(3, "/", 22)}` });
    const report = await audited.audit(DAY);
    expect(report.counts.hours.map(({ hourMs, logGroup, counts }) => [hourMs, logGroup, counts.indexed])).toEqual([
      [Date.UTC(2026, 10, 26, 23), "elb_access", 1],
      [Date.UTC(2026, 10, 26, 22), "elb_access", 2],
    ]);
  });

  it("counts what is in the quarantine as rejected, and takes a line that became text as it is", async () => {
    await start();
    audited.searched.engine.reject = ({ id, document }) => {
      const isText = "rejection" in (document.aws as { s3: object }).s3;
      return id === "1" || (id === "2" && !isText) ? MAPPING_CONFLICT : undefined;
    };
    await audited.deliver({ [key("one")]: `${lines(3)}${"x".repeat(2 ** 20 + 1)}\n${line(5)}` });
    expect(audited.rejected).toEqual([expect.objectContaining({ line: 1 }), expect.objectContaining({ line: 3 })]);
    const report = await audited.audit(DAY, { isDeep: true });
    expect([audited.names, report.isClean]).toEqual([[], true]);
    expect(report.counts.sum).toMatchObject({ archived: 4, indexed: 3, rejected: 1 });
    // A line that is too long has the time at which its object was written.
    const next = await audited.audit("2026-11-27", { lateHours: 0 });
    expect(next.counts.sum).toMatchObject({ archived: 0, rejected: 0 });
    audited.archive.objects.clear();
    await audited.audit(DAY);
    expect(audited.names).toEqual([`missing ${idOf(1, key("one"))}`]);
  });

  it("counts a line that is too long at the time at which its object was written", async () => {
    await start();
    // The server's Last-Modified is of that day.
    const late = key("late", "20261127T0300Z");
    await audited.deliver({ [late]: `${line(1)}\n${"x".repeat(2 ** 20 + 1)}\n` });
    const report = await audited.audit("2026-11-27");
    expect([report.isClean, report.counts.sum]).toEqual([true, expect.objectContaining({ archived: 0, rejected: 1 })]);
  });

  it("takes what rules leave out for neither missing nor extra, and what they redact as it is", async () => {
    await start();
    await audited.deliver({ [key("one")]: lines(4, "/health"), [key("two")]: lines(2, "/?mail=jane@example.com") });
    const { documents } = audited.searched;
    for (const id of [...documents.keys()].filter((each) => each.includes(idOf(0, key("one"))))) documents.delete(id);
    const rules = '[{"action":"drop","pattern":"/health"},{"action":"redact","what":["email"]}]';
    audited.variables = { RULES: rules };
    const report = await audited.audit(DAY);
    expect([audited.names, report.counts.sum]).toEqual([
      [],
      expect.objectContaining({ archived: 2, indexed: 5, leftOut: 4, missing: 0, extra: 0 }),
    ]);
    await audited.audit(DAY, { isDeep: true });
    expect(audited.names).toEqual([0, 1].map((n) => `altered ${idOf(n, key("two"))}`).sort());
  });

  it("reads all of a damaged object that can be read, and no more only if the quarantine says so", async () => {
    await start();
    const cut = gzipSync(lines(40)).subarray(0, -20);
    await audited.deliver({ [key("cut")]: cut });
    expect([...audited.archive.objects.keys()]).toEqual([expect.stringContaining("logs/access-logs/unreadable/")]);
    const report = await audited.audit(DAY);
    expect([audited.names, report.isClean]).toEqual([[], true]);
    audited.archive.objects.clear();
    const unread = await audited.audit(DAY);
    expect([unread.isComplete, unread.unread]).toEqual([false, [{ key: key("cut"), reason: "truncated gzip" }]]);
  });

  it("names the documents of a removed object alone, not those of other objects, prefixes and days", async () => {
    await start();
    const other = "other/2026/11/26/a.log";
    await audited.deliver({
      ...{ [key("one")]: lines(2), [key("two")]: lines(3), [other]: line(1) },
      [key("tomorrow", "20261128T0300Z")]: lines(2),
    });
    const id = idOf(0, key("one"));
    audited.s3.objects.delete(key("one"));
    audited.s3.objects.delete(other);
    await audited.audit(DAY, {}, "AWSLogs/");
    expect(audited.names).toEqual([id, id.replace(/^0/, "1")].map((each) => `extra ${each}`));
    expect((await audited.audit(DAY, {}, "AWSLogs/2")).isClean).toBe(true);
  });

  it("compares any number of lines in parts that fit in memory", async () => {
    await start();
    await audited.deliver({ [key("one")]: lines(20) });
    audited.maxIds = 8;
    const done = [3, 12, 19].flatMap((n) => does("delete", idOf(n, key("one"))));
    const report = await audited.audit(DAY);
    expect([audited.names, report.counts.sum]).toEqual([
      done.sort(),
      expect.objectContaining({ archived: 20, indexed: 17, missing: 3 }),
    ]);
  });
});
