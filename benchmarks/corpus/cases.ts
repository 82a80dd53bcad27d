import { type Corpus, corpora, jsonOfSize, textOfSize } from "./corpora";

/** A batch to measure. */
export interface BenchmarkCase {
  name: string;
  corpus: Corpus;
  records: number;
  eventsPerRecord: number;
}

/** Sizes of generated messages in bytes. */
const SIZES = [50, 140, 1000, 20_000];

/** Records, and events in each. */
const SHAPES = [
  [1, 1],
  [100, 1],
  [10_000, 1],
  [1, 1000],
  [100, 1000],
] as const;

/**
 * Maximum size of all messages of a batch, in bytes. Lambda invokes a function with at most 6 MB, and logs that inflate to
 * more than ten times that are rare: 10,000 × 1,000 does not occur, nor does 100 × 1,000 with messages of 1 KB.
 */
const MAX_MESSAGE_BYTES = 64e6;

/**
 * The batches of the suites `core` and `function`. 10,000 records are the maximum batch size of an event source mapping; with
 * the fields of Kinesis they are some 9 MB of JSON, for which Lambda would invoke a function twice.
 */
export function cases(env: NodeJS.ProcessEnv = process.env): BenchmarkCase[] {
  return [
    ...corpora(env).map((corpus) => caseOf(corpus, recordsOf(corpus), 50)),
    ...SIZES.flatMap((size) =>
      SHAPES.filter(([records, events]) => size * records * events <= MAX_MESSAGE_BYTES).flatMap(([records, events]) =>
        [textOfSize(size), jsonOfSize(size)].map((corpus) => caseOf(corpus, records, events)),
      ),
    ),
  ];
}

/** Fewer records when messages are long: those of CORPUS_DIR may have any length. */
function recordsOf({ name, messages }: Corpus): number {
  if (name.startsWith("CloudTrail")) return 160;
  const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0) / messages.length;
  return Math.max(1, Math.min(640, Math.floor(MAX_MESSAGE_BYTES / (50 * bytes))));
}

function caseOf(corpus: Corpus, records: number, eventsPerRecord: number): BenchmarkCase {
  const shape = [records, eventsPerRecord].map((n) => n.toLocaleString("en-US")).join(" × ");
  return { name: `${corpus.name}; ${shape}`, corpus, records, eventsPerRecord };
}
