import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { KinesisClient, StreamDescriptionSummary } from "@aws-sdk/client-kinesis";
import type { FunctionConfiguration, LambdaClient } from "@aws-sdk/client-lambda";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Environment } from "../core/settings/environment";
import type { ApiClient } from "../search/client";
import type { AskIam } from "../tools/iam";
import type { Examined } from "./examined";
import type { LogGroupSources } from "./log-group-sources";

/** Clients of AWS; a check only reads. */
export interface DoctorClients {
  readonly cloudwatch: Pick<CloudWatchClient, "send">;
  readonly logs: Pick<CloudWatchLogsClient, "send">;
  readonly kinesis: Pick<KinesisClient, "send">;
  readonly lambda: Pick<LambdaClient, "send">;
  readonly s3: Pick<S3Client, "send">;
}

/** A stream, and the function of the same name. */
export interface DoctorLane {
  readonly name: string;
  /** Asked once. @throws what Kinesis answers */
  stream(): Promise<StreamDescriptionSummary>;
  /** undefined: there is none. @throws why Lambda does not say */
  forwarder(): FunctionConfiguration | undefined;
}

/** What all checks are about. */
export interface DoctorContext {
  /** Of the pipeline. */
  readonly name: string;
  readonly lanes: readonly DoctorLane[];
  /** Of a forwarder: where events go to; undefined: there is no forwarder. @throws why it is not known */
  environment(): Environment | undefined;
  /** Those that the caller names. */
  readonly logGroups: readonly string[];
  readonly sources: LogGroupSources;
  readonly clients: DoctorClients;
  readonly iam: AskIam;
  /** The API that manages domains. */
  readonly domains: ApiClient;
  /** undefined: there is no search endpoint, or it is not known. */
  readonly engine: DoctorEngine | undefined;
  /** Whether Kinesis and Lambda have metrics, and IAM decides: emulators have neither. */
  readonly isAws: boolean;
  readonly nowMs: number;
}

/** The search endpoint, by the caller's login. */
export interface DoctorEngine {
  readonly origin: string;
  readonly api: ApiClient;
}

/** Looks at one part of a pipeline. */
export type Examine = (context: DoctorContext) => Promise<Examined>;
