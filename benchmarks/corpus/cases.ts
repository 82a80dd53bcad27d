import { type Corpus, corpora, jsonOfSize, textOfSize } from "./corpora";

/** One batch that is measured. */
export interface Case {
  name: string;
  corpus: Corpus;
  records: number;
  eventsPerRecord: number;
}

/** Sizes of generated messages, in bytes. */
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
 * The most that all messages of a batch may have, in bytes. Lambda hands over 6 MB at most, and logs that inflate to more than
 * ten times of it are rare: 10,000 × 1,000 does not exist, nor does 100 × 1,000 with messages of 1 KB.
 */
const MAX_MESSAGE_BYTES = 64e6;

/**
 * Every batch that `core` and `function` measure. 10,000 records are the most that a mapping can be set to; with all that Kinesis
 * says about each, they are some 9 MB of JSON, which Lambda would hand over in two parts.
 */
export function cases(env: NodeJS.ProcessEnv = process.env): Case[] {
  return [
    ...corpora(env).map((corpus) => caseOf(corpus, recordsOf(corpus), 50)),
    ...SIZES.flatMap((size) =>
      SHAPES.filter(([records, events]) => size * records * events <= MAX_MESSAGE_BYTES).flatMap(([records, events]) =>
        [textOfSize(size), jsonOfSize(size)].map((corpus) => caseOf(corpus, records, events)),
      ),
    ),
  ];
}

/** Anybody's own messages may be of any length. */
function recordsOf({ name, messages }: Corpus): number {
  if (name.startsWith("CloudTrail")) return 160;
  const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0) / messages.length;
  return Math.max(1, Math.min(640, Math.floor(MAX_MESSAGE_BYTES / (50 * bytes))));
}

function caseOf(corpus: Corpus, records: number, eventsPerRecord: number): Case {
  const shape = [records, eventsPerRecord].map((n) => n.toLocaleString("en-US")).join(" × ");
  return { name: `${corpus.name}; ${shape}`, corpus, records, eventsPerRecord };
}
