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
  /**
   * Whether to reset the connection in place of the answer to a request of which records were accepted: the client sends them again.
   *
   * @param request number of the request among those, from 1; how many are throttled as a whole depends on timing
   */
  resets: (request: number) => boolean;
}

/** Answers PutRecords as Kinesis does. */
export async function startKinesis(stream: string): Promise<KinesisServer> {
  let accepting = 0;
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
    const acceptedBefore = kinesis.accepted.length;
    const results = Records.map((record) => {
      const ErrorCode = kinesis.reject(record);
      if (ErrorCode === undefined) kinesis.accepted.push(record);
      return ErrorCode === undefined ? { SequenceNumber: "1", ShardId: "0" } : { ErrorCode, ErrorMessage: "no" };
    });
    if (kinesis.accepted.length > acceptedBefore && kinesis.resets(++accepting)) {
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
