import { type Batch, batchOf } from "./batches";
import type { Corpus } from "./corpora";

/** Source: AWS Lambda "Lambda quotas": the payload of a synchronous invocation, in bytes. */
const PAYLOAD_BYTES = 6 * 1024 * 1024;

/** As many records of 1,000 events as one invocation can get. */
export function largestBatch(corpus: Corpus): Batch {
  const one = JSON.stringify(batchOf(corpus, 1, 1000).event.Records[0]).length;
  for (let records = Math.ceil(PAYLOAD_BYTES / one); ; records--) {
    const batch = batchOf(corpus, records, 1000);
    if (JSON.stringify(batch.event).length <= PAYLOAD_BYTES) return batch;
  }
}
