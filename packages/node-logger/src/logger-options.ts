import { isLevelName, LEVEL_NUMBERS, type LevelName } from "./line/levels";
import type { SourceOptions } from "./line/line-source";
import {
  type CompleteSenderOptions,
  completeSenderOptions,
  LoggerOptionsError,
  type SenderOptions,
} from "./sender/sender-options";
import { DELIVERY_STREAM_NAME, type FirehoseTarget, firehoseService } from "./services/firehose";
import { type KinesisTarget, kinesisService, STREAM_NAME } from "./services/kinesis";
import type { RecordService } from "./services/record-service";

/** Options of every logger and transport. */
export interface CommonOptions extends SenderOptions, SourceOptions {}

/** Where lines go: to a stream of Kinesis, or to one of Firehose. */
export type StreamTarget = KinesisTarget | FirehoseTarget;

/** The options of a transport. */
export type TransportOptions = CommonOptions & StreamTarget;

/** Options that were checked. */
interface CheckedOptions {
  service: RecordService;
  sender: CompleteSenderOptions;
}

/**
 * Checks options.
 *
 * @param level the lowest level that is logged, if there is one
 * @throws {LoggerOptionsError} with all that is wrong
 */
export function checkedOptions(options: TransportOptions, level?: LevelName): CheckedOptions {
  const problems: string[] = [];
  const service = serviceOf(options, problems);
  const sender = completeSenderOptions(options, problems);
  const { format, service: name, environment, version, tags } = options;
  if (format !== undefined && format !== "ecs" && format !== "plain") {
    problems.push(`format is ${String(format)}; it can be ecs or plain`);
  }
  for (const [option, value] of Object.entries({ service: name, environment, version })) {
    if (value !== undefined && typeof value !== "string") problems.push(`${option} is no text`);
  }
  if (tags !== undefined && !isTexts(tags)) problems.push("tags is no object of texts");
  if (level !== undefined && !isLevelName(level)) {
    problems.push(`level is ${String(level)}; it can be ${Object.keys(LEVEL_NUMBERS).join(", ")}`);
  }
  if (problems.length > 0 || !service) throw new LoggerOptionsError(problems);
  return { service, sender };
}

function serviceOf(target: StreamTarget, problems: string[]): RecordService | undefined {
  const { stream, deliveryStream } = target as Partial<KinesisTarget & FirehoseTarget>;
  if ((stream === undefined) === (deliveryStream === undefined)) {
    problems.push("either stream (Kinesis) or deliveryStream (Firehose) is the name of where the lines go");
  } else if ("stream" in target && target.stream !== undefined) {
    if (STREAM_NAME.test(String(stream))) return kinesisService(target);
    problems.push(`stream is ${JSON.stringify(stream)}; it can be an ARN, or up to 128 of A-Z a-z 0-9 . _ -`);
  } else if ("deliveryStream" in target) {
    if (DELIVERY_STREAM_NAME.test(String(deliveryStream))) return firehoseService(target);
    problems.push(`deliveryStream is ${JSON.stringify(deliveryStream)}; it can be up to 64 of A-Z a-z 0-9 . _ -`);
  }
  return undefined;
}

const isTexts = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
