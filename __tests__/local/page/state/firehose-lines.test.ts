import { gzipSync } from "node:zlib";
import { awsClients } from "../../../../local/aws/clients";
import { FirehoseLines } from "../../../../local/page/state/firehose-lines";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";

describe("FirehoseLines", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3("my-logs");
  });
  afterAll(() => server.stop());

  it("counts the lines below a prefix, gzipped or not, and reads each object once", async () => {
    const lines = new FirehoseLines(awsClients(server.origin).s3, { bucket: "my-logs", prefix: "firehose/" });
    expect(lines.count).toBeUndefined();
    server.put("firehose/1.gz", gzipSync("a\nb\n"));
    server.put("firehose/2", Buffer.from("c\n"));
    server.put("firehose/broken.gz", Buffer.from("no gzip\n"));
    server.put("other/3", Buffer.from("d\n"));
    await lines.update();
    expect(lines.count).toBe(3);
    server.put("firehose/4", Buffer.from("e\nf\n"));
    await lines.update();
    expect(lines.count).toBe(5);
    expect(server.read.filter((key) => key === "firehose/1.gz")).toHaveLength(1);
    server.objects.delete("firehose/1.gz");
    await lines.update();
    expect(lines.count).toBe(3);
  });

  it("counts the lines of the others where S3 refuses an object", async () => {
    const lines = new FirehoseLines(awsClients(server.origin).s3, { bucket: "my-logs", prefix: "refused/" });
    for (const name of ["1", "bad", "z"]) server.put(`refused/${name}`, Buffer.from("a\n"));
    server.intercept = ({ target }, response) => {
      if (!target.includes("/bad")) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    await lines.update();
    expect(lines.count).toBe(2);
  });
});
