import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { type AwsClients, awsClients } from "../../local/aws/clients";
import { type Emulator, startEmulator } from "../../local/emulator/emulator";
import { emulatorRequest } from "../support/emulator-request";

/** An ALB's key with every character that S3 allows and a form encodes. */
const KEY = "AWSLogs/größe +&=%2F~(1)'!*/x.log.gz";
/** As `new URLSearchParams` writes it, but for the slashes. */
const ENCODED = "AWSLogs/gr%C3%B6%C3%9Fe+%2B%26%3D%252F~%281%29%27%21%2A/x.log.gz";
/** md5sum of "body" */
const ETAG = "841a2d689ad86bd1611447453c22c6fc";

let emulator: Emulator;
let clients: AwsClients;

beforeAll(async () => {
  emulator = await startEmulator();
  clients = awsClients(emulator.url);
}, 300_000);

afterAll(() => emulator.stop());

interface Notified {
  readonly bucket: string;
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** A bucket and a queue of the same name. */
async function create(bucket: string): Promise<Notified> {
  const CreateBucketConfiguration = { LocationConstraint: "eu-central-1" } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration }));
  const { QueueUrl } = await clients.sqs.send(new CreateQueueCommand({ QueueName: bucket }));
  return { bucket, queueUrl: QueueUrl!, queueArn: `arn:aws:sqs:eu-central-1:123456789012:${bucket}` };
}

/** Notifies the queue of new objects below the prefix. */
async function notify({ bucket, queueArn }: Notified, prefix = "AWSLogs/"): Promise<void> {
  const Filter = { Key: { FilterRules: [{ Name: "prefix" as const, Value: prefix }] } };
  const configuration = { Id: "access-logs", QueueArn: queueArn, Events: ["s3:ObjectCreated:*" as const], Filter };
  await clients.s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { QueueConfigurations: [configuration] },
    }),
  );
}

const put = ({ bucket }: Notified, Key: string, Body = "body") =>
  clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

