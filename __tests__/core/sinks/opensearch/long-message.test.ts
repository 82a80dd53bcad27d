import { eventSources, sourceLines, textLines } from "../../../../core/sinks/opensearch/bulk-batch";
import { MAX_FIELDS_LENGTH } from "../../../../core/sinks/opensearch/long-message";
import { pack } from "../../../../core/sinks/opensearch/pack";
import { envelope, logEvent } from "../../../support/kinesis";
import { CWL } from "../../../support/layouts";

const sourceOf = (message: string) =>
  eventSources([envelope([logEvent(1, message)])], { region: "eu-central-1" }, CWL)[0]!;

const documentIn = (lines: Buffer) => JSON.parse(lines.toString().split("\n")[1]!);

const one = (message: string) => documentIn([...sourceLines(sourceOf(message), 0)][0]!.buffer);

describe("a long message", () => {
  it("is sent as it is, however its pieces end", () => {
    const message = `${'"\\\u001b\u00e4\ud83d\ude00'.repeat(800_000)}.`;
    const short = one("short");
    expect(message.length).toBeGreaterThan(MAX_FIELDS_LENGTH);
    const { message: sent, ...rest } = one(message);
    expect(sent === message).toBe(true);
    expect(rest).toEqual({ ...short, message: undefined });
  });

  it("is text with the reason if it may be JSON, from the first character beyond the limit on", () => {
    const json = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;
    const [atLimit, beyond] = [one(json(MAX_FIELDS_LENGTH)), one(json(MAX_FIELDS_LENGTH + 1))];
    expect([atLimit.a.length, atLimit.message]).toEqual([MAX_FIELDS_LENGTH - 8, undefined]);
    expect(beyond.a).toBeUndefined();
    expect(beyond.message === json(MAX_FIELDS_LENGTH + 1)).toBe(true);
    expect(beyond.aws.cloudwatch.rejection).toBe("rejected: longer than 4194304 characters, as text");
  });

  it("replaces lone surrogates, which UTF-8 cannot express", () => {
    const { message } = one("\ud800".repeat(MAX_FIELDS_LENGTH + 1));
    expect(message === "\ufffd".repeat(MAX_FIELDS_LENGTH + 1)).toBe(true);
  });

  it("keeps the index's rejection when it is sent as text", () => {
    const lines = textLines(sourceOf("x".repeat(MAX_FIELDS_LENGTH + 1)), 0, "400 no");
    expect(documentIn(lines).aws.cloudwatch.rejection).toBe("rejected: 400 no");
  });

  it("is sent in a request of its own without a copy, between the events before and after it", () => {
    const source = eventSources(
      [envelope([logEvent(1), logEvent(2, "x".repeat(MAX_FIELDS_LENGTH + 1)), logEvent(3)])],
      { region: "eu-central-1" },
      CWL,
    )[0]!;
    const buffers: Buffer[] = [];
    function* each() {
      for (const lines of sourceLines(source, 0)) {
        buffers.push(lines.buffer);
        yield lines;
      }
    }
    const requests = [...pack(each(), 1024 * 1024)];
    expect(requests.map(({ runs }) => runs.map(({ position }) => position))).toEqual([[0], [1], [2]]);
    expect(requests[1]!.buffer).toBe(buffers[1]);
  });
});
