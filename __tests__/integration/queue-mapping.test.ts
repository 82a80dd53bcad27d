import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { type QueueMapping, startQueueMapping } from "../../local/event-source-mapping/sqs/mapping";
import type { InvocationResult } from "../../local/lambda/instance";
import { failures, queueSettings } from "../local/event-source-mapping/sqs/factories";
import { until } from "../support/until";

let emulator: Emulator;
let clients: AwsClients;
const mappings: QueueMapping[] = [];
const problems: string[] = [];

beforeAll(async () => {
  emulator = await startEmulator();
  clients = awsClients(emulator.url);
}, 300_000);

afterEach(async () => {
  await Promise.all(mappings.splice(0).map((mapping) => mapping.stop()));
  expect(problems).toEqual([]);
});

afterAll(() => emulator.stop());

interface TestQueue {
  readonly url: string;
  readonly arn: string;
}

async function createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<TestQueue> {
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  return { url: QueueUrl!, arn: `arn:aws:sqs:eu-central-1:123456789012:${QueueName}` };
}

async function put(queue: TestQueue, bodies: readonly string[]): Promise<void> {
  const Entries = bodies.map((MessageBody, n) => ({ Id: String(n), MessageBody }));
  await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
}

/** Messages of a queue that are visible, and hidden ones. */
async function counts({ url }: TestQueue): Promise<[visible: number, hidden: number]> {
  const { Attributes } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
  );
  return [Number(Attributes!.ApproximateNumberOfMessages), Number(Attributes!.ApproximateNumberOfMessagesNotVisible)];
}

/** Runs a mapping of the queue until the end of the test. @returns each batch that its function got */
async function run(
  queue: TestQueue,
  changes: Parameters<typeof queueSettings>[0],
  invoke: (records: SQSRecord[]) => InvocationResult,
): Promise<SQSRecord[][]> {
  const batches: SQSRecord[][] = [];
  mappings.push(
    await startQueueMapping({
      sqs: clients.sqs,
      settings: queueSettings({ queueArn: queue.arn, ...changes }),
      async invoke({ Records }: SQSEvent) {
        batches.push(Records);
        return invoke(Records);
      },
      onProblem: (problem) => problems.push(problem),
    }),
  );
  return batches;
}

const bodiesOf = (batches: readonly SQSRecord[][]) => batches.map((batch) => batch.map(({ body }) => body));
const receiveCounts = (batches: readonly SQSRecord[][]) =>
  batches.map((batch) => batch.map(({ attributes }) => attributes.ApproximateReceiveCount));

