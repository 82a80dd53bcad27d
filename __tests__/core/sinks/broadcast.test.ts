import { broadcast } from "../../../core/sinks/broadcast";
import type { DeliveryProgress } from "../../../core/sinks/sink";

describe("broadcast", () => {
  it("reports to every receiver what becomes of events, in the order of the receivers", () => {
    const reports: unknown[] = [];
    const receiver = (name: string): DeliveryProgress => ({
      delivered: (events, alreadyPresent) => reports.push([name, events, alreadyPresent]),
      rejected: (event, rejection) => reports.push([name, event, rejection]),
    });
    const progress = broadcast(receiver("a"), receiver("b"));
    const run = { record: 1, position: 2, count: 3 };
    progress.delivered(run, true);
    const event = { record: 4, position: 5 };
    progress.rejected(event, "no");
    expect(reports).toEqual([
      ["a", run, true],
      ["b", run, true],
      ["a", event, "no"],
      ["b", event, "no"],
    ]);
  });
});
