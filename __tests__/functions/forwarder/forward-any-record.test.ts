import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { documentId } from "../../../core/events/document-id";
import type { Envelope, LogEvent } from "../../../core/events/envelope";
import { forward } from "../../../functions/forwarder/forward";
import { damagedEnvelope, envelopeOfAnyHead, looseEnvelope } from "../../support/any-envelope";
import { prepareForwarding } from "../../support/forwarding";
import { anyText, jsonText } from "../../support/json-texts";
import { CONTROL_MESSAGE, envelope, kinesisEvent, logEvent } from "../../support/kinesis";

const CONTROL = JSON.stringify(CONTROL_MESSAGE);
const ENVELOPE = JSON.stringify(envelope([logEvent(1)]));

/** `text` with a part of it replaced. */
const changed = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(6), fc.oneof(anyText, fc.constantFrom("", "{}", "null", '"x":1,')))
    .map(([at, removed, inserted]) => text.slice(0, at) + inserted + text.slice(at + removed));

const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const line = fc.oneof(anyText, jsonText, changed(CONTROL), changed(ENVELOPE), fc.constantFrom(CONTROL, ENVELOPE));
const anyContent = fc.oneof(
  anyBytes,
  fc.oneof(
    ...[line, fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n"))],
    ...[looseEnvelope, envelopeOfAnyHead, damagedEnvelope],
  ),
);
const anyRecord = fc
  .tuple(anyContent, fc.constantFrom("as it is", "gzipped", "cut off"))
  .map(([content, form]): Buffer => {
    const bytes = Buffer.from(content as string);
    return form === "as it is" ? bytes : gzipSync(bytes).subarray(0, form === "gzipped" ? undefined : -4);
  });

/** The text of a gzipped record. */
function inflated(data: Buffer): string | undefined {
  try {
    return gunzipSync(data).toString();
  } catch {
    return undefined;
  }
}

const isControl = (text: string | undefined) =>
  text?.replace(/(?<="timestamp":)\d+/, "") === CONTROL.replace(/(?<="timestamp":)\d+/, "");

describe("forward, with any record", () => {
  it("acknowledges it with its events in index and archive, or as a dead letter, or as exactly a control message", () =>
    fc.assert(
      fc.asyncProperty(anyRecord, fc.boolean(), async (data, fastPath) => {
        const { bucket, engine, io, lines } = prepareForwarding({ fastPath });
        expect(await forward(kinesisEvent(data), io)).toEqual({ batchItemFailures: [] });
        const [report] = lines;
        const archived = bucket.lines("archive/").map((one): Envelope => JSON.parse(one));
        const deadLetters = bucket.keys("dead-letter/").map((key) => bucket.objects.get(key));
        const controls = report!.ControlMessages as number;
        expect(controls).toBeLessThanOrEqual((inflated(data)?.split("\n") ?? []).filter(isControl).length);
        if (isControl(inflated(data))) expect(controls).toBe(1);
        // A record may hold several envelopes.
        expect(archived.length + deadLetters.length + controls).toBeGreaterThanOrEqual(1);
        if (deadLetters.length > 0) expect(deadLetters).toEqual([data]);
        const places = archived.flatMap((one) => one.logEvents.map((event) => placeOf(event, one)));
        expect(report!.Events).toBe(places.length);
        expect(engine.documents.size).toBe(new Set(places).size);
      }),
      { numRuns: 500 },
    ));
});

/** Events of one id, account, log group and day are one document. */
const placeOf = ({ id, timestamp }: LogEvent, where: Envelope) =>
  `${new Date(timestamp).toJSON().slice(0, 10)} ${documentId(id, where)}`;