/** Bodies of all messages in the queue: the emulator sends them before it answers. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of other people's shapes, which the tests compare as a whole
async function received({ queueUrl }: Notified): Promise<any[]> {
  const { Messages = [] } = await clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => JSON.parse(Body!));
}

const keyOfRecord = ({ s3 }: { s3: { object: { key: string } } }): string => s3.object.key;

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe("the emulator's S3 notifications", () => {
  it("test the queue by an event without records", async () => {
    const notified = await create("tested");
    await notify(notified);
    expect(await received(notified)).toEqual([
      {
        Service: "Amazon S3",
        Event: "s3:TestEvent",
        Time: expect.stringMatching(MOMENT),
        Bucket: "tested",
        RequestId: expect.any(String),
        HostId: expect.any(String),
      },
    ]);
  });

  it("have all members of AWS's event version 2.1, and a form-encoded key with its slashes", async () => {
    const notified = await create("version-two");
    await notify(notified);
    await received(notified);
    const before = Date.now();
    await put(notified, KEY);

    const [event] = await received(notified);
    expect(event).toEqual({
      Records: [
        {
          eventVersion: "2.1",
          eventSource: "aws:s3",
          awsRegion: "eu-central-1",
          eventTime: expect.stringMatching(MOMENT),
          eventName: "ObjectCreated:Put",
          userIdentity: { principalId: expect.any(String) },
          requestParameters: { sourceIPAddress: "127.0.0.1" },
          responseElements: { "x-amz-request-id": expect.any(String), "x-amz-id-2": expect.any(String) },
          s3: {
            s3SchemaVersion: "1.0",
            configurationId: "access-logs",
            bucket: {
              name: "version-two",
              ownerIdentity: { principalId: expect.any(String) },
              arn: "arn:aws:s3:::version-two",
            },
            object: { key: ENCODED, size: 4, eTag: ETAG, sequencer: expect.stringMatching(/^[0-9A-F]{16}$/) },
          },
        },
      ],
    });
    const time = Date.parse(event.Records[0].eventTime);
    expect([time >= before, time <= Date.now()]).toEqual([true, true]);
  });

  it("have the version of a versioned bucket, and a sequencer that rises", async () => {
    const notified = await create("versioned");
    const VersioningConfiguration = { Status: "Enabled" as const };
    await clients.s3.send(new PutBucketVersioningCommand({ Bucket: "versioned", VersioningConfiguration }));
    await notify(notified);
    await received(notified);
    const versions = [await put(notified, KEY), await put(notified, KEY, "other")].map(({ VersionId }) => VersionId);

    const objects = (await received(notified)).map(({ Records }) => Records[0].s3.object);
    expect(objects.map(({ versionId }) => versionId)).toEqual(versions);
    expect(objects[0].sequencer < objects[1].sequencer).toBe(true);
  });

  it("name copies and multipart uploads, and leave out other prefixes and deletions", async () => {
    const notified = await create("names");
    await notify(notified, "logs/");
    await received(notified);
    const Bucket = "names";
    await put(notified, "other/k");
    await clients.s3.send(new CopyObjectCommand({ Bucket, CopySource: "names/other/k", Key: "logs/copy" }));
    const where = { Bucket, Key: "logs/parts" };
    const { UploadId } = await clients.s3.send(new CreateMultipartUploadCommand(where));
    const { ETag } = await clients.s3.send(new UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: "body" }));
    const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
    const completed = await clients.s3.send(
      new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload }),
    );
    await clients.s3.send(new DeleteObjectCommand({ Bucket, Key: "logs/copy" }));

    const records = (await received(notified)).map(({ Records: [record] }) => record);
    expect(records.map(({ eventName, s3 }) => [eventName, s3.object.key, s3.object.eTag])).toEqual([
      ["ObjectCreated:Copy", "logs/copy", ETAG],
      ["ObjectCreated:CompleteMultipartUpload", "logs/parts", completed.ETag!.replaceAll('"', "")],
    ]);
  });

  it("go by a filter whose special characters are percent-encoded", async () => {
    const notified = await create("filtered");
    await notify(notified, "aws-service%3Dvpcflowlogs/");
    await put(notified, "aws-service=vpcflowlogs/k");
    await put(notified, "aws-service%3Dvpcflowlogs/k");
    const keys = (await received(notified)).flatMap(({ Records = [] }) => Records.map(keyOfRecord));
    expect(keys).toEqual(["aws-service%3Dvpcflowlogs/k"]);
  });

  it("reach a queue by a rule of EventBridge, as AWS's Object Created, whatever other rules do", async () => {
    const notified = await create("bridged");
    const events = (action: string, body: object) =>
      emulatorRequest(emulator.url, "events", `AWSEvents.${action}`, body);
    await events("PutRule", { Name: "a-schedule", ScheduleExpression: "rate(1 day)" });
    const target = "arn:aws:lambda:eu-central-1:123456789012:function:index-cleanup";
    await events("PutTargets", { Rule: "a-schedule", Targets: [{ Id: "f", Arn: target }] });
    const pattern = {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: ["bridged"] }, object: { key: [{ prefix: "AWSLogs/" }] } },
    };
    await events("PutRule", { Name: "created", EventPattern: JSON.stringify(pattern) });
    await events("PutTargets", { Rule: "created", Targets: [{ Id: "q", Arn: notified.queueArn }] });
    await put(notified, "AWSLogs/before");
    const NotificationConfiguration = { EventBridgeConfiguration: {} };
    await clients.s3.send(
      new PutBucketNotificationConfigurationCommand({ Bucket: "bridged", NotificationConfiguration }),
    );
    await put(notified, KEY);
    await put(notified, "other/k");

    expect(await received(notified)).toEqual([
      {
        version: "0",
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        "detail-type": "Object Created",
        source: "aws.s3",
        account: "123456789012",
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        region: "eu-central-1",
        resources: ["arn:aws:s3:::bridged"],
        detail: {
          version: "0",
          bucket: { name: "bridged" },
          object: { key: KEY, size: 4, etag: ETAG, sequencer: expect.stringMatching(/^[0-9A-F]{16}$/) },
          "request-id": expect.any(String),
          requester: "123456789012",
          "source-ip-address": "127.0.0.1",
          reason: "PutObject",
        },
      },
    ]);
  });
});
