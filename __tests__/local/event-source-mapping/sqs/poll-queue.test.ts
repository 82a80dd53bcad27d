import type { SQSEvent, SQSRecord } from "aws-lambda";
import { LiveSettings } from "../../../../local/event-source-mapping/live-settings";
import { pollQueue } from "../../../../local/event-source-mapping/sqs/poll-queue";
import type { InvocationResult } from "../../../../local/lambda/instance";
import { idsOf, MemoryQueue, queueSettings, sqsMessage } from "./factories";

const MIB = 1024 * 1024;

/** Polls the queue for some time, on a clock that the test moves. */
class Polled {
  readonly stopping = new AbortController();
  readonly live: LiveSettings<ReturnType<typeof queueSettings>>;
  readonly batches: string[][] = [];
  readonly problems: string[] = [];
  readonly ended: Promise<void>;

  constructor(
    readonly queue: MemoryQueue,
    changes: Parameters<typeof queueSettings>[0] = {},
    invoke: (records: SQSRecord[]) => InvocationResult | Promise<InvocationResult> = () => ({ payload: null }),
  ) {
    this.live = new LiveSettings(queueSettings(changes));
    const io = {
      queue,
      invoke: async ({ Records }: SQSEvent) => {
        this.batches.push(idsOf(Records));
        return invoke(Records);
      },
      onProblem: (problem: string) => void this.problems.push(problem),
    };
    this.ended = pollQueue(io, this.live, this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await jest.advanceTimersByTimeAsync(1_000);
    await this.ended;
  }
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const sizes = ({ batches }: Polled) => batches.map(({ length }) => length);

beforeEach(() => void jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("pollQueue", () => {
  it("invokes at once with the messages that there are, without a batching window", async () => {
    const polled = new Polled(new MemoryQueue(3));
    await pass(10);
    expect(polled.batches).toEqual([["0", "1", "2"]]);
    expect(polled.queue.deleted).toEqual(["0", "1", "2"]);
    await polled.stop();
  });

  it("keeps a batch within the batch size", async () => {
    const polled = new Polled(new MemoryQueue(7), { batchSize: 3 });
    await pass(10);
    expect(sizes(polled)).toEqual([3, 3, 1]);
    await polled.stop();
  });

  it("fills a batch by several receives within its window, and invokes when the window ends", async () => {
    const polled = new Polled(new MemoryQueue(25), { batchSize: 20, maximumBatchingWindowSeconds: 3 });
    await pass(2_900);
    expect(sizes(polled)).toEqual([20]);
    await pass(1_200);
    expect(sizes(polled)).toEqual([20, 5]);
    expect(polled.queue.receives.map(([maximum]) => maximum).slice(0, 2)).toEqual([10, 10]);
    await polled.stop();
  });

  it("keeps every payload within 6 MB", async () => {
    const queue = new MemoryQueue(0);
    queue.waiting.push(...["a", "b", "c", "d", "e", "f", "g", "h"].map((id) => sqsMessage(id, "x".repeat(MIB - 1024))));
    const polled = new Polled(queue);
    await pass(10);
    expect(polled.batches).toEqual([
      ["a", "b", "c", "d", "e", "f"],
      ["g", "h"],
    ]);
    await polled.stop();
  });

  it("has at most the maximum of concurrent invocations, and receives nothing that it cannot process", async () => {
    let running = 0;
    let most = 0;
    const polled = new Polled(new MemoryQueue(9), { batchSize: 1, maximumConcurrency: 2 }, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      running--;
      return { payload: null };
    });
    await pass(2_500);
    expect(most).toBe(2);
    expect(polled.batches).toHaveLength(6);
    expect(polled.queue.waiting).toHaveLength(3);
    await polled.stop();
  });

  it("neither receives nor invokes while it is disabled", async () => {
    const polled = new Polled(new MemoryQueue(2), { enabled: false });
    await pass(60_000);
    expect(polled.queue.receives).toEqual([]);
    polled.live.set(queueSettings());
    await pass(10);
    expect(polled.batches).toEqual([["0", "1"]]);
    await polled.stop();
  });

  it("leaves a disabled mapping's buffered messages to the queue", async () => {
    const polled = new Polled(new MemoryQueue(2), { maximumBatchingWindowSeconds: 60 });
    await pass(5_000);
    polled.live.set(queueSettings({ enabled: false }));
    await pass(120_000);
    polled.live.set(queueSettings());
    await pass(10);
    expect(polled.batches).toEqual([]);
    await polled.stop();
  });

  it("applies new settings to the next batch", async () => {
    const polled = new Polled(new MemoryQueue(4), { maximumBatchingWindowSeconds: 60 });
    await pass(5_000);
    polled.live.set(queueSettings({ batchSize: 3 }));
    await pass(1_010);
    expect(sizes(polled)).toEqual([3, 1]);
    await polled.stop();
  });

  it("waits for the invocations in flight when it is stopped", async () => {
    const polled = new Polled(new MemoryQueue(1), {}, async () => {
      await new Promise((resolve) => setTimeout(resolve, 10_000));
      return { payload: null };
    });
    await pass(10);
    let ended = false;
    void polled.ended.then(() => {
      ended = true;
    });
    polled.stopping.abort();
    await pass(9_000);
    expect(ended).toBe(false);
    await pass(1_000);
    expect(ended).toBe(true);
    expect(polled.queue.deleted).toEqual(["0"]);
  });

  it("reports a queue that cannot be read for five seconds, and goes on when it can", async () => {
    const queue = new MemoryQueue(1);
    const { receive } = queue;
    queue.receive = async () => {
      throw new Error("no such queue");
    };
    const polled = new Polled(queue);
    await pass(10_000);
    expect(polled.problems).toEqual([`${queueSettings().queueArn} cannot be read: Error: no such queue`]);
    queue.receive = receive;
    await pass(1_010);
    expect(polled.batches).toEqual([["0"]]);
    await polled.stop();
  });
});
