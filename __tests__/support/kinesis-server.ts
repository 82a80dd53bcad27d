import { type HttpServer, startServer } from "./http-server";

export interface TakenRecord {
  Data: string;
  PartitionKey: string;
}

export interface KinesisServer extends HttpServer {
  /** The records that were taken, in their order. */
  taken: TakenRecord[];
  /** How many records each request had. */
  sizes: number[];
  /** The error code of a record that is not taken now. */
  reject: (record: TakenRecord) => string | undefined;
}

/** Answers PutRecords as Kinesis does. */
export async function startKinesis(stream: string): Promise<KinesisServer> {
  const server = await startServer((request, response) => {
    const { StreamName, Records } = JSON.parse(request.body.toString()) as {
      StreamName: string;
      Records: TakenRecord[];
    };
    response.setHeader("content-type", "application/x-amz-json-1.1");
    if (StreamName !== stream) {
      const error = { __type: "ResourceNotFoundException", message: `Stream ${StreamName} not found` };
      response.writeHead(400).end(JSON.stringify(error));
      return;
    }
    kinesis.sizes.push(Records.length);
    const results = Records.map((record) => {
      const ErrorCode = kinesis.reject(record);
      if (ErrorCode === undefined) kinesis.taken.push(record);
      return ErrorCode === undefined ? { SequenceNumber: "1", ShardId: "0" } : { ErrorCode, ErrorMessage: "no" };
    });
    const FailedRecordCount = results.filter((result) => "ErrorCode" in result).length;
    response.end(JSON.stringify({ FailedRecordCount, Records: results }));
  });
  const kinesis: KinesisServer = { ...server, taken: [], sizes: [], reject: () => undefined };
  return kinesis;
}
