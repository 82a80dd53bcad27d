import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { SECRET } from "../support/offline-aws";
import { PlanBatch } from "../support/plan-batch";
import { account, keyAndRole, type ModulePlan, planned, region, synthesizedStack } from "../support/terraform";

jest.setTimeout(300_000);

let plan: ModulePlan;
let elsewhere: ModulePlan;

const plans = new PlanBatch("logging-pipeline");
const byDefault = plans.add({}, keyAndRole);
const beforeAnyEndpoint = plans.add({ search_endpoint: "https://search.example.com" }, keyAndRole);

beforeAll(async () => {
  plan = await byDefault();
  elsewhere = await beforeAnyEndpoint();
});

const key = `arn:aws:kms:${region}:${account}:key/key`;
const role = `arn:aws:iam::${account}:role/logging-pipeline-${region}-forwarder`;
const bucket = `arn:aws:s3:::logging-pipeline-archive-${account}-${region}`;
const domain = `arn:aws:es:${region}:${account}:domain/logging-pipeline`;
const streams = `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_*`;

/** What keeps the one index template and the one lifecycle policy of the pipeline. */
const keeping = (of: string) => {
  const allow = (...paths: string[]) => ({
    Effect: "Allow",
    Action: ["es:ESHttpGet", "es:ESHttpPut"],
    Resource: paths.map((path) => `${of}/${path}/logging-pipeline`),
  });
  return {
    ForwarderKeepsTemplate: allow("_index_template"),
    ForwarderKeepsPolicy: allow("_plugins/_ism/policies", "_opendistro/_ism/policies"),
  };
};

/** The statements by their ids, without these. */
function statements(from: ModulePlan, address: string, attribute = "policy"): Record<string, unknown> {
  const { Version, Statement } = JSON.parse(String(planned(from, address)[attribute]));
  expect(Version).toBe("2012-10-17");
  return Object.fromEntries(Statement.map(({ Sid, ...rest }: { Sid: string }) => [Sid, rest]));
}

