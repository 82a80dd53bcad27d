import { rejectedLines } from "../../../../core/sinks/archive/rejected-lines";
import { envelope, logEvent } from "../../../support/kinesis";

describe("rejectedLines", () => {
  it("keeps each rejected event as an envelope of its own, after the rejection", () => {
    const three = envelope([logEvent(1), logEvent(2), logEvent(3)]);
    const lines = rejectedLines(three, [
      { position: 2, rejection: "400 a" },
      { position: 0, rejection: "400 b" },
    ]);
    expect([...lines].join("").split(/(?<=\n)/)).toEqual([
      `${JSON.stringify({ rejection: "400 a", ...envelope([logEvent(3)]) })}\n`,
      `${JSON.stringify({ rejection: "400 b", ...envelope([logEvent(1)]) })}\n`,
    ]);
  });
});