describe("startQueueMapping", () => {
  it("hands over each message as Lambda does, and deletes it", async () => {
    const queue = await createQueue("shape");
    const attributes = { kind: { DataType: "String", StringValue: "größe" } };
    const message = { MessageBody: '{"größe":1}', MessageAttributes: attributes };
    await clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, ...message }));
    const batches = await run(queue, {}, () => ({ payload: { batchItemFailures: [] } }));
    await until(async () => batches.length > 0 && (await counts(queue)).every((count) => count === 0));

    expect(batches).toEqual([
      [
        {
          messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          receiptHandle: expect.any(String),
          body: '{"größe":1}',
          attributes: {
            ApproximateReceiveCount: "1",
            SentTimestamp: expect.stringMatching(/^\d{13}$/),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
          },
          messageAttributes: {
            kind: { stringValue: "größe", stringListValues: [], binaryListValues: [], dataType: "String" },
          },
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          // printf '{"größe":1}' | md5sum
          md5OfBody: "12c6bfc9db4470c93a66da12434ceb05",
          eventSource: "aws:sqs",
          eventSourceARN: queue.arn,
          awsRegion: "eu-central-1",
        },
      ],
    ]);
    expect(await counts(queue)).toEqual([0, 0]);
  });

  it("hands a failed message over again after the visibility timeout, and no other", async () => {
    const queue = await createQueue("partial", { VisibilityTimeout: "1" });
    await put(queue, ["good", "bad", "better"]);
    const times: number[] = [];
    const batches = await run(queue, {}, (records) => {
      times.push(performance.now());
      const bad = records.find(({ body, attributes }) => body === "bad" && attributes.ApproximateReceiveCount === "1");
      return failures(...(bad ? [bad.messageId] : []));
    });
    await until(async () => batches.length === 2 && (await counts(queue)).every((count) => count === 0));

    expect(bodiesOf(batches)).toEqual([["good", "bad", "better"], ["bad"]]);
    expect(receiveCounts(batches)).toEqual([["1", "1", "1"], ["2"]]);
    expect(batches[1]![0]!.messageId).toBe(batches[0]![1]!.messageId);
    expect(times[1]! - times[0]!).toBeGreaterThan(950);
    expect(await counts(queue)).toEqual([0, 0]);
  });

  it("hands a whole batch over again after an error, and the queue moves it to the dead-letter queue in the end", async () => {
    const dead = await createQueue("dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const queue = await createQueue("failing", { VisibilityTimeout: "1", RedrivePolicy });
    await put(queue, ["a", "b"]);
    const batches = await run(queue, {}, () => ({ functionError: "Unhandled", payload: {} }));
    await until(async () => (await counts(dead))[0] === 2);

    expect(bodiesOf(batches)).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    expect(receiveCounts(batches)).toEqual([
      ["1", "1"],
      ["2", "2"],
    ]);
    const { Messages } = await clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead.url, MaxNumberOfMessages: 10 }),
    );
    expect(Messages!.map(({ Body }) => Body)).toEqual(["a", "b"]);
  });

  it("gets the messages of the dead-letter queue again, as new ones, after its redrive", async () => {
    const dead = await createQueue("redriven-dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 });
    const queue = await createQueue("redriven", { VisibilityTimeout: "1", RedrivePolicy });
    await put(queue, ["a", "b"]);
    let works = false;
    const batches = await run(queue, {}, () =>
      works ? { payload: null } : { functionError: "Unhandled", payload: {} },
    );
    await until(async () => (await counts(dead))[0] === 2);
    works = true;
    await clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    await until(async () => batches.length === 2 && (await counts(queue)).every((count) => count === 0));

    expect(bodiesOf(batches)).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    expect(receiveCounts(batches)[1]).toEqual(["1", "1"]);
    expect(new Set(batches.flat().map(({ messageId }) => messageId)).size).toBe(4);
    expect(await counts(dead)).toEqual([0, 0]);
    const { Results } = await clients.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: dead.arn }));
    expect(Results).toMatchObject([{ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 2 }]);
    await expect(clients.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: queue.arn }))).rejects.toThrow(
      "Source queue must be configured as a Dead Letter Queue.",
    );
  });

  it("fills one batch by several receives within the batching window", async () => {
    const queue = await createQueue("window");
    const bodies = Array.from({ length: 25 }, (_, n) => String(n));
    for (const start of [0, 10, 20]) await put(queue, bodies.slice(start, start + 10));
    const batches = await run(queue, { batchSize: 100, maximumBatchingWindowSeconds: 1 }, () => ({ payload: null }));
    await until(() => batches.length > 0);
    expect(bodiesOf(batches)).toEqual([bodies]);
  });

  it("receives a message that arrives during a long poll before that is over, which holds up no other request", async () => {
    const [queue, empty] = [await createQueue("poll"), await createQueue("empty-poll")];
    const leaving = new AbortController();
    const poll = ({ url }: TestQueue) =>
      clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
        abortSignal: leaving.signal,
      });
    const whole = poll(empty).then(
      () => "over",
      () => "left",
    );
    const polling = poll(queue);
    await put(queue, ["late"]);
    expect((await polling).Messages!.map(({ Body }) => Body)).toEqual(["late"]);
    leaving.abort();
    expect(await whole).toBe("left");
  });

  it("belongs to a queue that keeps each attribute until it is changed", async () => {
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "s", Effect: "Allow", Principal: "*" }],
    });
    const RedriveAllowPolicy = JSON.stringify({ redrivePermission: "denyAll" });
    const { url } = await createQueue("kept", { Policy });
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedriveAllowPolicy } }));
    await clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: "7" } }));
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({ RedriveAllowPolicy, VisibilityTimeout: "7" });
    expect(JSON.parse(Attributes!.Policy!)).toEqual(JSON.parse(Policy));
  });

  it("throws when there is no such queue", async () => {
    const arn = "arn:aws:sqs:eu-central-1:123456789012:none";
    await expect(run({ url: "", arn }, {}, () => ({ payload: null }))).rejects.toThrow(
      expect.objectContaining({ name: "QueueDoesNotExist" }),
    );
  });
});
