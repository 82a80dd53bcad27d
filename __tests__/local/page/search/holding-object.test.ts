import { gzipSync } from "node:zlib";
import { documentId } from "../../../../core/events/document-id";
import { encodeLogGroup } from "../../../../core/events/encode-log-group";
import { addEvent } from "../../../../core/receipts/envelope-receipt";
import { objectReceipt } from "../../../../core/receipts/object-receipt";
import { Receipt } from "../../../../core/receipts/receipt";
import { awsClients } from "../../../../local/aws/clients";
import { findHoldingObject } from "../../../../local/page/search/holding-object";
import { type S3Server, s3Error, startS3 } from "../../../support/s3-server";

const OWNER = "123456789012";
const GROUP = "/App";
const TIME = Date.parse("2026-11-28T11:30:00Z");
const NOW = Date.parse("2026-11-28T12:30:00Z");

let server: S3Server;

beforeEach(async () => {
  server = await startS3("bucket");
});
afterEach(() => server.stop());

const envelope = (logGroup: string, ids: readonly string[], timestamp = TIME) => ({
  ...{ messageType: "DATA_MESSAGE", owner: OWNER, logGroup, logStream: "s" },
  logEvents: ids.map((id) => ({ id, timestamp, message: "m" })),
});

function put(key: string, hasReceipt: boolean, ...envelopes: ReturnType<typeof envelope>[]): void {
  const receipt = new Receipt();
  for (const each of envelopes) for (const event of each.logEvents) addEvent(receipt, each, event);
  const { metadata, tail } = objectReceipt(receipt);
  const lines = envelopes.map((each) => gzipSync(`${JSON.stringify(each)}\n`));
  server.put(
    `logs/archive/${key}`,
    Buffer.concat([...lines, ...(hasReceipt ? [tail] : [])]),
    hasReceipt ? metadata : {},
  );
}

const find = (id: string, logGroup = GROUP) =>
  findHoldingObject(
    awsClients(server.origin).s3,
    { bucket: "bucket", prefix: "logs/" },
    { id: documentId(id, { owner: OWNER, logGroup }), time: TIME, logGroup },
    NOW,
  );

const ID = "1".repeat(56);
const OTHER = "2".repeat(56);
const PLACE = encodeLogGroup(GROUP);

describe("findHoldingObject", () => {
  it("finds the object and the line, and reads no object whose receipt is of other events", async () => {
    put(`2026/11/28/11/${PLACE}/s-1.gz`, true, envelope(GROUP, [OTHER], TIME - 3_600_000));
    put(`2026/11/28/12/${PLACE}/s-2.gz`, true, envelope(GROUP, [OTHER]), envelope(GROUP, [ID]));
    put(`2026/11/28/12/foo/s-2.gz`, true, envelope("foo", [ID]));
    const key = `logs/archive/2026/11/28/12/${PLACE}/s-2.gz`;
    expect(await find(ID)).toEqual({
      object: { bucket: "bucket", key, bytes: server.objects.get(key)!.body.length, line: 2 },
    });
    expect(server.read).toEqual([key]);
  });

  it("finds it in objects without a receipt, and of a stream that log groups share", async () => {
    put("2026/11/28/12/stream=shared/s-3.gz", false, envelope("foo", [ID]), envelope(GROUP, [ID]));
    server.put(`logs/archive/2026/11/28/12/${PLACE}/s-9.gz`, Buffer.from("no gzip"));
    expect(await find(ID)).toMatchObject({ object: { key: expect.stringMatching(/stream=shared/), line: 2 } });
  });

  it.each(["GET", "HEAD and GET"])("looks on where S3 refuses %s of an object, and names it", async (refused) => {
    put(`2026/11/28/11/${PLACE}/bad.gz`, true, envelope(GROUP, [OTHER]));
    server.intercept = ({ method, target }, response) => {
      if (!target.includes("/bad") || !refused.includes(method)) return false;
      s3Error(response, 403, "AccessDenied", "Access Denied");
      return true;
    };
    expect(await find(ID)).toMatchObject({
      object: undefined,
      reason: expect.stringMatching(/ s3:\/\/\S+\/bad\.gz cannot be read: AccessDenied \(403\): Access Denied\.$/),
    });
    put(`2026/11/28/12/${PLACE}/s-2.gz`, true, envelope(GROUP, [ID]));
    expect(await find(ID)).toMatchObject({ object: { line: 1 } });
  });

  it("looks where the event may have arrived, and says where it looked", async () => {
    put(`2026/11/28/08/${PLACE}/s-1.gz`, true, envelope(GROUP, [ID]));
    put(`2026/11/28/14/${PLACE}/s-1.gz`, true, envelope(GROUP, [ID]));
    expect(await find(ID)).toEqual({
      object: undefined,
      reason: expect.stringMatching(
        /^None of the 0 objects of its hours below s3:\/\/bucket\/logs\/archive\/ holds it \(yet\):/,
      ),
    });
  });
});
