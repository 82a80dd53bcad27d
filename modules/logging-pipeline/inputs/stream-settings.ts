import { between } from "../../inputs/rules";
import { field, number } from "../../inputs/schema";

/** Members of an input that is about a stream. */
export const shardCount = {
  schema: number(between(0, 10_000, "Kinesis Data Streams API Reference, UpdateShardCount")),
  description:
    "number of shards of the stream; each ingests up to 1 MB/s and 1,000 records/s. 0: an on-demand stream, of which an account has 50 until AWS raises that",
};

export const concurrency = field(
  number(between(0, 2_147_483_647, "Lambda API Reference, PutFunctionConcurrency")),
  null,
  "invocations that Lambda keeps for the function, which has no more of them either; at most the account's unreserved ones less 100. " +
    "`shards` times `parallelization_factor` are enough; with fewer, records wait. 0: it stands still, until records expire into the archive bucket. null: none, and no limit",
);
