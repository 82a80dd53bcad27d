import type { DeliveryStreamDescription, DestinationDescription } from "@aws-sdk/client-firehose";
import { deliverySettings } from "../../../local/firehose/settings";
import { deliveryChanges } from "../../../local/firehose/settings-text";

const MIB = 1024 * 1024;
const bucket = {
  RoleARN: "role",
  BucketARN: "arn:aws:s3:::logs",
  BufferingHints: undefined,
  CompressionFormat: undefined,
  EncryptionConfiguration: undefined,
};
const describeStream = (destination: Omit<DestinationDescription, "DestinationId">): DeliveryStreamDescription => ({
  DeliveryStreamName: "app",
  DeliveryStreamARN: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/app",
  DeliveryStreamStatus: "ACTIVE",
  DeliveryStreamType: "DirectPut",
  VersionId: "1",
  CreateTimestamp: new Date(5),
  Destinations: [{ DestinationId: "1", ...destination }],
  HasMoreDestinations: false,
});
const objects = {
  bucket: "logs",
  prefix: "",
  errorPrefix: undefined,
  buffer: { sizeBytes: 5 * MIB, intervalMs: 300_000 },
  compression: "UNCOMPRESSED",
  extension: "",
};

describe("deliverySettings", () => {
  it("fills in AWS's defaults for S3", () => {
    expect(deliverySettings(describeStream({ ExtendedS3DestinationDescription: bucket }))).toEqual({
      name: "app",
      arn: "arn:aws:firehose:eu-central-1:123456789012:deliverystream/app",
      version: "1",
      createdAt: 5,
      sourceArn: undefined,
      transform: undefined,
      separatesRecords: false,
      search: undefined,
      objects,
      sourceBackup: undefined,
    });
  });

  it("fills in AWS's defaults for OpenSearch and the Lambda processor", () => {
    const processor = {
      Type: "Lambda" as const,
      Parameters: [{ ParameterName: "LambdaArn" as const, ParameterValue: "arn" }],
    };
    const settings = deliverySettings(
      describeStream({
        AmazonopensearchserviceDestinationDescription: {
          IndexName: "app",
          S3DestinationDescription: bucket,
          ProcessingConfiguration: { Enabled: true, Processors: [processor, { Type: "AppendDelimiterToRecord" }] },
        },
      }),
    );
    expect(settings).toMatchObject({
      transform: { functionArn: "arn", retries: 3, buffer: { sizeBytes: MIB, intervalMs: 60_000 } },
      separatesRecords: true,
      search: { index: "app", rotation: "OneDay", retryMs: 300_000, withIds: true, backsUpAll: false },
      objects,
    });
  });

  it("has no processors while processing is disabled", () => {
    const ProcessingConfiguration = { Enabled: false, Processors: [{ Type: "Lambda" as const }] };
    const settings = deliverySettings(
      describeStream({ ExtendedS3DestinationDescription: { ...bucket, ProcessingConfiguration } }),
    );
    expect(settings.transform).toBeUndefined();
  });

  it("reads sizes below 1 MiB, compression, prefixes and the backup of source records", () => {
    const parameter = (ParameterName: "LambdaArn" | "BufferSizeInMBs" | "NumberOfRetries", ParameterValue: string) => ({
      ParameterName,
      ParameterValue,
    });
    const Parameters = [
      parameter("LambdaArn", "arn"),
      parameter("BufferSizeInMBs", "0.2"),
      parameter("NumberOfRetries", "0"),
    ];
    const settings = deliverySettings(
      describeStream({
        ExtendedS3DestinationDescription: {
          ...bucket,
          CompressionFormat: "GZIP",
          Prefix: "raw/",
          ErrorOutputPrefix: "errors/!{firehose:error-output-type}/",
          BufferingHints: { SizeInMBs: 128, IntervalInSeconds: 0 },
          ProcessingConfiguration: { Enabled: true, Processors: [{ Type: "Lambda", Parameters }] },
          S3BackupMode: "Enabled",
          S3BackupDescription: { ...bucket, BucketARN: "arn:aws:s3:::backup", CompressionFormat: "ZIP" },
        },
      }),
    );
    expect(settings.transform).toMatchObject({ retries: 0, buffer: { sizeBytes: 0.2 * MIB } });
    expect(settings.objects).toEqual({
      bucket: "logs",
      prefix: "raw/",
      errorPrefix: "errors/!{firehose:error-output-type}/",
      buffer: { sizeBytes: 128 * MIB, intervalMs: 0 },
      compression: "GZIP",
      extension: ".gz",
    });
    expect(settings.sourceBackup).toMatchObject({ bucket: "backup", extension: ".zip" });
  });

  it.each<[string, Omit<DestinationDescription, "DestinationId">]>([
    ["HttpEndpoint", { HttpEndpointDestinationDescription: {} }],
    ["Snappy", { ExtendedS3DestinationDescription: { ...bucket, CompressionFormat: "Snappy" } }],
    ["Europe/Berlin", { ExtendedS3DestinationDescription: { ...bucket, CustomTimeZone: "Europe/Berlin" } }],
    [
      "partitionKeyFromQuery",
      { ExtendedS3DestinationDescription: { ...bucket, Prefix: "!{partitionKeyFromQuery:a}/" } },
    ],
    [
      "Decompression",
      {
        ExtendedS3DestinationDescription: {
          ...bucket,
          ProcessingConfiguration: { Enabled: true, Processors: [{ Type: "Decompression" }] },
        },
      },
    ],
    [
      "NumberOfRetries",
      {
        ExtendedS3DestinationDescription: {
          ...bucket,
          ProcessingConfiguration: {
            Enabled: true,
            Processors: [
              { Type: "Lambda", Parameters: [{ ParameterName: "NumberOfRetries", ParameterValue: "many" }] },
            ],
          },
        },
      },
    ],
  ])("throws for what is not supported here, naming it: %s", (name, destination) => {
    expect(() => deliverySettings(describeStream(destination))).toThrow(name);
  });
});

describe("deliveryChanges", () => {
  it("names what differs, with both values", () => {
    const before = deliverySettings(describeStream({ ExtendedS3DestinationDescription: bucket }));
    const after = deliverySettings(
      describeStream({
        ExtendedS3DestinationDescription: {
          ...bucket,
          Prefix: "raw/",
          BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 60 },
        },
      }),
    );
    expect(deliveryChanges(before, after)).toEqual([
      "objects s3://logs/ → s3://logs/raw/",
      "objects' buffer 5 MiB or 300 s → 1 MiB or 60 s",
    ]);
    expect(deliveryChanges(before, before)).toEqual([]);
  });
});
