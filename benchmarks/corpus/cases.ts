import { count, counted } from "../../tools/text/numbers";
import { type Batch, batchOf, type Turns } from "./batches";
import { type Corpus, corpora, jsonOfSize, textOfSize } from "./corpora";

/** A batch to measure. */
export interface BenchmarkCase {
  name: string;
  corpus: Corpus;
  records: number;
  eventsPerRecord: number;
  turns: Turns;
}

/** Variables of a function whose stream log groups share, as the module sets them. */
export const SHARED_STREAM = { ARCHIVE_LAYOUT: "stream" };

/** Builds the batch of a case. */
export const batchOfCase = ({ corpus, records, eventsPerRecord, turns }: BenchmarkCase): Batch =>
  batchOf(corpus, records, eventsPerRecord, turns);

/** Sizes of generated messages in bytes. */
const SIZES = [50, 140, 1000, 20_000];

/** Events in a record, of the corpora that the targets are about. CloudWatch Logs puts few into a record of a quiet log group. */
const EVENTS_PER_RECORD = [50, 1, 100, 1000];

/** Log streams that write one event a record: a single one, some that alternate. All other cases have one for each record. */
const LOG_STREAMS = [1, 50];

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
  const named = corpora(env);
  const [text] = named;
  return [
    ...EVENTS_PER_RECORD.flatMap((events) => named.map((corpus) => caseOf(corpus, recordsOf(corpus, events), events))),
    ...LOG_STREAMS.map((logStreams) => caseOf(text!, recordsOf(text!, 1), 1, { logStreams })),
    ...SIZES.flatMap((size) =>
      SHAPES.filter(([records, events]) => size * records * events <= MAX_MESSAGE_BYTES).flatMap(([records, events]) =>
        [textOfSize(size), jsonOfSize(size)].map((corpus) => caseOf(corpus, records, events)),
      ),
    ),
  ];
}

/** Batches whose events are as many, of one log group and of 500 by turns; each has 500 log streams. */
export const groupCases = (): [one: BenchmarkCase, many: BenchmarkCase][] =>
  [textOfSize(140), jsonOfSize(140)].map((corpus) => [
    caseOf(corpus, 10_000, 1, { logGroups: 1, logStreams: 500 }),
    caseOf(corpus, 10_000, 1, { logGroups: 500, logStreams: 500 }),
  ]);

/** Events of a batch; 5,000 records of one event are about 5 MB of JSON. CloudTrail's are long. */
const eventsOf = ({ name }: Corpus, eventsPerRecord: number) =>
  (eventsPerRecord === 1 ? 5_000 : 32_000) / (name.startsWith("CloudTrail") ? 4 : 1);

/** Fewer records when messages are long: those of CORPUS_DIR may have any length. */
function recordsOf(corpus: Corpus, eventsPerRecord: number): number {
  const { messages } = corpus;
  const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0) / messages.length;
  const most = Math.floor(MAX_MESSAGE_BYTES / (eventsPerRecord * bytes));
  return Math.max(1, Math.min(eventsOf(corpus, eventsPerRecord) / eventsPerRecord, most));
}

function caseOf(corpus: Corpus, records: number, eventsPerRecord: number, turns: Turns = {}): BenchmarkCase {
  const shape = `${corpus.name}; ${count(records)} × ${count(eventsPerRecord)}`;
  return { name: [shape, ...turnsOf(turns)].join(", "), corpus, records, eventsPerRecord, turns };
}

const turnsOf = ({ logGroups, logStreams }: Turns): string[] => [
  ...(logGroups === undefined ? [] : [counted(logGroups, "log group")]),
  ...(logStreams === undefined ? [] : [counted(logStreams, "log stream")]),
];
