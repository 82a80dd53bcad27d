import type { KinesisStreamRecord } from "aws-lambda";
import fc from "fast-check";
import { type PutPipeline, startPutPipeline } from "../../../support/put-pipeline";

let pipeline: PutPipeline;
beforeEach(async () => {
  pipeline = await startPutPipeline();
});
afterEach(() => pipeline.stop());

const counts = () => pipeline.puts.shown.puts[0]!.stations.map(({ count }) => count).slice(1, 3);

describe("a put in the stream", () => {
  it("counts each record once, however often it is read and the function is invoked with it", async () => {
    await pipeline.putText("a\nb\nc");
    const [a, b, c] = pipeline.events();
    const records = [pipeline.record([a!, b!], 1), pipeline.record([c!], 2)];
    const { progress: stream } = pipeline.puts;
    stream!.invoked({ Records: records });
    expect(counts()).toEqual([0, 0]);
    for (const _ of [1, 2]) stream!.read(records);
    expect(counts()).toEqual([3, 0]);
    for (const _ of [1, 2]) stream!.invoked({ Records: [records[0]] });
    expect(counts()).toEqual([3, 2]);
    // Equal sequence numbers of another stream, and lines of another log stream.
    stream!.read([{ ...pipeline.record([c!], 2), eventSourceARN: "another" }]);
    stream!.read([pipeline.record([{ ...c!, logStream: "elsewhere" }], 3)]);
    expect(counts()).toEqual([3, 2]);
  });

  it("takes whatever else the stream holds", async () => {
    await pipeline.putText("a");
    const { progress: stream } = pipeline.puts;
    fc.assert(
      fc.property(fc.oneof(fc.base64String(), fc.constant("H4sIAAAA")), fc.anything(), (data, event) => {
        const kinesis = { data, approximateArrivalTimestamp: 1 };
        stream!.read([{ kinesis, eventID: "1", eventSourceARN: "s" } as KinesisStreamRecord]);
        stream!.invoked(event);
        stream!.invoked({ Records: [{ messageId: data, eventSourceARN: "queue" }] });
      }),
    );
    expect(counts()).toEqual([0, 0]);
  });

  it("is not looked for when no put is in flight", () => {
    expect(pipeline.puts.progress).toBeUndefined();
  });
});
