import { once } from "node:events";
import { PassThrough } from "node:stream";
import { Interruption } from "../../../replay/patience";
import { emptyTally, tallyProgress } from "../../../replay/sinks/sink";
import { stdoutSink } from "../../../replay/sinks/stdout";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";

const origin = { shardId: "shard", sequenceNumber: "1", region: "eu-central-1", arrival: ARRIVAL };

describe("stdoutSink", () => {
  it("waits for a slow reader instead of filling the memory", async () => {
    const output = new PassThrough({ highWaterMark: 10 });
    let delivered = false;
    const delivering = stdoutSink(output, new Interruption())
      .deliver([{ origin, envelope: envelope([logEvent(1)]) }], tallyProgress(emptyTally()))
      .then(() => {
        delivered = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(delivered).toBe(false);
    const drained = once(output, "drain");
    output.resume();
    await Promise.all([drained, delivering]);
    expect(delivered).toBe(true);
  });

  it("counts what can't be read as rejected, for it has no event to print", async () => {
    const output = new PassThrough();
    const tally = emptyTally();
    await stdoutSink(output, new Interruption()).deliver(
      [{ origin }, { origin, envelope: envelope([logEvent(1)]) }],
      tallyProgress(tally),
    );
    expect(tally).toEqual({ found: 0, delivered: 1, alreadyIndexed: 0, rejected: 1 });
    expect(output.read().toString().split("\n")).toHaveLength(2);
  });
});
