import type { KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { kinesisRecord } from "../../../core/sources/kinesis/record";
import { replayKey } from "../../../core/sources/kinesis/replay-key";
import type { ReplayRecord } from "../../../replay/records";
import { emptyTally, tallyProgress } from "../../../replay/sinks/sink";
import { streamSink } from "../../../replay/sinks/stream";
import { envelope, kinesisStreamRecord, logEvent } from "../../support/kinesis";
import { FakeRunDeadline } from "../../support/run-deadline";
import { undecodableRecord } from "../../support/undecodable-record";

const member = Buffer.from("as the archive keeps it");
const origin = kinesisRecord(kinesisStreamRecord(1, Buffer.from("junk")));

/** A record that the archive keeps as `member`. */
const originalOf = (member: Buffer): NonNullable<ReplayRecord["original"]> => ({
  record: origin,
  parts: [{ kind: "events", envelope: envelope([logEvent(3)]), member }],
});

const kept: ReplayRecord = {
  origin,
  envelopes: [envelope([logEvent(3)])],
  original: originalOf(member),
  partitionKey: "p",
};
const read: ReplayRecord = { origin, envelopes: [envelope([logEvent(1), logEvent(2)])] };

const taken = { SequenceNumber: "1", ShardId: "0" };
const throttled = { ErrorCode: "ProvisionedThroughputExceededException", ErrorMessage: "slow down" };

/** A sink whose requests are answered by `answer`. */
function prepare(answer: (put: PutRecordsCommand["input"]) => unknown[] | Error) {
  const deadline = new FakeRunDeadline();
  const send = async ({ input }: PutRecordsCommand) => {
    const answered = answer(input);
    if (answered instanceof Error) throw answered;
    return { Records: answered };
  };
  const sink = streamSink({ send } as unknown as KinesisClient, "pipeline_foo", deadline);
  return { sink, deadline, tally: emptyTally() };
}

describe("streamSink", () => {
  it("puts a record as the archive keeps it, under a partition key that marks it and keeps its order", async () => {
    const puts: unknown[] = [];
    const { sink, tally } = prepare(({ Records }) => {
      puts.push(...Records!);
      return [taken];
    });
    await sink.deliver([kept], tallyProgress(tally));
    expect(puts).toEqual([{ Data: member, PartitionKey: replayKey("p") }]);
    expect(tally).toEqual({ found: 0, delivered: 1, alreadyIndexed: 0, rejected: 0, dropped: 0 });
  });

  it("rejects a record that cannot be decoded, without putting it", async () => {
    const { sink, tally } = prepare(() => new Error("put"));
    await sink.deliver([undecodableRecord()], tallyProgress(tally));
    expect(tally).toEqual({ found: 0, delivered: 0, alreadyIndexed: 0, rejected: 1, dropped: 0 });
  });

  it.each(["ValidationException", "InvalidArgumentException"])(
    "reports a record that is too large for the stream (%s), after the others were put",
    async (name) => {
      const { sink, tally } = prepare(({ Records }) =>
        Records!.some(({ Data }) => Data!.length > 1024 * 1024)
          ? Object.assign(new Error("too large"), { name, $fault: "client" })
          : Records!.map(() => taken),
      );
      const large = {
        ...kept,
        original: originalOf(Buffer.alloc(1024 * 1024 + 1)),
      };
      await expect(sink.deliver([kept, large, read], tallyProgress(tally))).rejects.toMatchObject({
        name: "ObjectError",
        message: "has a record of 1048616 bytes, more than stream pipeline_foo accepts",
      });
      expect(tally.delivered).toBe(3);
    },
  );

  it("puts up to 5 MiB in a request, and a record of more than 1 MiB alone", async () => {
    const MIB = 1024 * 1024;
    const sizes: number[][] = [];
    const { sink } = prepare(({ Records }) => {
      sizes.push(Records!.map(({ Data }) => Data!.length));
      return Records!.map(() => taken);
    });
    const KEY_BYTES = replayKey("p").length;
    const largest = MIB - KEY_BYTES;
    const bytes = [...Array(5).fill(largest), 1, 6 * MIB, 1];
    const records = bytes.map((length) => ({
      ...kept,
      original: originalOf(Buffer.alloc(length)),
    }));
    await sink.deliver(records, tallyProgress(emptyTally()));
    expect(sizes).toEqual([Array(5).fill(largest), [1], [6 * MIB], [1]]);
  });

  it("sends a request without a response again", async () => {
    let requests = 0;
    const { sink, tally } = prepare(() => (++requests < 3 ? new Error("socket hang up") : [taken]));
    await sink.deliver([read], tallyProgress(tally));
    expect([requests, tally.delivered]).toEqual([3, 2]);
  });

  it("gives up records that are not accepted for five minutes, and counts the others", async () => {
    const { sink, deadline, tally } = prepare(({ Records }) =>
      Records!.length === 2 ? [taken, throttled] : [throttled],
    );
    await expect(sink.deliver([kept, read], tallyProgress(tally))).rejects.toThrow(
      "has 2 events that could not be put into pipeline_foo: ProvisionedThroughputExceededException",
    );
    expect(tally.delivered).toBe(1);
    expect(deadline.nowMs).toBeGreaterThan(4.5 * 60_000);
    expect(deadline.nowMs).toBeLessThanOrEqual(5 * 60_000);
  });

  it.each([
    ["CredentialsProviderError", undefined, "StoppedError"],
    ["AccessDeniedException", "client", "StoppedError"],
    ["ProvisionedThroughputExceededException", "client", "UndeliveredError"],
    ["LimitExceededException", "client", "UndeliveredError"],
    ["KMSThrottlingException", "client", "UndeliveredError"],
    ["InternalFailure", "server", "UndeliveredError"],
  ])("turns a %s (fault: %s) into a %s", async (name, $fault, expected) => {
    const { sink, deadline, tally } = prepare(() => Object.assign(new Error("no"), { name, $fault }));
    await expect(sink.deliver([read], tallyProgress(tally))).rejects.toMatchObject({ name: expected });
    expect(deadline.nowMs > 0).toBe(expected === "UndeliveredError");
  });
});
