import { webcrypto } from "node:crypto";

/** The content type of JSON as the services' API references show it. */
const JSON_TYPE = "application/x-amz-json-1.1";

/** Of a request as middleware sees it. */
interface Request {
  headers: Record<string, string>;
  body?: unknown;
}

interface Arguments {
  input: object;
  request: unknown;
}

type Handler = (args: Arguments) => Promise<unknown>;

/** A command of the AWS SDK. Source: AWS SDK for JavaScript, Developer Guide, "Middleware stack". */
interface Command {
  // biome-ignore lint/suspicious/noExplicitAny: the types of middleware differ from command to command
  middlewareStack: { add(middleware: any, options: { step: any; priority: "low" | "high"; name: string }): void };
}

/**
 * Writes the bodies of calls in place of the SDK, whose serializer takes longer than all the rest of a call: it makes base64 byte by
 * byte. And has them hashed, for the signature, by a thread of Node.js's own.
 */
export class CallBodies {
  /** Whether the SDK speaks JSON, which its first call shows: it may change to another protocol of the service. */
  #isJson = false;

  /**
   * Adds middleware to a command.
   *
   * @param body writes the command's whole input as JSON
   */
  prepare(command: Command, body: () => Buffer): void {
    const { middlewareStack } = command;
    const look = (next: Handler) => async (args: Arguments) => {
      const request = args.request as Request;
      if (this.#isJson) await setBody(request, body());
      else this.#isJson = request.headers["content-type"] === JSON_TYPE;
      return next(args);
    };
    const spare = (next: Handler) => (args: Arguments) =>
      next(this.#isJson ? { ...args, input: { ...args.input, Records: [] } } : args);
    middlewareStack.add(spare, { step: "initialize", priority: "low", name: "spareSerializer" });
    middlewareStack.add(look, { step: "build", priority: "high", name: "callBody" });
  }
}

/**
 * Sets a request's body and its hash, as the SDK's signer does.
 *
 * Source: AWS IAM User Guide, "Create a signed AWS API request": `x-amz-content-sha256`.
 */
async function setBody(request: Request, body: Buffer): Promise<void> {
  request.body = body;
  request.headers["x-amz-content-sha256"] = Buffer.from(await webcrypto.subtle.digest("SHA-256", body)).toString("hex");
}

/**
 * Writes the input of a call as JSON.
 *
 * @param target members beside the records
 * @param partitionKeys of the records; of letters and digits. @default they have none
 */
export function callBody(target: object, records: readonly Uint8Array[], partitionKeys?: readonly string[]): Buffer {
  const start = `${JSON.stringify(target).slice(0, -1)},"Records":[`;
  const ends = records.map((_, i) => (partitionKeys ? `","PartitionKey":"${partitionKeys[i]}"}` : '"}'));
  const bytes = records.reduce(
    (sum, { length }, i) => sum + DATA.length + Math.ceil(length / 3) * 4 + ends[i]!.length + 1,
    start.length + 1,
  );
  const body = Buffer.allocUnsafeSlow(bytes);
  let at = body.write(start, "latin1");
  for (const [i, { buffer, byteOffset, byteLength }] of records.entries()) {
    at += body.write(i === 0 ? DATA : `,${DATA}`, at, "latin1");
    at += body.write(Buffer.from(buffer, byteOffset, byteLength).toString("base64"), at, "latin1");
    at += body.write(ends[i]!, at, "latin1");
  }
  at += body.write("]}", at, "latin1");
  return body.subarray(0, at);
}

const DATA = '{"Data":"';
