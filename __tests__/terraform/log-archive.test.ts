import { PlanBatch } from "../support/plan-batch";
import { account, changesIn, type ModulePlan, planned, region, type StoredResource } from "../support/terraform";

jest.setTimeout(300_000);

const bucket = `logging-pipeline-archive-${account}-${region}`;

/** So that its policy is known. */
const storedBucket: StoredResource = {
  ...{ type: "aws_s3_bucket", name: "this" },
  attributes: { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` },
};

const plans = new PlanBatch("log-archive");
const byDefault = plans.add({}, [storedBucket]);
let plan: ModulePlan;

beforeAll(async () => {
  plan = await byDefault();
});

describe("the archive bucket", () => {
  it("has the name that the pipeline expects, and is never emptied", () => {
    expect(planned(plan, "aws_s3_bucket.this")).toMatchObject({ bucket, force_destroy: false });
    expect(plan.planned_values.outputs.archive_bucket).toMatchObject({ value: bucket });
  });

  it("is closed to the public", () => {
    expect(planned(plan, "aws_s3_bucket_public_access_block.this")).toMatchObject({
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(planned(plan, "aws_s3_bucket_ownership_controls.this")).toMatchObject({
      bucket,
      rule: [{ object_ownership: "BucketOwnerEnforced" }],
    });
  });

  it("denies requests without TLS", () => {
    expect(JSON.parse(String(planned(plan, "aws_s3_bucket_policy.this").policy)).Statement).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("is encrypted and versioned", () => {
    expect(planned(plan, "aws_s3_bucket_server_side_encryption_configuration.this")).toMatchObject({
      bucket,
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }], bucket_key_enabled: false }],
    });
    expect(planned(plan, "aws_s3_bucket_versioning.this")).toMatchObject({
      bucket,
      versioning_configuration: [{ status: "Enabled" }],
    });
  });

  it("moves objects to Infrequent Access, but for small ones, which would cost more there, and keeps them for ever", () => {
    expect(planned(plan, "aws_s3_bucket_lifecycle_configuration.this")).toMatchObject({
      transition_default_minimum_object_size: "all_storage_classes_128K",
    });
    expect(planned(plan, "aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
      {
        status: "Enabled",
        transition: [{ days: 30, storage_class: "STANDARD_IA" }],
        expiration: [],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
      // What compaction and expiration leave of a deleted object, once its versions are gone.
      { status: "Enabled", transition: [], expiration: [{ expired_object_delete_marker: true }] },
    ]);
  });

  const keyArn = `arn:aws:kms:${region}:${account}:key/archive`;
  const withKey = plans.add({ kms_key_arn: keyArn, transition_days: 60, expiration_days: 400 });

  it("can be encrypted with a customer managed key, and expire its objects", async () => {
    const given = await withKey();

    expect(changesIn(given)).toEqual({ create: 7 });
    expect(planned(given, "aws_s3_bucket_server_side_encryption_configuration.this").rule).toMatchObject([
      {
        apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: keyArn }],
        bucket_key_enabled: true,
      },
    ]);
    expect(planned(given, "aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
      { transition: [{ days: 60 }], expiration: [{ days: 400 }] },
      { expiration: [{ expired_object_delete_marker: true }] },
    ]);
  });

  const source = `arn:aws:kms:${region}:${account}:key/archive`;
  const replicas = `arn:aws:kms:eu-west-1:${account}:key/replicas`;
  const replicator = `logging-pipeline-${region}-archive-replication`;
  const statement = {
    ...{ Sid: "AuditorsRead", Effect: "Allow", Principal: { AWS: "arn:aws:iam::210987654321:root" } },
    ...{ Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` },
  };
  const withEverything = plans.add(
    {
      ...{ kms_key_arn: source, transition_storage_class: "GLACIER_IR" },
      object_lock: { mode: "COMPLIANCE", days: 365 },
      ...{ access_log_bucket: "access-logs-of-buckets", bucket_policy_statements: [JSON.stringify(statement)] },
      replication: {
        ...{ destination_bucket_arn: "arn:aws:s3:::copy", destination_account_id: "210987654321" },
        destination_kms_key_arn: replicas,
      },
    },
    [
      storedBucket,
      {
        ...{ type: "aws_iam_role", name: "replication", index: 0 },
        attributes: {
          id: replicator,
          name: replicator,
          path: "/",
          arn: `arn:aws:iam::${account}:role/${replicator}`,
        },
      },
    ],
  );

  it("can lock objects, log accesses, replicate and let others read", async () => {
    const given = await withEverything();

    const lock = "aws_s3_bucket_object_lock_configuration.this[0]";
    expect(planned(given, lock).rule).toEqual([
      { default_retention: [{ mode: "COMPLIANCE", days: 365, years: null }] },
    ]);
    // A bucket that exists stays.
    expect(
      given.resource_changes.find(({ address }) => address === "aws_s3_bucket.this")!.change.actions,
    ).not.toContain("delete");
    expect(planned(given, "aws_s3_bucket_logging.this[0]")).toMatchObject({
      ...{ target_bucket: "access-logs-of-buckets", target_prefix: `${bucket}/` },
    });
    expect(planned(given, "aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
      { transition: [{ storage_class: "GLACIER_IR" }] },
      { transition: [] },
    ]);
    expect(JSON.parse(String(planned(given, "aws_s3_bucket_policy.this").policy)).Statement).toEqual([
      expect.objectContaining({ Sid: "TlsOnly" }),
      statement,
    ]);
    expect(planned(given, "aws_s3_bucket_replication_configuration.this[0]").rule).toMatchObject([
      {
        delete_marker_replication: [{ status: "Disabled" }],
        source_selection_criteria: [{ sse_kms_encrypted_objects: [{ status: "Enabled" }] }],
        destination: [
          {
            ...{ bucket: "arn:aws:s3:::copy", account: "210987654321" },
            access_control_translation: [{ owner: "Destination" }],
            encryption_configuration: [{ replica_kms_key_id: replicas }],
          },
        ],
      },
    ]);
    const policy = JSON.parse(String(planned(given, "aws_iam_role_policy.replication[0]").policy));
    const viaS3 = { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } };
    expect(policy.Statement.slice(2)).toMatchObject([
      { Action: ["s3:ReplicateObject", "s3:ReplicateTags"], Resource: "arn:aws:s3:::copy/*" },
      { Action: "s3:ObjectOwnerOverrideToBucketOwner", Resource: "arn:aws:s3:::copy/*" },
      { Action: "kms:Decrypt", Resource: source },
      { Action: "kms:Encrypt", Resource: replicas, Condition: viaS3 },
    ]);
    const { outputs } = given.planned_values;
    expect(JSON.parse(String(outputs.replication_statement!.value))).toMatchObject([
      { Principal: { AWS: `arn:aws:iam::${account}:role/${replicator}` }, Resource: "arn:aws:s3:::copy/*" },
    ]);
    expect(JSON.parse(String(outputs.access_log_statement!.value))).toMatchObject({
      Resource: `arn:aws:s3:::access-logs-of-buckets/${bucket}/*`,
      Condition: { ArnLike: { "aws:SourceArn": `arn:aws:s3:::${bucket}` } },
    });
  });
});
