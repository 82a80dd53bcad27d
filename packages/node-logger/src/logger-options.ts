import type { SourceOptions } from "./line/line-source";
import { givenText } from "./line/short-text";
import { unknownNames } from "./option-names";
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

/** Options that a logger or transport has alone. */
export interface OwnOptions {
  names: readonly string[];
  /** Returns what is wrong with them. */
  problemsOf?(options: object): string[];
  /** Whether others add options, so that an unknown one is only wrong if it is like one of these. @default false */
  mayHaveOthers?: boolean;
}

/** The names of all others. */
const NAMES = {
  ...{ stream: true, deliveryStream: true, client: true, clientConfig: true },
  ...{ format: true, service: true, environment: true, version: true, tags: true },
  ...{ pack: true, recordBytes: true, compress: true, bufferSeconds: true, bufferBytes: true, memoryBytes: true },
  ...{ spill: true, spillBytes: true, concurrency: true, requestSeconds: true, flushSeconds: true },
  ...{ flushAtExit: true, onWarning: true },
} satisfies Record<keyof CommonOptions | keyof KinesisTarget | keyof FirehoseTarget, true>;

/**
 * Checks options.
 *
 * @throws {LoggerOptionsError} with all that is wrong
 */
export function checkedOptions(options: TransportOptions, own: OwnOptions = { names: [] }): CheckedOptions {
  const problems: string[] = [];
  const service = serviceOf(options, problems);
  const sender = completeSenderOptions(options, problems);
  const { format, service: name, environment, version, tags } = options;
  if (format !== undefined && format !== "ecs" && format !== "plain") {
    problems.push(`format is ${givenText(format)}; it can be ecs or plain`);
  }
  for (const [option, value] of Object.entries({ service: name, environment, version })) {
    if (value !== undefined && typeof value !== "string") {
      problems.push(`${option} is ${givenText(value)}; it can be a text`);
    }
  }
  if (tags !== undefined && !isTexts(tags)) {
    problems.push(`tags is ${givenText(tags)}; it can be an object of texts, such as { team: "checkout" }`);
  }
  problems.push(...(own.problemsOf?.(options) ?? []));
  for (const { name: unknown, nearest } of unknownNames(options, [...Object.keys(NAMES), ...own.names])) {
    if (!nearest && own.mayHaveOthers) continue;
    problems.push(`${unknown} is no option; ${nearest ? `did you mean ${nearest}?` : "the README lists all of them"}`);
  }
  if (problems.length > 0 || !service) throw new LoggerOptionsError(problems);
  return { service, sender };
}

/**
 * Returns options, which JavaScript may give as anything.
 *
 * @throws {LoggerOptionsError} if they are no object
 */
export function optionsObject<Options>(options: Options): Options & object {
  if (typeof options === "object" && options !== null && !Array.isArray(options)) return options;
  throw new LoggerOptionsError([`options is ${givenText(options)}; it can be an object`]);
}

function serviceOf(target: StreamTarget, problems: string[]): RecordService | undefined {
  const { stream, deliveryStream, client, clientConfig } = target as Partial<KinesisTarget & FirehoseTarget>;
  if (client !== undefined && typeof client?.send !== "function") problems.push("client is no client of the AWS SDK");
  if (clientConfig !== undefined && (typeof clientConfig !== "object" || clientConfig === null)) {
    problems.push("clientConfig is no object");
  }
  if (client && clientConfig) problems.push("client and clientConfig are both given; it can be one of them");
  if (stream === undefined && deliveryStream === undefined) {
    problems.push("neither stream (Kinesis) nor deliveryStream (Firehose) is given; give the name of one of them");
  } else if (stream !== undefined && deliveryStream !== undefined) {
    problems.push("stream (Kinesis) and deliveryStream (Firehose) are both given; give one of them");
  } else if (stream !== undefined) {
    if (typeof stream === "string" && STREAM_NAME.test(stream)) return kinesisService(target as KinesisTarget);
    problems.push(
      `stream is ${givenText(stream)}; it can be up to 128 of A-Z a-z 0-9 . _ -, or the ARN of a Kinesis stream`,
    );
  } else {
    if (typeof deliveryStream === "string" && DELIVERY_STREAM_NAME.test(deliveryStream))
      return firehoseService(target as FirehoseTarget);
    problems.push(
      `deliveryStream is ${givenText(deliveryStream)}; it can be a name, up to 64 of A-Z a-z 0-9 . _ -, and no ARN`,
    );
  }
  return undefined;
}

const isTexts = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.values(value).every((text) => typeof text === "string");
