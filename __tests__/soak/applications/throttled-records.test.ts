import fc from "fast-check";
import { throttleSome } from "../../../soak/applications/throttled-records";
import { Random } from "../../../tools/random";

const dataOf = (body: Buffer): string[] =>
  JSON.parse(body.toString()).Records.map(({ Data }: { Data: string }) => Data);

/** What Kinesis answers for the records that it gets. */
const answerTo = (body: Buffer): Buffer =>
  Buffer.from(
    JSON.stringify({
      FailedRecordCount: 0,
      Records: dataOf(body).map((data) => ({ SequenceNumber: data, ShardId: "0" })),
    }),
  );

describe("throttleSome", () => {
  it("answers each record in its place: as stored, or as throttled", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (length, seed) => {
        const all = Array.from({ length }, (_, n) => String(n));
        const body = Buffer.from(JSON.stringify({ StreamName: "s", Records: all.map((Data) => ({ Data })) }));
        const part = throttleSome(body, new Random(seed));
        const kept = part.body ? dataOf(part.body) : [];
        const answer = part.body ? answerTo(part.body) : Buffer.alloc(0);
        const { FailedRecordCount, Records } = JSON.parse(part.join(answer).toString());
        expect(FailedRecordCount).toBe(length - kept.length);
        for (const [n, result] of Records.entries()) {
          if (kept.includes(String(n))) expect(result).toEqual({ SequenceNumber: String(n), ShardId: "0" });
          else expect(result.ErrorCode).toBe("ProvisionedThroughputExceededException");
        }
      }),
    );
  });

  it("answers for Firehose as Firehose does", () => {
    const all = Array.from({ length: 20 }, (_, n) => ({ Data: String(n) }));
    const part = throttleSome(Buffer.from(JSON.stringify({ DeliveryStreamName: "s", Records: all })), new Random(1));
    const RequestResponses = dataOf(part.body!).map((RecordId) => ({ RecordId }));
    const answer = JSON.parse(
      part.join(Buffer.from(JSON.stringify({ FailedPutCount: 0, RequestResponses }))).toString(),
    );
    const failed = answer.RequestResponses.filter(({ ErrorCode }: { ErrorCode?: string }) => ErrorCode);
    expect(answer.RequestResponses).toHaveLength(20);
    expect(failed).toHaveLength(20 - RequestResponses.length);
    expect(failed[0].ErrorCode).toBe("ServiceUnavailableException");
    expect(answer.FailedPutCount).toBe(failed.length);
  });

  it("throttles some records, and others not", () => {
    const body = Buffer.from(JSON.stringify({ Records: Array.from({ length: 100 }, (_, n) => ({ Data: `${n}` })) }));
    const kept = dataOf(throttleSome(body, new Random(1)).body!).length;
    expect(kept).toBeGreaterThan(30);
    expect(kept).toBeLessThan(70);
  });

  it("leaves other requests, and errors of the target, as they are", () => {
    const other = Buffer.from('{"StreamName":"s"}');
    expect(throttleSome(other, new Random(1))).toMatchObject({ body: other });
    const records = Buffer.from(JSON.stringify({ Records: [{ Data: "a" }, { Data: "b" }, { Data: "c" }] }));
    const error = Buffer.from('{"__type":"ResourceNotFoundException"}');
    expect(throttleSome(records, new Random(1)).join(error)).toEqual(error);
  });
});
