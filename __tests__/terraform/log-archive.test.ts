import {
  account,
  planned,
  region,
  type StackPlan,
  type SynthesizedStack,
  synthesizedStack,
} from "../support/terraform";

jest.setTimeout(300_000);

let stack: SynthesizedStack;
let plan: StackPlan;

const bucket = `logging-pipeline-archive-${account}-${region}`;

beforeAll(async () => {
  stack = await synthesizedStack("log-archive");
  // With a stored bucket, so that its policy is known.
  plan = await stack.plan({}, [
    { type: "aws_s3_bucket", name: "this", attributes: { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` } },
  ]);
});

afterAll(() => stack?.remove());

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
    ]);
  });

  it("can be encrypted with a customer managed key, and expire its objects", async () => {
    const keyArn = `arn:aws:kms:${region}:${account}:key/archive`;
    const given = await stack.plan({ kms_key_arn: keyArn, transition_to_ia_days: 60, expiration_days: 400 });

    expect(given.summary).toBe("Plan: 7 to add, 0 to change, 0 to destroy.");
    expect(planned(given, "aws_s3_bucket_server_side_encryption_configuration.this").rule).toMatchObject([
      {
        apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms", kms_master_key_id: keyArn }],
        bucket_key_enabled: true,
      },
    ]);
    expect(planned(given, "aws_s3_bucket_lifecycle_configuration.this").rule).toMatchObject([
      { transition: [{ days: 60 }], expiration: [{ days: 400 }] },
    ]);
  });

  it("is in a stack that Terraform finds valid", async () => {
    expect(await stack.validate()).toContain("The configuration is valid");
  });
});
