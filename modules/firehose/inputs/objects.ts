import { between, type InputRule, matching, oneOf, size } from "../../inputs/rules";

const customPrefixes = "Amazon Data Firehose Developer Guide, Understand custom prefixes for Amazon S3 objects";
const bufferingHints = "Amazon Data Firehose API Reference, BufferingHints";

/** Firehose's name of each format. */
export const COMPRESSIONS = {
  gzip: "GZIP",
  snappy: "Snappy",
  "hadoop-snappy": "HADOOP_SNAPPY",
  zip: "ZIP",
  none: "UNCOMPRESSED",
} as const;

/** Of objects. */
export const compression = oneOf(
  Object.keys(COMPRESSIONS),
  "Amazon Data Firehose API Reference, S3DestinationConfiguration",
);

/** Zero: whatever arrives is delivered at once. */
export const bufferingIntervalSeconds = between(0, 900, bufferingHints);

/** Of objects, before they are compressed. */
export const bufferingSizeMib = between(1, 128, bufferingHints);

const length = size(0, 1_024, "characters", customPrefixes);

/**
 * The beginning of the keys. Its characters mean the same in a key and in a policy, where `*`, `?` and `$` are signs; `!{` begins
 * expressions and nothing else, and a time is written by the same characters, quotes, colons and spaces. Expressions of dynamic
 * partitioning are not offered, and without one Firehose appends `YYYY/MM/dd/HH/`.
 */
export const objectPrefix: readonly InputRule[] = [
  matching(
    /^([A-Za-z0-9._=/-]|!\{timestamp:[A-Za-z0-9 .:=_'/-]+\}|!\{firehose:random-string\})*$/,
    "letters, digits and . _ - = /, with !{timestamp:…} and !{firehose:random-string} among them",
    customPrefixes,
  ),
  length,
];

/** The same for what failed. Firehose demands the type of the error as soon as it has another expression. */
export const errorOutputPrefix: readonly InputRule[] = [
  matching(
    [
      /^([A-Za-z0-9._=/-]|!\{timestamp:[A-Za-z0-9 .:=_'/-]+\}|!\{firehose:(random-string|error-output-type)\})*$/,
      /!\{firehose:error-output-type\}/,
    ],
    "letters, digits and . _ - = / with !{firehose:error-output-type} among them, and !{timestamp:…} and !{firehose:random-string} if you like",
    customPrefixes,
  ),
  length,
];
