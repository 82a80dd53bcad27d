import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { KinesisClient } from "@aws-sdk/client-kinesis";
import type { FunctionConfiguration, LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { ApiClient } from "../search/client";
import type { DoctorFinding } from "./check-table";

/** Clients of AWS; a check only reads. */
export interface DoctorClients {
  readonly cloudwatch: Pick<CloudWatchClient, "send">;
  readonly logs: Pick<CloudWatchLogsClient, "send">;
  readonly kinesis: Pick<KinesisClient, "send">;
  readonly lambda: Pick<LambdaClient, "send">;
  readonly s3: Pick<S3Client, "send">;
}

/** A stream and the function of the same name; undefined: there is none. */
export interface DoctorLane {
  readonly name: string;
  readonly forwarder: FunctionConfiguration | undefined;
}

/** What all checks are about. */
export interface DoctorContext {
  /** Of the pipeline. */
  readonly name: string;
  readonly lanes: readonly DoctorLane[];
  /** The environment of a forwarder: where events go to. Empty without one. */
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroups: readonly string[];
  readonly clients: DoctorClients;
  /** undefined: there is no search endpoint. */
  readonly engine: ApiClient | undefined;
  /** Whether Kinesis and Lambda have metrics: emulators have none. */
  readonly hasServiceMetrics: boolean;
  readonly nowMs: number;
}

/** Looks at one thing. @throws whatever a client throws */
export type Examine = (context: DoctorContext) => Promise<DoctorFinding[]>;
