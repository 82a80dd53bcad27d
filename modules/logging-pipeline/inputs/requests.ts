import { ENVIRONMENT, MEMORY_PER_RECORD_BYTE } from "../../../core/settings/environment";
import type { Constraint } from "../../inputs/constraints";
import { thousands } from "../../inputs/rules";
import { bool, field, number } from "../../inputs/schema";
import { type Expression, hcl } from "../../terraform/expression";
import { acceptedNumber } from "./environment";

const { BULK_MAX_BYTES, RECORD_MAX_BYTES, REQUEST_TIMEOUT_SECONDS } = ENVIRONMENT;

/** While the index rejects every event, a request takes so many times its size (docs/forwarder.md, Memory). */
const MEMORY_PER_REQUEST_BYTE = 12;

const MIB = 1024 * 1024;

/** Its figures: docs/performance.md, Compressed requests. */
const COMPRESS_REQUESTS_DESCRIPTION =
  "Whether the function gzips the bodies of `_bulk` requests: about a tenth of the bytes, for up to a quarter more of the function's CPU time (docs/performance.md). Domains take them, those of Elasticsearch 6 only with `http_compression.enabled` (OpenSearch Service Developer Guide, Compressing HTTP requests).";

/** Time and size of a function's requests: inputs of the constructs whose functions write to a search endpoint. */
export const requestInputs = {
  requestTimeoutSeconds: field(
    number(acceptedNumber(REQUEST_TIMEOUT_SECONDS)),
    null,
    `Timeout of one request to the search endpoint or to S3, in seconds; less than \`function_timeout_seconds\`, and a third of it where single events can delay the engine. null: ${REQUEST_TIMEOUT_SECONDS.default}.`,
  ),
  bulkMaxBytes: field(
    number(acceptedNumber(BULK_MAX_BYTES)),
    null,
    `Maximum size of a \`_bulk\` request, in bytes, before it is compressed. AWS's smaller instances take 10 MiB (OpenSearch Service Developer Guide, Quotas: Network quotas). Each of \`bulk_requests\` takes up to ${MEMORY_PER_REQUEST_BYTE} times as much memory. null: ${thousands(Number(BULK_MAX_BYTES.default))}.`,
  ),
  compressRequests: field(bool(), false, COMPRESS_REQUESTS_DESCRIPTION),
};

/** How large a record of Kinesis may become. */
export const recordSizeInput = field(
  number(acceptedNumber(RECORD_MAX_BYTES)),
  null,
  `Maximum size of an inflated record, in bytes; up to a sixteenth of \`function_memory_mib\`. A larger one is dead-lettered. null: ${thousands(Number(RECORD_MAX_BYTES.default))}, and no more than a sixteenth of the memory.`,
);

type Inputs = typeof requestInputs &
  Readonly<Record<"bulkRequests" | "functionMemoryMib" | "functionTimeoutSeconds", ReturnType<typeof anyNumber>>>;

const anyNumber = () => field(number(), 0, "");

/** The rule between a request's time and the function's. */
export const timeoutConstraint: Constraint<Inputs> = {
  path: "request_timeout_seconds",
  allowed: "less than function_timeout_seconds: after a request that takes all of it, nothing can be tried again",
  decidedBy: ["requestTimeoutSeconds", "functionTimeoutSeconds"],
  violations: ({ requestTimeoutSeconds, functionTimeoutSeconds }) =>
    given(requestTimeoutSeconds).filter((seconds) => seconds >= functionTimeoutSeconds),
  violationsAtPlan: ({ requestTimeoutSeconds, functionTimeoutSeconds }) =>
    hcl`[for seconds in ${givenAtPlan(requestTimeoutSeconds)} : seconds if seconds >= ${functionTimeoutSeconds}]`,
};

/** The rule between a request's size and the function's memory. */
export const bulkSizeConstraint: Constraint<Inputs> = {
  path: "bulk_max_bytes",
  allowed: `what fits ${MEMORY_PER_REQUEST_BYTE} times for each of bulk_requests into function_memory_mib: a request takes so much while the index rejects every event`,
  decidedBy: ["bulkMaxBytes", "bulkRequests", "functionMemoryMib"],
  violations: ({ bulkMaxBytes, bulkRequests, functionMemoryMib }) =>
    given(bulkMaxBytes).filter((bytes) => bytes * MEMORY_PER_REQUEST_BYTE * bulkRequests > functionMemoryMib * MIB),
  violationsAtPlan: ({ bulkMaxBytes, bulkRequests, functionMemoryMib }) =>
    hcl`[for bytes in ${givenAtPlan(bulkMaxBytes)} : bytes if bytes * ${MEMORY_PER_REQUEST_BYTE} * ${bulkRequests} > ${functionMemoryMib} * ${MIB}]`,
};

/** The rules between them and what the function has. */
export const requestConstraints: readonly Constraint<Inputs>[] = [timeoutConstraint, bulkSizeConstraint];

/** The same of the size of records. */
export const recordConstraint: Constraint<
  Pick<Inputs, "functionMemoryMib"> & { readonly recordMaxBytes: typeof recordSizeInput }
> = {
  path: "record_max_bytes",
  allowed: "up to a sixteenth of function_memory_mib, in bytes: the function takes no larger records",
  decidedBy: ["recordMaxBytes", "functionMemoryMib"],
  violations: ({ recordMaxBytes, functionMemoryMib }) =>
    given(recordMaxBytes).filter((bytes) => bytes * MEMORY_PER_RECORD_BYTE > functionMemoryMib * MIB),
  violationsAtPlan: ({ recordMaxBytes, functionMemoryMib }) =>
    hcl`[for bytes in ${givenAtPlan(recordMaxBytes)} : bytes if bytes * ${MEMORY_PER_RECORD_BYTE} > ${functionMemoryMib} * ${MIB}]`,
};

const given = (value: number | null): number[] => (value === null ? [] : [value]);

const givenAtPlan = (value: Expression): Expression => hcl`[for value in [${value}] : value if value != null]`;