describe("the key", () => {
  it("is rotated automatically", () => {
    expect(planned(plan, "aws_kms_key.this[0]")).toMatchObject({ enable_key_rotation: true });
  });

  it("is administered by the account, and used by CloudWatch Logs for the log groups of this account and region", () => {
    expect(statements(plan, "aws_kms_key.this[0]")).toEqual({
      AccountAdministersTheKey: {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      CloudWatchLogsEncryptsLogGroups: {
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:${region}:${account}:log-group:*` },
        },
      },
    });
  });

  const producers = {
    Sid: "Shop",
    Effect: "Allow",
    Principal: { AWS: "210987654321" },
    Action: "kms:*",
    Resource: "*",
  };
  const administered = plans.add({
    log_groups: {},
    kms_key_administrators: [`arn:aws:iam::${account}:role/admin`],
    kms_key_policy_statements: [JSON.stringify(producers)],
    kms_key_deletion_window_in_days: 7,
  });

  it("has the administrators, the further statements and the waiting period that are given", async () => {
    const given = await administered();

    const { Sid, ...shop } = producers;
    const { AdministratorsAdministerTheKey: own, ...others } = statements(given, "aws_kms_key.this[0]");
    expect(others).toEqual({ ...statements(plan, "aws_kms_key.this[0]"), [Sid]: shop });
    expect(own).toMatchObject({ Effect: "Allow", Principal: { AWS: [`arn:aws:iam::${account}:role/admin`] } });
    const { Action } = own as { Action: string[] };
    expect(Action).toEqual(expect.arrayContaining(["kms:Put*", "kms:ScheduleKeyDeletion"]));
    expect(Action.filter((action) => /^kms:(\*|.*(crypt|DataKey|Create|Sign))/.test(action))).toEqual([]);
    expect(planned(given, "aws_kms_key.this[0]").deletion_window_in_days).toBe(7);
  });
});

describe("an existing key", () => {
  const kms_key_arn = `arn:aws:kms:${region}:210987654321:key/central`;
  const existing = { create_kms_key: false, kms_key_arn, log_groups: { foo: {} } };

  const withRole = plans.add(existing, keyAndRole.slice(1));
  const withoutRole = plans.add(existing);

  it("encrypts everything in place of a key of the pipeline's own", async () => {
    const given = await withRole();

    const created = given.resource_changes.filter(({ change }) => change.actions.includes("create"));
    expect(created.map(({ address }) => address)).toEqual(
      expect.not.arrayContaining([expect.stringMatching(/^aws_kms/)]),
    );
    expect(planned(given, 'aws_cloudwatch_log_group.this["foo"]').kms_key_id).toBe(kms_key_arn);
    expect(planned(given, 'aws_cloudwatch_log_group.forwarder["foo"]').kms_key_id).toBe(kms_key_arn);
    expect(planned(given, 'aws_kinesis_stream.this["foo"]').kms_key_id).toBe(kms_key_arn);
    expect(planned(given, 'aws_lambda_function.forwarder["foo"]').kms_key_arn).toBe(kms_key_arn);
    expect(planned(given, "aws_opensearch_domain.this[0]").encrypt_at_rest).toMatchObject([
      { kms_key_id: kms_key_arn },
    ]);
    for (const [role, sid] of [
      ["logs_to_kinesis", "EncryptRecords"],
      ["forwarder", "DecryptRecords"],
      ["forwarder", "DecryptEnvironment"],
    ] as const) {
      expect(statements(given, `aws_iam_role_policy.${role}[0]`)[sid]).toMatchObject({ Resource: kms_key_arn });
    }
  });

  it("needs a policy that lets CloudWatch Logs use it, and this account's IAM policies decide, and no more", async () => {
    const { outputs } = (await withoutRole()).planned_values;

    const root = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Resource: "*" };
    expect(JSON.parse(String(outputs.kms_key_statements!.value))).toEqual([
      {
        Sid: "CloudWatchLogsEncryptsLogGroups",
        ...(statements(plan, "aws_kms_key.this[0]").CloudWatchLogsEncryptsLogGroups as object),
      },
      {
        Sid: "IamPoliciesAllowUse",
        ...root,
        Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      },
      {
        Sid: "IamPoliciesAllowGrantsToServices",
        ...root,
        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
    expect(plan.planned_values.outputs.kms_key_statements?.value ?? null).toBeNull();
  });

  const elsewhere = "arn:aws:kms:eu-west-1:123456789012:key/central";
  const fromElsewhere = plans.addRejected({ ...existing, kms_key_arn: elsewhere });

  it("is rejected from another region", async () => {
    expect(await fromElsewhere()).toEqual([
      expect.stringContaining(`kms_key_arn = "${elsewhere}": allowed is a key in ${region}`),
    ]);
  });
});

describe("in a region of China", () => {
  it("the service principals and ARNs are those of its partition", async () => {
    // The region is the provider's, of which a batch has one.
    const stack = await synthesizedStack("logging-pipeline");
    const override = join(stack.directory, "region_override.tf.json");
    await writeFile(override, JSON.stringify({ provider: { aws: { region: "cn-north-1" } } }));
    const china = await stack.plan({ log_groups: {} }).finally(() => stack.remove());

    const principals = ["aws_iam_role.logs_to_kinesis[0]", "aws_iam_role.forwarder[0]"].map((address) =>
      Object.values(statements(china, address, "assume_role_policy")).map(
        (statement) => (statement as { Principal: unknown }).Principal,
      ),
    );
    expect(principals).toEqual([[{ Service: "logs.amazonaws.com.cn" }], [{ Service: "lambda.amazonaws.com" }]]);
    expect(statements(china, "aws_kms_key.this[0]")).toMatchObject({
      AccountAdministersTheKey: { Principal: { AWS: `arn:aws-cn:iam::${account}:root` } },
      CloudWatchLogsEncryptsLogGroups: { Principal: { Service: "logs.cn-north-1.amazonaws.com.cn" } },
    });
  });
});

describe("the deletion of the key", () => {
  const denied = {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: ["kms:DisableKey", "kms:ScheduleKeyDeletion"],
    Resource: "*",
  };

  const cases: [string, object, object | undefined][] = [
    ["denied while a log group that was created is kept", { foo: {}, bar: { skip_destroy: false } }, denied],
    ["denied while one is kept that had been created", { foo: { create: false, skip_destroy: true } }, denied],
    ["allowed when all log groups are somebody else's", { foo: { create: false } }, undefined],
  ];

  it.each(
    cases.map(([what, log_groups, statement]) => [what, log_groups, statement, plans.add({ log_groups })] as const),
  )("is %s", async (_, log_groups, statement, planOf) => {
    const given = await planOf();

    expect(statements(given, "aws_kms_key.this[0]").KeptLogGroupsNeedTheKey).toEqual(statement);
    const created = given.resource_changes.filter(({ address }) => address.startsWith("aws_cloudwatch_log_group.this"));
    expect(Object.fromEntries(created.map(({ index, change }) => [index, change.after.skip_destroy]))).toEqual(
      Object.fromEntries(
        Object.entries(log_groups as Record<string, { create?: boolean; skip_destroy?: boolean }>)
          .filter(([, { create = true }]) => create)
          .map(([name, { skip_destroy = true }]) => [name, skip_destroy]),
      ),
    );
  });
});

describe("the role of CloudWatch Logs", () => {
  it("is for CloudWatch Logs of this account and region only", () => {
    const address = "aws_iam_role.logs_to_kinesis[0]";
    expect(planned(plan, address).name).toBe(`logging-pipeline-${region}-logs-to-kinesis`);
    expect(statements(plan, address, "assume_role_policy")).toEqual({
      CloudWatchLogsOfThisAccount: {
        Effect: "Allow",
        Principal: { Service: "logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:${account}:*` },
        },
      },
    });
  });

  it("may put encrypted records into the pipeline's streams, and nothing else", () => {
    expect(statements(plan, "aws_iam_role_policy.logs_to_kinesis[0]")).toEqual({
      PutRecords: { Effect: "Allow", Action: ["kinesis:PutRecord", "kinesis:PutRecords"], Resource: streams },
      EncryptRecords: {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: key,
        Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
      },
    });
  });
});

