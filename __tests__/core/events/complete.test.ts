import { completed } from "../../../core/events/complete";
import { ARRIVAL, envelope, logEvent } from "../../support/kinesis";

const ORIGIN = { shardId: "shard", sequenceNumber: "7", region: "eu-central-1", arrival: ARRIVAL };

describe("completed", () => {
  it("leaves an envelope alone whose events have ids and times", () => {
    const whole = envelope([logEvent(1), logEvent(2)]);
    expect(completed(whole, ORIGIN)).toBe(whole);
  });

  it("gives an event without an id its place in the stream, and one without a time its record's arrival", () => {
    const events = [logEvent(1), { ...logEvent(2), id: "" }, { ...logEvent(3), timestamp: -1 }];
    expect(completed(envelope(events), ORIGIN)).toEqual(
      envelope([events[0]!, { ...events[1]!, id: "shard:7:1" }, { ...events[2]!, timestamp: ARRIVAL }]),
    );
  });
});
