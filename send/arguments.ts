import { processId } from "../local/running";
import { decimalNumber, ValueOption, wholeNumber } from "../tools/usage/option-value";
import type { UsageCommand } from "../tools/usage/usage-command";
import type { ValidationErrors } from "../tools/usage/validation-errors";

/** What is sent, and where to. */
export interface SendOptions {
  readonly target: { readonly kind: "stream" | "delivery-stream"; readonly name: string };
  /** Lines per second, 1 to 100,000. */
  readonly rate: number;
  /** 0.01 to 1,440. */
  readonly minutes: number;
  /** A record for each line; undefined: as the destination needs it. */
  readonly linePerRecord: true | undefined;
  readonly compress: "none" | "gzip";
  readonly format: "ecs" | "plain";
  /** Into the caller's account instead of the local pipeline. */
  readonly aws: boolean;
  /** The local pipeline, if several are running. */
  readonly pid: number | undefined;
}

/** As the command line has them. */
export interface GivenSendOptions {
  readonly stream?: string;
  readonly deliveryStream?: string;
  readonly rate?: number;
  readonly minutes?: number;
  readonly linePerRecord?: true;
  readonly compress?: "gzip";
  readonly format?: "ecs" | "plain";
  readonly aws?: true;
  readonly pid?: number;
}

/** Source: API references of Kinesis ("CreateStream") and Firehose ("CreateDeliveryStream"). */
const nameOf = (pattern: RegExp, maxLength: number) => ({
  allowed: `a name of 1 to ${maxLength} letters, digits, and . _ -`,
  parse: (given: string) => (pattern.test(given) ? given : undefined),
});

const choice = <T extends string>(...values: readonly T[]) => ({
  allowed: values.join(", "),
  parse: (given: string) => values.find((value) => value === given),
});

/**
 * Declares the options.
 *
 * @param hasLocalPipeline whether there may be one, which the lines go to without `--aws`
 */
export function addSendOptions(command: UsageCommand, hasLocalPipeline = true): UsageCommand {
  command
    .addOption(
      new ValueOption("--stream <name>", "put the lines into this Kinesis stream", nameOf(/^[\w.-]{1,128}$/, 128)),
    )
    .addOption(
      new ValueOption(
        "--delivery-stream <name>",
        "put the lines into this delivery stream of Firehose",
        nameOf(/^[\w.-]{1,64}$/, 64),
      ),
    )
    .addOption(new ValueOption("--rate <lines>", "lines per second; default: 10", wholeNumber(1, 100_000)))
    .addOption(new ValueOption("--minutes <minutes>", "how long; default: 1", decimalNumber(0.01, 1_440)))
    .option("--line-per-record", "do not pack lines into records; default: where Firehose delivers to search")
    .addOption(new ValueOption("--compress <method>", "compress the records: gzip", choice("gzip")))
    .addOption(
      new ValueOption("--format <names>", "names of the fields: ecs or plain; default: ecs", choice("ecs", "plain")),
    );
  if (!hasLocalPipeline) return command;
  return command
    .option("--aws", "into the AWS account of your credentials and region, in place of the local pipeline")
    .addOption(new ValueOption("--pid <number>", "the local pipeline to use, if several are running", processId));
}

/**
 * Checks the options.
 *
 * @param errors of the command line
 * @param hasLocalPipeline see {@link addSendOptions}
 * @throws UsageError with all that is wrong
 */
export function sendOptions(given: GivenSendOptions, errors: ValidationErrors, hasLocalPipeline = true): SendOptions {
  const { stream, deliveryStream, aws = !hasLocalPipeline } = given;
  // A wrong name is reported by itself.
  if (stream !== undefined && deliveryStream !== undefined)
    errors.add("--stream and --delivery-stream are both given; give one of them.");
  if (stream === undefined && deliveryStream === undefined && errors.isEmpty)
    errors.add("Neither --stream nor --delivery-stream is given; give one of them: where the lines go.");
  if (aws && given.pid !== undefined) errors.add("--pid is of a local pipeline; it does not go with --aws.");
  errors.throwIfAny();
  return {
    target:
      stream === undefined ? { kind: "delivery-stream", name: deliveryStream! } : { kind: "stream", name: stream },
    rate: given.rate ?? 10,
    minutes: given.minutes ?? 1,
    linePerRecord: given.linePerRecord,
    compress: given.compress ?? "none",
    format: given.format ?? "ecs",
    aws,
    pid: given.pid,
  };
}
