import { gunzipSync } from "node:zlib";
import { PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { objects } from "../audit/found";
import type { SoakServices } from "../services";

/** PutRecordBatch takes 500 records and 4 MiB; a line has up to 20,000 characters. */
const BATCH_RECORDS = 100;

/** What was delivered after Firehose had given it up. */
export interface Redelivered {
  /** Documents that search had rejected. */
  readonly documents: number;
  /** Records that the function had not transformed. */
  readonly records: number;
}

/** Delivers what Firehose has given up and written to S3, as docs/firehose.md says. */
export class Redelivery {
  readonly #seen = new Set<string>();

  /** @param options name of the delivery stream and the bucket, and where what failed is in that */
  constructor(
    private readonly services: Pick<SoakServices, "clients" | "search">,
    private readonly options: { readonly name: string; readonly failedPrefix: string },
  ) {}

  /** Delivers what has failed since the last call. @throws Error unless all of it is taken */
  async next(): Promise<Redelivered> {
    const lines = await this.#newLines();
    const documents = lines.filter(({ esIndexName }) => esIndexName !== undefined);
    const records = lines.filter(({ esIndexName }) => esIndexName === undefined);
    for (const some of batchesOf(documents)) await indexAgain(this.services.search.url, some);
    for (const some of batchesOf(records)) await this.#putAgain(some);
    return { documents: documents.length, records: records.length };
  }

  async #newLines(): Promise<FailedLine[]> {
    const { name, failedPrefix } = this.options;
    const lines: FailedLine[] = [];
    for await (const { key, body } of objects(this.services.clients.s3, { bucket: name, prefix: "" }, failedPrefix)) {
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      lines.push(
        ...gunzipSync(body)
          .toString()
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line)),
      );
    }
    return lines;
  }

  async #putAgain(lines: readonly FailedLine[]): Promise<void> {
    const Records = lines.map(({ rawData }) => ({ Data: Buffer.from(rawData, "base64") }));
    const { FailedPutCount } = await this.services.clients.firehose.send(
      new PutRecordBatchCommand({ DeliveryStreamName: this.options.name, Records }),
    );
    if (FailedPutCount) throw new Error(`${FailedPutCount} records could not be put again`);
  }
}

/** A line of an error object; of a document that search rejected with index and id. */
interface FailedLine {
  readonly rawData: string;
  readonly esIndexName?: string;
  readonly esDocumentId?: string;
}

function* batchesOf(lines: readonly FailedLine[]): Generator<readonly FailedLine[]> {
  for (let n = 0; n < lines.length; n += BATCH_RECORDS) yield lines.slice(n, n + BATCH_RECORDS);
}

/** @throws Error unless each is created, or there already */
async function indexAgain(engineUrl: string, documents: readonly FailedLine[]): Promise<void> {
  const body = documents.flatMap(({ esIndexName, esDocumentId, rawData }) => [
    JSON.stringify({ create: { _index: esIndexName, _id: esDocumentId } }),
    JSON.stringify(JSON.parse(Buffer.from(rawData, "base64").toString())),
  ]);
  const headers = { "content-type": "application/x-ndjson" };
  const response = await fetch(`${engineUrl}/_bulk`, { method: "POST", headers, body: `${body.join("\n")}\n` });
  const { items = [] } = (await response.json()) as { items?: { create: { status: number } }[] };
  const wrong = items.find(({ create: { status } }) => status !== 201 && status !== 409);
  if (items.length !== documents.length || wrong)
    throw new Error(`OpenSearch answered ${JSON.stringify(wrong ?? response.status)}`);
}
