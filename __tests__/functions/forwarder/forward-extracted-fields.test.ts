import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { LogEvent } from "../../../core/events/envelope";
import { forward } from "../../../functions/forwarder/forward";
import { prepareForwarding } from "../../support/forwarding";
import { anyText, jsonText } from "../../support/json-texts";
import { documentIdOf, envelope, eventId, kinesisEvent, logEvent } from "../../support/kinesis";
import { MAPPING_CONFLICT } from "../../support/search-engine";

const SYSTEM = { "@aws.account": "222222222222", "@aws.region": "us-east-1", "@source.log": "/my/app" };
const KEY = `cwl-foo-2026.11.21/${documentIdOf(1)}`;

const cloudwatchOf = ({ aws }: Record<string, unknown>) => (aws as { cloudwatch: Record<string, unknown> }).cloudwatch;

/** What becomes of one event with these extracted fields. */
async function forwarded(extractedFields: unknown, message = "GET / 200", reject = false) {
  const forwarding = prepareForwarding();
  if (reject) forwarding.engine.reject = ({ document }) => (document.n === 7 ? MAPPING_CONFLICT : undefined);
  await forward(
    kinesisEvent({ ...envelope([]), logEvents: [{ ...logEvent(1, message), extractedFields }] }),
    forwarding.io,
  );
  return { ...forwarding, document: forwarding.engine.documents.get(KEY)! };
}

describe("forward, events with extracted fields", () => {
  it("takes account, region and log group of a centralized event from its system fields; its index stays", async () => {
    const { document } = await forwarded(SYSTEM);
    expect(document).toMatchObject({
      cloud: { account: { id: "222222222222" }, region: "us-east-1" },
      aws: { cloudwatch: { log_group: "/my/app", log_stream: "stream-1" } },
    });
    expect(cloudwatchOf(document)).not.toHaveProperty("extracted_fields");
  });

  it("takes from the envelope what the system fields do not say", async () => {
    const { document } = await forwarded({ "@aws.account": "222222222222" });
    expect(document).toMatchObject({
      cloud: { account: { id: "222222222222" }, region: "eu-central-1" },
      aws: { cloudwatch: { log_group: "foo" } },
    });
  });

  it("indexes the fields of a pattern as texts in a place of their own", async () => {
    const { document } = await forwarded({ ip: "::1", bytes: 12, at: "2026-11-21" });
    expect(cloudwatchOf(document).extracted_fields).toEqual({ ip: "::1", bytes: "12", at: "2026-11-21\n" });
    expect(document.message).toBe("GET / 200");
  });

  it("keeps them beside the members of a JSON message, also of those that collide", async () => {
    const { document } = await forwarded({ ...SYSTEM, ip: "::1" }, '{"n":1,"aws":{"x":1}}');
    expect(document).toMatchObject({ n: 1, json: { aws: { x: 1 } } });
    expect(cloudwatchOf(document)).toMatchObject({ log_group: "/my/app", extracted_fields: { ip: "::1" } });
  });

  it("indexes an event as text with its system fields and without the others", async () => {
    const { document } = await forwarded({ ...SYSTEM, ip: "::1" }, '{"n":7}', true);
    expect(document).toMatchObject({ cloud: { account: { id: "222222222222" } }, message: '{"n":7}' });
    expect(Object.keys(cloudwatchOf(document))).toEqual(["log_group", "log_stream", "rejection"]);
  });

  it("leaves fields to the archive that an engine might not survive", async () => {
    const { document, bucket } = await forwarded({ n: "1e-200000000" });
    expect(cloudwatchOf(document)).not.toHaveProperty("extracted_fields");
    expect(bucket.lines("archive/").join()).toContain("1e-200000000");
  });

  it("keeps them in rejected/, and in an envelope that the archive rewrites", async () => {
    const { engine, bucket, io } = prepareForwarding();
    engine.reject = ({ id }) => (id === eventId(1) ? MAPPING_CONFLICT : undefined);
    const events = [
      { ...logEvent(1), extractedFields: { ...SYSTEM, ip: "::1" } },
      { ...logEvent(2), id: "", extractedFields: { ip: "::2" } },
    ];
    await forward(kinesisEvent(gzipSync(JSON.stringify(envelope(events), null, 1))), io);
    const fieldsIn = (prefix: string) =>
      bucket.lines(prefix).flatMap((line) => JSON.parse(line).logEvents.map((one: LogEvent) => one.extractedFields));
    expect(fieldsIn("rejected/")).toEqual([{ ...SYSTEM, ip: "::1" }]);
    expect(fieldsIn("archive/")).toEqual([{ ...SYSTEM, ip: "::1" }, { ip: "::2" }]);
  });

  it("writes the same documents from the archive, whatever the fields hold", async () => {
    const name = fc.oneof(fc.string(), fc.constantFrom(...Object.keys(SYSTEM), "__proto__", "a", "a.b", "1"));
    const value = fc.oneof(anyText, jsonText, fc.jsonValue(), fc.constant("2026-11-21"));
    const fields = fc.oneof(fc.jsonValue(), fc.dictionary(name, value));
    const property = fc.asyncProperty(fields, anyText, fc.boolean(), async (extractedFields, message, isRewritten) => {
      const first = prepareForwarding();
      const given = { ...envelope([]), logEvents: [{ ...logEvent(1, message), extractedFields }] };
      await forward(kinesisEvent(gzipSync(JSON.stringify(given, null, isRewritten ? 1 : 0))), first.io);
      expect([...first.engine.documents.keys()]).toEqual([KEY]);
      const second = prepareForwarding();
      await forward(kinesisEvent(gzipSync(first.bucket.lines("archive/")[0]!)), second.io);
      expect(second.engine.documents).toEqual(first.engine.documents);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  it("survives fields nested deeper than a stack", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { bucket, engine, io } = prepareForwarding();
    const text = JSON.stringify(envelope([logEvent(1)]), null, 1).replace(
      '"message"',
      () => `"extractedFields":{"deep":${deep},"ip":"::1"},"message"`,
    );
    expect(await forward(kinesisEvent(gzipSync(text)), io)).toEqual({ batchItemFailures: [] });
    expect(cloudwatchOf(engine.documents.get(KEY)!).extracted_fields).toEqual({ ip: "::1" });
    expect(bucket.lines("archive/")).toHaveLength(1);
  });
});
