import { setTimeout as sleep } from "node:timers/promises";
import { awsClients } from "../../../local/aws/clients";
import { openStored, s3Failure } from "../../../local/delivery/open-stored";
import { collect } from "../../support/log-events";
import { type S3Server, startS3 } from "../../support/s3-server";

let server: S3Server;
beforeEach(async () => {
  server = await startS3("bucket");
  server.put("key", Buffer.from("content"), { a: "b" });
});
afterEach(() => server.stop());

const open = (timeoutMs?: number) =>
  openStored(awsClients(server.origin).s3, { Bucket: "bucket", Key: "key" }, timeoutMs);

describe("openStored", () => {
  it("opens an object with its size and metadata", async () => {
    const { bytes, metadata, chunks } = await open();
    expect([bytes, metadata]).toEqual([7, { a: "b" }]);
    expect(Buffer.concat(await collect(chunks as AsyncIterable<Buffer>)).toString()).toBe("content");
  });

  it.each(["begins", "ends"])("ends in time where S3 never %s", async (how) => {
    server.intercept = (_, response) => {
      if (how === "ends") response.writeHead(200, { "content-length": 7 }).write("con");
      return true;
    };
    const read = async () => collect((await open(200)).chunks);
    expect(s3Failure(await read().catch((error) => error))).toBe("S3 is slow, or stalls");
  });

  it("does not end the process by an object that nobody reads to its end", async () => {
    server.intercept = (_, response) => response.writeHead(200, { "content-length": 7 }).write("con");
    const { chunks } = await open(50);
    while (!chunks.destroyed) await sleep(5);
    expect(chunks.errored).toMatchObject({ name: "AbortError" });
  });
});

describe("s3Failure", () => {
  it("says what S3 has answered on one harmless line of some length", () => {
    const error = Object.assign(new Error(`a\u001b[2J\nb${"c".repeat(10_000)}`), { name: "Odd", $metadata: {} });
    expect(s3Failure(error)).toMatch(/^a b?c+…$/);
    expect(s3Failure(Object.assign(new Error("No."), { name: "Odd", $metadata: { httpStatusCode: 400 } }))).toBe(
      "Odd (400): No",
    );
  });
});
