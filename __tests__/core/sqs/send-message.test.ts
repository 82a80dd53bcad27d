import { queueTarget, type SendMessageIo, sendMessage } from "../../../core/sqs/send-message";
import { MemorySqs, QUEUE_URL } from "../../support/access-logs";
import { FakeClock, retryIo } from "../../support/clock";

function prepare(deadlineMs = 10_000) {
  const queue = new MemorySqs();
  const clock = new FakeClock(deadlineMs);
  const failures: string[] = [];
  const io: SendMessageIo = {
    send: queue.send,
    queueUrl: QUEUE_URL,
    requestTimeoutMs: 3000,
    retry: retryIo(clock),
    failed: (reason) => failures.push(reason),
  };
  return { queue, clock, io, failures };
}

const error = (status: number, type: string) => ({ status, body: JSON.stringify({ __type: type, message: "secret" }) });

describe("sendMessage", () => {
  it("sends the body by SQS's JSON protocol", async () => {
    const { queue, io } = prepare();
    await sendMessage('{"a":"é"}', io);
    expect(queue.requests).toEqual([
      {
        method: "POST",
        path: "/",
        headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.SendMessage" },
        body: Buffer.from(JSON.stringify({ QueueUrl: QUEUE_URL, MessageBody: '{"a":"é"}' })),
        timeoutMs: 3000,
        maxResponseBytes: 256 * 1024,
      },
    ]);
  });

  it("sends again what fails with a retryable error, with backoff", async () => {
    const { queue, clock, io, failures } = prepare();
    queue.answers.push(
      new Error("reset"),
      { status: 503, body: "" },
      error(400, "com.amazonaws.sqs#RequestThrottled"),
      error(400, "com.amazonaws.sqs#KmsThrottled"),
    );
    await sendMessage("x", io);
    expect(queue.bodies).toEqual(["x"]);
    expect(clock.waits).toEqual([100, 200, 400, 800]);
    expect(failures).toEqual(["reset", "503", "400 RequestThrottled", "400 KmsThrottled"]);
  });

  it.each([
    [403, "com.amazon.coral.service#AccessDeniedException", "ACCESS_DENIED"],
    [400, "com.amazonaws.sqs#KmsAccessDenied", "ACCESS_DENIED"],
    [400, "ExpiredTokenException", "ACCESS_DENIED"],
    [400, "com.amazonaws.sqs#QueueDoesNotExist", "UNEXPECTED_RESPONSE"],
    [301, "", "UNEXPECTED_RESPONSE"],
  ])("fails at once after %i %s, and says what to do", async (status, type, code) => {
    const { queue, io } = prepare();
    queue.answers.push(error(status, type));
    const failure = await sendMessage("x", io).catch((thrown) => thrown);
    expect(failure).toMatchObject({ name: "QueueError", code, message: expect.stringContaining("QUEUE_URL") });
    expect(failure.message).not.toContain("secret");
    expect(queue.requests).toHaveLength(1);
  });

  it("gives up when the next wait would end after the deadline", async () => {
    const { queue, io } = prepare(500);
    queue.answers.push(...Array(9).fill({ status: 500, body: "" }));
    await expect(sendMessage("x", io)).rejects.toMatchObject({ code: "DEADLINE_PASSED" });
  });
});

describe("queueTarget", () => {
  it("is the host of the queue's URL, or another endpoint", () => {
    const sqs = { service: "sqs", region: "eu-central-1" };
    expect(queueTarget(QUEUE_URL, "eu-central-1", "")).toEqual({
      ...sqs,
      origin: "https://sqs.eu-central-1.amazonaws.com",
    });
    expect(queueTarget(QUEUE_URL, "eu-central-1", "http://127.0.0.1:5000")).toEqual({
      ...sqs,
      origin: "http://127.0.0.1:5000",
    });
  });
});
