import type { RecordService, ServiceFailure } from "../../packages/node-logger/src/services/record-service";

/** What a call ends with; of `partly`, each second record is throttled, and of `refused` those with a line that says "poison". */
export type CallEnd =
  | "ok"
  | "partly"
  | "throttled"
  | "lost"
  | "unanswered"
  | "hangs"
  | "missing"
  | "refused"
  | "broken";

const THROTTLED: ServiceFailure = { code: "ProvisionedThroughputExceededException", message: "slow down", status: 200 };

const error = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** Takes records in memory, as Kinesis and Firehose do. */
export class FakeRecordService implements RecordService {
  readonly name = "fake";
  readonly limits = { records: 500, callBytes: 5 * 1024 * 1024 };
  /** Decides how the next call ends. */
  next: () => CallEnd = () => "ok";
  /** Ids of lines that the service has, in the order of arrival, however often. */
  readonly received: string[] = [];
  /** Ids of lines whose records were answered with success. */
  readonly acknowledged: string[] = [];
  /** The records of each call, in bytes. */
  readonly calls: number[][] = [];
  readonly records: Buffer[] = [];
  inFlight = 0;
  maxInFlight = 0;

  async put(records: readonly Uint8Array[], signal: AbortSignal): Promise<(ServiceFailure | undefined)[]> {
    this.calls.push(records.map(({ length }) => length));
    this.maxInFlight = Math.max(this.maxInFlight, ++this.inFlight);
    try {
      // An answer takes its time.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return await this.#answer(
        records.map((record) => Buffer.from(record)),
        signal,
      );
    } finally {
      this.inFlight--;
    }
  }

  async #answer(records: Buffer[], signal: AbortSignal): Promise<(ServiceFailure | undefined)[]> {
    const end = this.next();
    const isTaken = (record: Buffer, i: number) => {
      if (end === "partly") return i % 2 === 0;
      return ["ok", "unanswered", "refused"].includes(end) || (end === "hangs" && record.length % 2 === 0);
    };
    if (end === "refused" && records.some((record) => record.includes("poison")))
      throw error("ValidationException", 400);
    const taken = records.filter(isTaken);
    this.records.push(...taken);
    const ids = taken.flatMap(idsIn);
    this.received.push(...ids);
    if (end === "throttled") throw error("ProvisionedThroughputExceededException", 400);
    if (end === "missing") throw error("ResourceNotFoundException", 400);
    if (end === "broken") throw error("InternalFailure", 500);
    if (end === "lost" || end === "unanswered")
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    if (end === "hangs") {
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => {
          // Half of them do not even obey, but nobody waits for them any more.
          if (records.length % 2 === 0) reject(error("AbortError"));
          else this.inFlight--;
        });
      });
    }
    this.acknowledged.push(...ids);
    return records.map((record, i) => (isTaken(record, i) ? undefined : THROTTLED));
  }
}

/** The lines' ids in a record. */
export function idsIn(record: Uint8Array): string[] {
  const lines = Buffer.from(record).toString().split("\n");
  if (lines.pop() !== "") throw new Error("a record does not end with a line feed");
  return lines.map((line) => (JSON.parse(line) as { "event.id": string })["event.id"]);
}
