import { type HttpServer, startServer } from "./http-server";

export interface AcceptedRecord {
  Data: string;
  PartitionKey: string;
}

export interface KinesisServer extends HttpServer {
  /** The records that were accepted, in their order. */
  accepted: AcceptedRecord[];
  /** How many records each request had. */
  sizes: number[];
  /** Returns the error code that rejects a record; undefined to accept it. */
  reject: (record: AcceptedRecord) => string | undefined;
  /** Whether to reset the connection in place of an answer, after the records have been accepted. @param request from 1 */
  resets: (request: number) => boolean;
}

/** Answers PutRecords as Kinesis does. */
export async function startKinesis(stream: string): Promise<KinesisServer> {
  const server = await startServer((request, response, message) => {
    const { StreamName, Records } = JSON.parse(request.body.toString()) as {
      StreamName: string;
      Records: AcceptedRecord[];
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
      if (ErrorCode === undefined) kinesis.accepted.push(record);
      return ErrorCode === undefined ? { SequenceNumber: "1", ShardId: "0" } : { ErrorCode, ErrorMessage: "no" };
    });
    if (kinesis.resets(kinesis.sizes.length)) {
      message.socket.resetAndDestroy();
      return;
    }
    const FailedRecordCount = results.filter((result) => "ErrorCode" in result).length;
    response.end(JSON.stringify({ FailedRecordCount, Records: results }));
  });
  const kinesis: KinesisServer = {
    ...server,
    accepted: [],
    sizes: [],
    reject: () => undefined,
    resets: () => false,
  };
  return kinesis;
}
