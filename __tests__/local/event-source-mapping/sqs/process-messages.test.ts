import type { SQSEvent } from "aws-lambda";
import { processMessages } from "../../../../local/event-source-mapping/sqs/process-messages";
import type { InvocationResult } from "../../../../local/lambda/instance";
import { failures, idsOf, MemoryQueue, sqsMessage } from "./factories";

const batch = ["a", "b", "c"].map((id) => sqsMessage(id));

/** Processes the batch, with a clock that sleeping moves. */
async function process(invoke: (event: SQSEvent) => Promise<InvocationResult>, queue = new MemoryQueue(0)) {
  jest.useFakeTimers();
  const problems: string[] = [];
  const stopping = new AbortController();
  const sleeps: number[] = [];
  const io = {
    queue,
    invoke,
    onProblem: (problem: string) => problems.push(problem),
    async sleep(ms: number) {
      sleeps.push(ms);
      await jest.advanceTimersByTimeAsync(ms);
    },
  };
  await processMessages(batch, () => ({ reportBatchItemFailures: true }), io, stopping.signal);
  return { deleted: queue.deleted, problems, sleeps };
}

afterEach(() => jest.useRealTimers());

describe("processMessages", () => {
  it("deletes the messages that the function processed, and leaves the others to the queue", async () => {
    const events: SQSEvent[] = [];
    const { deleted } = await process(async (event) => {
      events.push(event);
      return failures("b");
    });
    expect(events.map(({ Records }) => idsOf(Records))).toEqual([["a", "b", "c"]]);
    expect(deleted).toEqual(["a", "c"]);
  });

  it("deletes none after an error, and does not invoke again", async () => {
    const invoke = jest.fn(async () => ({ functionError: "Unhandled" as const, payload: {} }));
    expect((await process(invoke)).deleted).toEqual([]);
    expect(invoke).toHaveBeenCalledTimes(1);
  });

  it("tries a function again that could not be invoked, with growing delays, while the messages are hidden", async () => {
    let invocations = 0;
    const { deleted, sleeps } = await process(async () => {
      if (++invocations <= 3) throw new Error("throttled");
      return { payload: null };
    });
    expect(deleted).toEqual(["a", "b", "c"]);
    expect(sleeps).toEqual([100, 200, 400]);
  });

  it("gives up such a function before the messages come again", async () => {
    const queue = new MemoryQueue(0);
    queue.hiddenSeconds = 2;
    const throttled = async () => {
      throw new Error("throttled");
    };
    const { deleted, sleeps } = await process(throttled, queue);
    expect(deleted).toEqual([]);
    expect(sleeps).toEqual([100, 200, 400, 800]);
  });

  it("reports messages that cannot be deleted", async () => {
    const queue = new MemoryQueue(0);
    queue.delete = async () => {
      throw new Error("a (ReceiptHandleIsInvalid)");
    };
    const { problems } = await process(async () => ({ payload: null }), queue);
    expect(problems).toEqual(["processed messages cannot be deleted, and come again: a (ReceiptHandleIsInvalid)"]);
  });
});