describe("the role of the forwarder", () => {
  const address = "aws_iam_role_policy.forwarder[0]";
  const always = {
    ReadStreams: {
      Effect: "Allow",
      Action: [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
      ],
      Resource: streams,
    },
    DecryptRecords: {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
      Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
    },
    DecryptEnvironment: {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: key,
      Condition: {
        ArnLike: {
          "kms:EncryptionContext:aws:lambda:FunctionArn": `arn:aws:lambda:${region}:${account}:function:logging-pipeline_*`,
        },
      },
    },
    WriteOwnLogs: {
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/logging-pipeline_*:*`,
    },
    Trace: { Effect: "Allow", Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], Resource: "*" },
    WriteArchive: {
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: ["archive/*", "dead-letter/*", "rejected/*", "aws/lambda/*"].map((objects) => `${bucket}/${objects}`),
      Condition: { StringEquals: { "s3:ResourceAccount": account } },
    },
    FindOnFailureDestination: {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: bucket,
      Condition: { StringEquals: { "s3:ResourceAccount": account } },
    },
  };

  const ofThisAccount = plans.add({ log_groups: {}, enforce_lambda_source_account: true });

  it("is for Lambda, and of this account only if that is asked for", async () => {
    expect(planned(plan, "aws_iam_role.forwarder[0]").name).toBe(`logging-pipeline-${region}-forwarder`);
    expect(statements(plan, "aws_iam_role.forwarder[0]", "assume_role_policy")).toEqual({
      Lambda: { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    });
    const enforced = await ofThisAccount();
    expect(statements(enforced, "aws_iam_role.forwarder[0]", "assume_role_policy")).toEqual({
      LambdaOfThisAccount: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": account } },
      },
    });
  });

  it("may read the streams, write its logs, index, keep the index template and policy, and archive, and nothing else", () => {
    expect(statements(plan, address)).toEqual({
      ...always,
      IndexEvents: { Effect: "Allow", Action: "es:ESHttpPost", Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`] },
      ...keeping(domain),
    });
  });

  it("is not allowed to write to a search endpoint that is not AWS's", () => {
    expect(statements(elsewhere, address)).toEqual(always);
  });

  const secretArn = "arn:aws:secretsmanager:us-east-1:210987654321:secret:search-AbCdEf";
  const secretKey = "arn:aws:kms:us-east-1:210987654321:key/secret";
  const withCredentials = plans.add(
    {
      log_groups: { foo: {} },
      search_endpoint: "https://logs.es.us-east-1.aws.elastic-cloud.com",
      search_domain_arn: domain,
      search_credentials: { secret_arn: secretArn, kms_key_arn: secretKey },
      index_cleanup: { schedule: "rate(1 day)", keep_days: 30 },
    },
    keyAndRole,
  );

  it("reads its credentials for search, and may do nothing at a domain, when it has some", async () => {
    const given = await withCredentials();

    const read = {
      ReadSearchCredentials: { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: secretArn },
      DecryptSearchCredentials: {
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: secretKey,
        Condition: {
          StringEquals: {
            "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
            "kms:EncryptionContext:SecretARN": secretArn,
          },
        },
      },
    };
    expect(statements(given, address)).toEqual({ ...always, ...read });
    const cleanUp = statements(given, "aws_iam_role_policy.index_cleanup[0]");
    expect(cleanUp).toMatchObject(read);
    expect(JSON.stringify(cleanUp)).not.toContain("es:");
    for (const lambda of ['aws_lambda_function.forwarder["foo"]', "aws_lambda_function.index_cleanup[0]"]) {
      expect(planned(given, lambda).environment).toEqual([
        { variables: expect.objectContaining({ SEARCH_SECRET_ARN: secretArn }) },
      ]);
    }
  });

  const domainArn = `arn:aws:es:${region}:${account}:domain/shared`;
  const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/archive`;
  const withOthers = plans.add(
    {
      search_endpoint: "https://search.example.com",
      search_domain_arn: domainArn,
      archive_bucket: "my-archive",
      archive_prefix: "logs/",
      archive_kms_key_arn: kmsKeyArn,
      role_path: "/logging/",
      permissions_boundary_arn: `arn:aws:iam::${account}:policy/boundary`,
      vpc: { subnet_ids: ["subnet-01234567", "subnet-12345678"], security_group_ids: ["sg-01234567"] },
    },
    keyAndRole,
  );

  it("may also use an existing domain, a VPC and the archive's key when these are given", async () => {
    const given = await withOthers();

    expect(statements(given, address)).toEqual({
      ...always,
      WriteArchive: {
        ...always.WriteArchive,
        Resource: ["logs/archive/*", "logs/dead-letter/*", "logs/rejected/*", "aws/lambda/*"].map(
          (objects) => `arn:aws:s3:::my-archive/${objects}`,
        ),
      },
      FindOnFailureDestination: { ...always.FindOnFailureDestination, Resource: "arn:aws:s3:::my-archive" },
      IndexEvents: {
        Effect: "Allow",
        Action: "es:ESHttpPost",
        Resource: [`${domainArn}/_bulk`, `${domainArn}/*/_bulk`],
      },
      ...keeping(domainArn),
      EncryptArchive: {
        Effect: "Allow",
        Action: "kms:GenerateDataKey",
        Resource: kmsKeyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
      AttachToVpc: {
        Effect: "Allow",
        Action: [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: "*",
      },
    });
    for (const name of ["logs_to_kinesis", "forwarder"]) {
      expect(planned(given, `aws_iam_role.${name}[0]`)).toMatchObject({
        permissions_boundary: `arn:aws:iam::${account}:policy/boundary`,
        path: "/logging/",
      });
    }
    const [vpc] = planned(given, 'aws_lambda_function.forwarder["foo"]').vpc_config as Record<string, string[]>[];
    expect(vpc?.subnet_ids?.toSorted()).toEqual(["subnet-01234567", "subnet-12345678"]);
    expect(vpc?.security_group_ids).toEqual(["sg-01234567"]);
  });
});

describe("existing roles", () => {
  const arn = (name: string, of = account) => `arn:aws:iam::${of}:role/${name}`;
  const given = {
    ...{ create_forwarder_role: false, forwarder_role_arn: arn("platform/forwarder") },
    ...{ create_logs_to_kinesis_role: false, logs_to_kinesis_role_arn: arn("logs") },
    log_groups: { foo: {} },
  };

  const withRoles = plans.add({ ...given, archive_bucket_account_id: "210987654321" }, keyAndRole.slice(0, 1));

  it("are used by the functions, the subscription filters and the domain, and get no policy but what the outputs say", async () => {
    const existing = await withRoles();

    const created = existing.resource_changes.filter(({ change }) => change.actions.includes("create"));
    expect(created.filter(({ type }) => type.startsWith("aws_iam"))).toEqual([]);
    expect(planned(existing, 'aws_lambda_function.forwarder["foo"]').role).toBe(given.forwarder_role_arn);
    expect(planned(existing, 'aws_cloudwatch_log_subscription_filter.this["foo"]').role_arn).toBe(arn("logs"));
    const domainPolicy = statements(existing, "aws_opensearch_domain.this[0]", "access_policies");
    expect(domainPolicy.ForwarderIndexesEvents).toMatchObject({ Principal: { AWS: given.forwarder_role_arn } });
    const { outputs } = existing.planned_values;
    expect((outputs.archive_bucket_policy_statements!.value as string[])[0]).toContain(given.forwarder_role_arn);

    const documents = ([role, policy, trust]: string[]) => [
      JSON.parse(String(planned(plan, `aws_iam_role_policy.${role}[0]`).policy)),
      JSON.parse(String(planned(plan, `aws_iam_role.${role}[0]`).assume_role_policy)),
      ...[policy, trust].map((name) => JSON.parse(String(plan.planned_values.outputs[name!]!.value))),
    ];
    for (const name of ["forwarder", "logs_to_kinesis"]) {
      const [policy, trust, ...asOutputs] = documents([name, `${name}_role_policy`, `${name}_role_trust_policy`]);
      expect(asOutputs).toEqual([policy, trust]);
    }
  });

  const theirs = { forwarder_role_arn: arn("a", "210987654321"), logs_to_kinesis_role_arn: arn("b", "210987654321") };
  const ofOtherAccount = plans.addRejected({ ...given, ...theirs });

  it("are rejected from another account, whose roles nobody can pass", async () => {
    expect([...(await ofOtherAccount())].sort()).toEqual([
      expect.stringContaining(
        `forwarder_role_arn = "${theirs.forwarder_role_arn}": allowed is a role of account ${account}`,
      ),
      expect.stringContaining(`logs_to_kinesis_role_arn = "${theirs.logs_to_kinesis_role_arn}": allowed is a role of`),
    ]);
  });
});

describe("an archive in another account", () => {
  const owner = "210987654321";
  const theirs = `arn:aws:s3:::logging-pipeline-archive-${owner}-${region}`;

  const archive_kms_key_arn = `arn:aws:kms:${region}:${owner}:key/archive`;
  const archive = { archive_bucket_account_id: owner, archive_prefix: "logs/", archive_kms_key_arn };
  const inOtherAccount = plans.add({ ...archive, log_groups: { foo: {} } }, keyAndRole);

  it("is the bucket of that account's log-archive, lets the role write by its policy, and the role writes to no other", async () => {
    const given = await inOtherAccount();

    const { WriteArchive, FindOnFailureDestination, EncryptArchive } = statements(
      given,
      "aws_iam_role_policy.forwarder[0]",
    );
    const Resource = ["logs/archive/*", "logs/dead-letter/*", "logs/rejected/*", "aws/lambda/*"].map(
      (objects) => `${theirs}/${objects}`,
    );
    const ofOwner = { StringEquals: { "s3:ResourceAccount": owner } };
    expect(WriteArchive).toEqual({ Effect: "Allow", Action: "s3:PutObject", Resource, Condition: ofOwner });
    expect(FindOnFailureDestination).toMatchObject({ Resource: theirs, Condition: ofOwner });
    const mapping = planned(given, 'aws_lambda_event_source_mapping.this["foo"]');
    expect(mapping.destination_config).toMatchObject([{ on_failure: [{ destination_arn: theirs }] }]);

    const { outputs } = given.planned_values;
    const byRole = {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Condition: { ArnEquals: { "aws:PrincipalArn": role } },
    };
    const policy = outputs.archive_bucket_policy_statements!.value as string[];
    expect(policy.map((statement) => JSON.parse(statement))).toEqual([
      { Sid: "ForwarderWritesArchive", ...byRole, Action: "s3:PutObject", Resource },
      { Sid: "ForwarderFindsArchive", ...byRole, Action: "s3:ListBucket", Resource: theirs },
    ]);
    const viaS3 = (EncryptArchive as { Condition: object }).Condition;
    expect(JSON.parse(String(outputs.archive_key_statement!.value))).toEqual({
      Sid: "ForwarderEncryptsArchive",
      ...{ ...byRole, Condition: { ...byRole.Condition, ...viaS3 } },
      ...{ Action: "kms:GenerateDataKey", Resource: "*" },
    });
  });

  it("is asked for nothing where the bucket is the pipeline's account's", () => {
    const { archive_bucket_policy_statements: policy, archive_key_statement: key } = plan.planned_values.outputs;
    expect([policy!.value, key?.value ?? null]).toEqual([[], null]);
  });
});

describe("the lane of a log group", () => {
  it("keeps and encrypts the log group and its stream", () => {
    expect(planned(plan, 'aws_cloudwatch_log_group.this["foo"]')).toMatchObject({
      name: "foo",
      retention_in_days: 365,
      kms_key_id: key,
    });
    expect(planned(plan, 'aws_kinesis_stream.this["foo"]')).toMatchObject({
      name: "logging-pipeline_foo",
      encryption_type: "KMS",
      kms_key_id: key,
      retention_period: 24,
      stream_mode_details: [{ stream_mode: "PROVISIONED" }],
    });
  });

  it("has a function with an encrypted environment, in a log group of its own", () => {
    expect(planned(elsewhere, 'aws_lambda_function.forwarder["foo"]')).toMatchObject({
      function_name: "logging-pipeline_foo",
      handler: "index.handler",
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      memory_size: 512,
      timeout: 120,
      role,
      kms_key_arn: key,
      tracing_config: [{ mode: "Active" }],
      environment: [
        {
          variables: {
            SEARCH_ENDPOINT: "https://search.example.com",
            ARCHIVE_BUCKET: `logging-pipeline-archive-${account}-${region}`,
            ARCHIVE_PREFIX: "",
            INDEX_PREFIX: "cwl-",
          },
        },
      ],
      vpc_config: [],
    });
    expect(planned(plan, 'aws_cloudwatch_log_group.forwarder["foo"]')).toMatchObject({
      name: "/aws/lambda/logging-pipeline_foo",
      retention_in_days: 365,
      kms_key_id: key,
    });
  });

  it("loses no record when the function fails: partial retries until an hour before the stream forgets, then the archive", () => {
    expect(planned(plan, 'aws_lambda_event_source_mapping.this["foo"]')).toMatchObject({
      starting_position: "TRIM_HORIZON",
      batch_size: 1_000,
      maximum_batching_window_in_seconds: 5,
      parallelization_factor: 1,
      function_response_types: ["ReportBatchItemFailures"],
      bisect_batch_on_function_error: true,
      maximum_record_age_in_seconds: 23 * 3_600,
      destination_config: [{ on_failure: [{ destination_arn: bucket }] }],
    });
  });

  const keptForAYear = plans.add({ log_groups: { foo: {} }, stream_retention_hours: 8_760 });

  it("does not retry for longer than Lambda can", async () => {
    const longest = await keptForAYear();

    const mapping = planned(longest, 'aws_lambda_event_source_mapping.this["foo"]');
    expect(mapping.maximum_record_age_in_seconds).toBe(604_800);
  });
});

describe("an application that writes to a stream itself", () => {
  it("may put records to that stream and have them encrypted by the key, and nothing else", () => {
    const policies = plan.planned_values.outputs.producer_policies!.value as Record<string, string>;

    expect(Object.keys(policies)).toEqual(["bar", "baz", "foo"]);
    expect(JSON.parse(policies.bar!)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PutRecords",
          Effect: "Allow",
          Action: ["kinesis:PutRecord", "kinesis:PutRecords"],
          Resource: `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_bar`,
        },
        {
          Sid: "EncryptRecords",
          Effect: "Allow",
          Action: "kms:GenerateDataKey",
          Resource: key,
          Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
        },
      ],
    });
  });
});

describe("an application that reads a stream", () => {
  it("may poll that stream, subscribe as its consumers and have records decrypted by the key, and nothing else", () => {
    const policies = plan.planned_values.outputs.consumer_policies!.value as Record<string, string>;
    const stream = `arn:aws:kinesis:${region}:${account}:stream/logging-pipeline_bar`;

    expect(Object.keys(policies)).toEqual(["bar", "baz", "foo"]);
    expect(JSON.parse(policies.bar!)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadStream",
          Effect: "Allow",
          Action: [
            ...["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords"],
            ...["kinesis:GetShardIterator", "kinesis:ListShards"],
          ],
          Resource: stream,
        },
        {
          Sid: "SubscribeAsConsumer",
          Effect: "Allow",
          Action: ["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"],
          Resource: `${stream}/consumer/*`,
        },
        {
          Sid: "DecryptRecords",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: key,
          Condition: { StringEquals: { "kms:ViaService": `kinesis.${region}.amazonaws.com` } },
        },
      ],
    });
  });
});

describe("the search domain", () => {
  const address = "aws_opensearch_domain.this[0]";

  it("is encrypted at rest and on the way, small, and in no VPC", () => {
    expect(planned(plan, address)).toMatchObject({
      domain_name: "logging-pipeline",
      engine_version: "OpenSearch_2.19",
      encrypt_at_rest: [{ enabled: true, kms_key_id: key }],
      node_to_node_encryption: [{ enabled: true }],
      domain_endpoint_options: [{ enforce_https: true, tls_security_policy: "Policy-Min-TLS-1-2-PFS-2023-10" }],
      ebs_options: [{ ebs_enabled: true, volume_type: "gp3", volume_size: 10 }],
      cluster_config: [
        {
          instance_type: "t3.small.search",
          instance_count: 1,
          zone_awareness_enabled: false,
          zone_awareness_config: [],
          dedicated_master_enabled: false,
        },
      ],
      log_publishing_options: [],
      vpc_options: [],
    });
  });

  const { ForwarderKeepsTemplate, ForwarderKeepsPolicy } = keeping(domain);
  const indexing = {
    ForwarderIndexesEvents: {
      Effect: "Allow",
      Principal: { AWS: role },
      Action: "es:ESHttpPost",
      Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`],
    },
  };

  it("lets the forwarder write in bulk and keep its index template and policy, and nobody else do anything", () => {
    expect(statements(plan, address, "access_policies")).toEqual({
      ...indexing,
      ForwarderKeepsTemplate: { ...ForwarderKeepsTemplate, Principal: { AWS: role } },
      ForwarderKeepsPolicy: { ...ForwarderKeepsPolicy, Principal: { AWS: role } },
    });
  });

  const withoutTemplate = plans.add({ index_template: "none" }, keyAndRole);

  it("lets the forwarder keep neither when templates are the operator's", async () => {
    const own = await withoutTemplate();
    expect(statements(own, address, "access_policies")).toEqual(indexing);
    expect(Object.keys(statements(own, "aws_iam_role_policy.forwarder[0]"))).toContain("IndexEvents");
    expect(JSON.stringify(planned(own, "aws_iam_role_policy.forwarder[0]"))).not.toContain("es:ESHttpPut");
  });

  const reader = `arn:aws:iam::${account}:role/reader`;
  const highlyAvailable = plans.add(
    {
      search_domain: {
        engine_version: "OpenSearch_2.17",
        instance_type: "r7g.large.search",
        instance_count: 6,
        availability_zones: 3,
        dedicated_master_type: "m7g.large.search",
        master_user_arn: `arn:aws:iam::${account}:role/master`,
        audit_log_group_arn: `arn:aws:logs:${region}:${account}:log-group:audit`,
        reader_arns: [reader],
      },
      vpc: {
        subnet_ids: ["subnet-00000001", "subnet-00000002", "subnet-00000003", "subnet-00000004"],
        security_group_ids: ["sg-01234567"],
      },
    },
    keyAndRole,
  );

  it("can be highly available, in a VPC, with readers, access control and audit logs", async () => {
    const large = await highlyAvailable();

    expect(large.resource_changes).toHaveLength(25);
    expect(planned(large, address)).toMatchObject({
      cluster_config: [
        {
          instance_count: 6,
          zone_awareness_enabled: true,
          zone_awareness_config: [{ availability_zone_count: 3 }],
          dedicated_master_enabled: true,
          dedicated_master_type: "m7g.large.search",
          dedicated_master_count: 3,
        },
      ],
      advanced_security_options: [
        {
          enabled: true,
          internal_user_database_enabled: false,
          master_user_options: [{ master_user_arn: `arn:aws:iam::${account}:role/master` }],
        },
      ],
      log_publishing_options: [
        {
          log_type: "AUDIT_LOGS",
          cloudwatch_log_group_arn: `arn:aws:logs:${region}:${account}:log-group:audit`,
        },
      ],
      vpc_options: [{ subnet_ids: ["subnet-00000001", "subnet-00000002", "subnet-00000003"] }],
    });
    // With fine-grained access control the policy is for `search -- setup`.
    const keepers = [
      statements(large, address, "access_policies"),
      statements(large, "aws_iam_role_policy.forwarder[0]"),
    ];
    for (const keeper of keepers) {
      expect(Object.keys(keeper)).toContain("ForwarderKeepsTemplate");
      expect(Object.keys(keeper)).not.toContain("ForwarderKeepsPolicy");
    }
    expect(statements(large, address, "access_policies")).toMatchObject({
      ReadersRead: {
        Principal: { AWS: [reader] },
        Action: ["es:ESHttpGet", "es:ESHttpHead"],
        Resource: `${domain}/*`,
      },
      ReadersSearch: {
        Principal: { AWS: [reader] },
        Action: "es:ESHttpPost",
        Resource: [
          `${domain}/_search`,
          `${domain}/*/_search`,
          `${domain}/_msearch`,
          `${domain}/*/_msearch`,
          `${domain}/_count`,
          `${domain}/*/_count`,
        ],
      },
    });
  });

  const denied = {
    Sid: "NoDeletion",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "es:ESHttpDelete",
    Resource: `${domain}/*`,
  };
  const withPasswords = plans.add(
    {
      search_domain: {
        master_user_secret_arn: `arn:aws:secretsmanager:${region}:${account}:secret:master`,
        ip_allow_list: ["203.0.113.0/24", "2001:db8::/32"],
        access_policy_statements: [JSON.stringify(denied)],
      },
    },
    keyAndRole,
  );

  it("names nobody when browsers come unsigned: users of the domain are let in from the allowed addresses alone", async () => {
    const byPassword = await withPasswords();

    const { Sid: _, ...rest } = denied;
    expect(statements(byPassword, address, "access_policies")).toEqual({
      SignedInFromAllowedAddresses: {
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: "es:ESHttp*",
        Resource: `${domain}/*`,
        Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] } },
      },
      NoDeletion: rest,
    });
    expect(planned(byPassword, address)).toMatchObject({
      advanced_security_options: [
        {
          enabled: true,
          internal_user_database_enabled: true,
          master_user_options: [
            {
              master_user_arn: null,
              master_user_name: SECRET.username,
              master_user_password: SECRET.password,
            },
          ],
        },
      ],
    });
    expect(statements(byPassword, "aws_iam_role_policy.forwarder[0]")).toMatchObject({
      IndexEvents: { Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`] },
    });
  });
});

describe("the policies for people", () => {
  /** Actions and resources by role and statement; each statement allows. */
  function policiesOf({ planned_values }: ModulePlan) {
    const policies = planned_values.outputs.access_policies?.value as Record<string, string>;
    return Object.fromEntries(
      Object.entries(policies).map(([name, text]) => {
        const { Version, Statement } = JSON.parse(text) as { Version: string; Statement: Record<string, unknown>[] };
        expect(Version).toBe("2012-10-17");
        return [name, Statement.map(({ Effect, ...rest }) => (Effect === "Allow" ? rest : undefined))];
      }),
    );
  }

  it("let each function do its own with the pipeline's indices, and nothing with others, without the administrator", () => {
    const kept = ["_index_template", "_plugins/_ism/policies", "_opendistro/_ism/policies"];
    expect(policiesOf(plan)).toEqual({
      writer: [
        { Sid: "IndexEvents", Action: ["es:ESHttpPost"], Resource: [`${domain}/_bulk`, `${domain}/*/_bulk`] },
        {
          Sid: "KeepTemplateAndPolicy",
          Action: ["es:ESHttpGet", "es:ESHttpPut"],
          Resource: kept.map((path) => `${domain}/${path}/logging-pipeline`),
        },
      ],
      reader: [
        { Sid: "Read", Action: ["es:ESHttpGet", "es:ESHttpHead"], Resource: [`${domain}/cwl-*`] },
        {
          Sid: "Search",
          Action: ["es:ESHttpPost"],
          Resource: ["_search", "_msearch", "_count"].map((api) => `${domain}/cwl-*/${api}`),
        },
      ],
      cleaner: [
        {
          Sid: "ListIndices",
          Action: ["es:ESHttpGet"],
          Resource: [`${domain}/_cat/indices/*`, `${domain}/_cat/allocation`],
        },
        { Sid: "ReadMappings", Action: ["es:ESHttpGet"], Resource: [`${domain}/cwl-*/_mapping`] },
        { Sid: "DeleteIndices", Action: ["es:ESHttpDelete"], Resource: [`${domain}/cwl-*`] },
      ],
      administrator: [{ Sid: "Administer", Action: ["es:ESHttp*"], Resource: [`${domain}/*`] }],
    });
  });

  const shared = `arn:aws:es:${region}:${account}:domain/shared`;
  const ofGivenDomain = plans.add({
    log_groups: {},
    search_endpoint: "https://search.example.com",
    search_domain_arn: shared,
    search_domain: { ip_allow_list: ["203.0.113.0/24"] },
    index_history: { "2026-12-01T00:00:00Z": { prefix: "old-" } },
  });

  it("are for a given domain, its earlier prefixes and the allowed addresses, and for none that is not AWS's", async () => {
    expect(elsewhere.planned_values.outputs.access_policies?.value ?? null).toBeNull();
    const given = await ofGivenDomain();

    const policies = policiesOf(given);
    expect(policies.reader?.[0]?.Resource).toEqual([`${shared}/cwl-*`, `${shared}/old-*`]);
    const conditions = Object.values(policies).flatMap((all) => all.map((statement) => statement?.Condition));
    expect(conditions).toEqual(Array(8).fill({ IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } }));
  });
});
