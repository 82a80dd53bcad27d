import { Option } from "commander";
import { decimalNumber, ValueOption, wholeNumber } from "../tools/usage/option-value";
import { UsageCommand } from "../tools/usage/usage-command";

/** As on the command line. */
export interface GivenSoakOptions {
  readonly minutes: number;
  readonly seed?: number;
  readonly heap: number;
  readonly lane: SoakLane;
  readonly audit?: number;
}

/**
 * What can be soaked: log groups with a stream of their own, or 200 that share one, access logs in S3, or applications that log into a
 * stream, or to Firehose.
 */
export const SOAK_LANES = ["log-groups", "shared", "access-logs", "applications", "firehose"] as const;

export type SoakLane = (typeof SOAK_LANES)[number];

/** How a lane is soaked. */
export interface SoakRun {
  readonly durationMs: number;
  /** 0 to 2^32 - 1. */
  readonly seed: number;
  /** OpenSearch's heap. */
  readonly heapMib: number;
  /** How many documents are deleted, duplicated and altered for the audit to find, each. @default the commands do not run */
  readonly audit?: number;
}

export interface SoakOptions extends SoakRun {
  readonly lane: SoakLane;
}

/** The smallest heap, in steps of 32 MiB, at which OpenSearch 2.19.6 takes the traffic and answers the audit. */
const SMALL_HEAP_MIB = 96;

const SEEDS = 2 ** 32;

/** Lanes whose archive and index the audit compares. */
const AUDITED_LANES: readonly SoakLane[] = ["log-groups", "shared"];

/** What `--audit` alone damages, each. */
const AUDITED_DOCUMENTS = 25;

/** The command line of `npm run soak`. */
export function soakCommandLine(): UsageCommand {
  return new UsageCommand("npm run soak --")
    .description("Runs the pipeline under faults of every kind, then counts what became of every event.")
    .addOption(
      new Option(
        "--lane <name>",
        "what runs: CloudWatch Logs' events of three log groups, or of 200 that share a stream, lines of access logs in S3, or applications with the client library, to a stream or to Firehose",
      )
        .choices(SOAK_LANES)
        .default("log-groups" satisfies SoakLane),
    )
    .addOption(
      new ValueOption(
        "--minutes <number>",
        "how long events are put and faults injected; delivering the rest comes on top",
        decimalNumber(0.5, 1440),
      ).default(3),
    )
    .addOption(
      new ValueOption(
        "--seed <integer>",
        "decides which faults and events come when; default: another one each time",
        wholeNumber(0, SEEDS - 1),
      ),
    )
    .addOption(
      new ValueOption(
        "--heap <MiB>",
        "OpenSearch's heap: small, so that what an event costs the engine is seen",
        wholeNumber(32, 4096),
      ).default(SMALL_HEAP_MIB),
    )
    .addOption(
      new ValueOption(
        "--audit [n]",
        `at the end, delete, duplicate and alter n documents each (${AUDITED_DOCUMENTS} if none is given), remove an object of the archive, and let the audit find and mend it; lanes ${AUDITED_LANES.join(" and ")}`,
        wholeNumber(1, 1000),
      ).preset(String(AUDITED_DOCUMENTS)),
    );
}

/**
 * @param command has parsed the command line
 * @param random in [0, 1): becomes the seed, when none is given
 * @throws UsageError listing every validation error
 */
export function soakOptions(command: UsageCommand, random: number): SoakOptions {
  const { minutes, seed = Math.floor(random * SEEDS), heap, lane, audit } = command.opts<GivenSoakOptions>();
  if (audit !== undefined && !AUDITED_LANES.includes(lane)) {
    command.errors.add(`--audit applies only to --lane ${AUDITED_LANES.join(" and ")}.`);
  }
  command.errors.throwIfAny();
  return {
    ...{ durationMs: Math.round(minutes * 60_000), seed, heapMib: heap, lane },
    ...(audit !== undefined && { audit }),
  };
}
