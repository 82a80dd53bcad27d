import { between, type InputRule, matching, oneOf, size } from "./rules";

/** The days that CloudWatch Logs accepts; with 0, log events never expire. */
export const retentionInDays = oneOf(
  [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
  "CloudWatch Logs API Reference, PutRetentionPolicy",
);

/** Short enough for every name that is built from it. Without "_", so that `<name>_*` never matches another pipeline. */
export const pipelineName: readonly InputRule[] = [
  matching(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    "lower-case letters, digits and single hyphens between them, a letter first",
    "OpenSearch Service Configuration API, CreateDomain: DomainName",
  ),
  size(3, 24, "characters"),
];

/** S3's rule, without dots: the wildcard certificate of S3's virtual-hosted-style addresses does not cover them. */
export const bucketName = matching(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  "3 to 63 lower-case letters, digits and hyphens, a letter or digit at both ends, no dots (they break TLS to the bucket)",
  "Amazon S3 User Guide, General purpose bucket naming rules",
);

export const regionName = matching(
  /^[a-z]{2,5}(-[a-z]+)+-[0-9]+$/,
  "the name of a region such as eu-central-1",
  "AWS General Reference, AWS service endpoints: Regional endpoints",
);

/** 12 digits. */
export const accountId = matching(
  /^[0-9]{12}$/,
  "12 digits",
  "AWS Account Management Reference Guide, View AWS account identifiers",
);

/** @param resource a regular expression for what follows the account, such as `role/.+` */
export const arn = (service: string, resource: string, example: string): InputRule =>
  matching(
    new RegExp(`^arn:aws[a-z-]*:${service}:${service === "iam" ? "" : "[a-z0-9-]+"}:[0-9]{12}:${resource}$`),
    `an ARN such as ${example}`,
    "IAM User Guide, Amazon Resource Names (ARNs)",
  );

/** The same of a service whose ARNs have neither region nor account, such as S3's of buckets. */
export const globalArn = (service: string, resource: string, example: string): InputRule =>
  matching(
    new RegExp(`^arn:aws[a-z-]*:${service}:::${resource}$`),
    `an ARN such as ${example}`,
    "IAM User Guide, Amazon Resource Names (ARNs)",
  );

export const kmsKeyArn = arn("kms", "key/[A-Za-z0-9-]+", "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234");

export const principalArn = arn("iam", "(root|(role|user)/.+)", "arn:aws:iam::123456789012:role/reader");

export const tagKeys: readonly InputRule[] = [
  matching(
    /^([^Aa]|[Aa]([^Ww]|$)|[Aa][Ww]([^Ss]|$)|[Aa][Ww][Ss]([^:]|$))/,
    'a key that does not begin with "aws:"',
    "AWS General Reference, Tag naming limits and requirements",
  ),
  size(1, 128, "characters", "AWS General Reference, Tag naming limits and requirements"),
];

export const tagValue = size(0, 256, "characters", "AWS General Reference, Tag naming limits and requirements");

export const tagCount = size(0, 50, "tags", "AWS General Reference, Tag naming limits and requirements");

/** S3 Lifecycle counts days in a 32-bit number. */
export const lifecycleDays = (minimum: number): InputRule =>
  between(minimum, 2_147_483_647, "Amazon S3 API Reference, LifecycleExpiration");
