import type { FirehoseTransformationHandler } from "aws-lambda";
import { patternErrors } from "../../core/patterns/pattern-errors";
import { laneSettings } from "../../core/pipelines/message-settings";
import { parseFirehoseTransformEnvironment } from "../../core/settings/firehose-transform";
import { type TransformIo, transform } from "./transform";

const environment = parseFirehoseTransformEnvironment(process.env, patternErrors);

const { parsing, rules } = laneSettings({ ...environment, JOIN_LINES: "", ARCHIVE_CONTENT: "raw" });

const io: Omit<TransformIo, "remainingMs"> = {
  settings: {
    destination: environment.DESTINATION,
    timeField: environment.TIME_FIELD,
    parsing,
    rules,
    metricsNamespace: environment.METRICS_NAMESPACE,
  },
  now: Date.now,
  monotonicMs: () => performance.now(),
  // Lambda prefixes what the console prints, and CloudWatch extracts metrics only from a line that is JSON.
  log: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
};

/** Returns one result for each record: see `transform`. */
export const handler: FirehoseTransformationHandler = (event, context) =>
  transform(event, { ...io, remainingMs: () => context.getRemainingTimeInMillis() });
