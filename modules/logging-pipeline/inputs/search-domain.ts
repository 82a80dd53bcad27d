import { arn, principalArn, retentionInDays } from "../../inputs/limits";
import { between, type InputRule, matching, oneOf, size } from "../../inputs/rules";
import { bool, field, list, number, object, required, string } from "../../inputs/schema";
import { DOMAIN_LOGS, domainLogRules } from "../domain-log-types";
import { INSTANCE_TYPES, isOfTypes } from "../instance-types";
import { cidr, statement } from "./access-rules";
import { nodeRules } from "./node-rules";
import { cognito, saml } from "./sign-in";
import { volumeRules } from "./volume-rules";

const instanceType = matching(
  /^[a-z][a-z0-9-]*\.[a-z0-9-]+\.search$/,
  'an instance type that ends in ".search", such as r7g.large.search',
  "OpenSearch Service Developer Guide, Supported instance types in Amazon OpenSearch Service",
);

/** Data nodes have volumes of gp3, or disks of their own. */
const hasGp3: InputRule = {
  allowed: "an instance type of the current generation: those of T2, M3, M4, C4, R3, R4 and I2 have no gp3 volumes",
  source: "OpenSearch Service Developer Guide, EBS volume size quotas",
  accepts: (value) => !INSTANCE_TYPES.withoutGp3.test(String(value)),
  condition: (value) => `!${isOfTypes("withoutGp3", value)}`,
};

const warmCount: InputRule = {
  allowed: "0, or a whole number from 2 to 150",
  source: "OpenSearch Service Developer Guide, Domain and instance quotas: Warm instances per domain",
  accepts: (value) => value === 0 || (Number.isInteger(value) && Number(value) >= 2 && Number(value) <= 150),
  condition: (value) => `${value} == 0 || (${value} >= 2 && ${value} <= 150 && floor(${value}) == ${value})`,
};

/** A name of the domain besides its own. */
const customEndpoint = object({
  hostname: required(
    string(
      matching(
        /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
        "a fully qualified domain name in lower-case letters, such as search.example.com",
        "OpenSearch Service Developer Guide, Creating a custom endpoint",
      ),
    ),
    "name, which a CNAME record of yours points to the domain's own endpoint",
  ),
  certificateArn: required(
    string(
      arn(
        "acm",
        "certificate/[A-Za-z0-9-]+",
        "arn:aws:acm:eu-central-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef",
      ),
    ),
    "certificate of ACM that has the name, of the domain's account and region, and issued",
  ),
});

/** What AWS offers of the versions that the delivery tests run on, or that lie between: docs/decisions/0028-engine-versions.md. */
const ENGINE_VERSIONS = [
  ...["1.0", "1.1", "1.2", "1.3", "2.3", "2.5", "2.7", "2.9", "2.11", "2.13", "2.15", "2.17", "2.19"],
  ...["3.1", "3.3", "3.5", "3.7"],
]
  .map((version) => `OpenSearch_${version}`)
  .concat("Elasticsearch_7.9", "Elasticsearch_7.10");

/** The defaults are the smallest domain: good to try, too small for production. */
export const searchDomain = object(
  {
    engineVersion: field(
      string(
        oneOf(
          ENGINE_VERSIONS,
          "OpenSearch Service Developer Guide, Supported versions of OpenSearch and Elasticsearch",
        ),
      ),
      "OpenSearch_2.19",
      "engine and version",
    ),
    instanceType: field(string(instanceType, hasGp3), "t3.small.search", "instance type of the data nodes"),
    instanceCount: field(
      number(between(1, 80, "OpenSearch Service Developer Guide, Amazon OpenSearch Service quotas")),
      1,
      "number of data nodes; a multiple of `availability_zones`",
    ),
    volumeSizeGib: field(
      number(
        between(10, 36_864, "OpenSearch Service Developer Guide, Amazon OpenSearch Service quotas: EBS volume size"),
      ),
      null,
      "size of the gp3 volume of each data node, in GiB; the maximum depends on the instance type. null: 10, or no volume with an instance type that has disks of its own",
    ),
    volumeIops: field(
      number(between(3_000, 640_000)),
      null,
      "I/O operations per second of each volume. null: what AWS includes, 3,000 and above 1,000 GiB more",
    ),
    volumeThroughputMib: field(
      number(between(125, 16_000)),
      null,
      "throughput of each volume, in MiB/s. null: what AWS includes, 125 and above 170 GiB 250",
    ),
    availabilityZones: field(
      number(oneOf([1, 2, 3], "OpenSearch Service Developer Guide, Configuring a multi-AZ domain")),
      1,
      "number of Availability Zones of the data nodes; more than 1 enables zone awareness",
    ),
    multiAzWithStandby: field(
      bool(),
      false,
      "whether one of three zones stands by (Multi-AZ with Standby). The pipeline's indices then have two replicas (`index_replicas`), and so must all others",
    ),
    dedicatedMasterType: field(
      string(instanceType),
      null,
      "instance type of three dedicated master nodes. null: no dedicated master nodes",
    ),
    warmType: field(
      string(
        oneOf(
          ["ultrawarm1.medium.search", "ultrawarm1.large.search", "ultrawarm1.xlarge.search"],
          "OpenSearch Service API Reference, ClusterConfig: WarmType",
        ),
      ),
      "ultrawarm1.medium.search",
      "instance type of the UltraWarm nodes",
    ),
    warmCount: field(
      number(warmCount),
      0,
      "number of UltraWarm nodes; requires dedicated master nodes. Indices move there by a policy of yours (docs/indices.md). 0: no UltraWarm",
    ),
    coldStorage: field(
      bool(),
      false,
      "whether UltraWarm's indices may move on to cold storage, where nobody can search them",
    ),
    autoTune: field(
      bool(),
      null,
      "whether Auto-Tune changes memory settings; what needs a blue/green deployment, in the off-peak window. null: as AWS decides, on but for T2 and T3",
    ),
    offPeakWindowStart: field(
      string(matching(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'a time in UTC such as "23:30"')),
      null,
      "beginning of the ten hours of each day in which AWS deploys updates, in UTC. null: 22:00 of the region",
    ),
    autoSoftwareUpdate: field(
      bool(),
      null,
      "whether AWS installs optional service software updates by itself, in the off-peak window; it installs required ones in any case. null: as AWS decides, not",
    ),
    customEndpoint: field(
      customEndpoint,
      null,
      "name of your own for the domain, which `dashboards_url` then has; functions go on to use the domain's own. null: none",
    ),
    masterUserArn: field(
      string(principalArn),
      null,
      "IAM principal that is the master user of fine-grained access control, **which cannot be disabled later**. The master " +
        "user must map the forwarder's role to a role of the domain. null: no fine-grained access control, but for `master_user_secret_arn`",
    ),
    masterUserSecretArn: field(
      string(
        arn(
          "secretsmanager",
          "secret:.+",
          "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-master-AbCdEf",
        ),
      ),
      null,
      'secret `{"username": …, "password": …}` of the master user in the domain\'s own user database, instead of `master_user_arn`: ' +
        "people sign in to Dashboards by user and password. **Terraform's state holds the password.** null: no user database",
    ),
    saml: field(saml, null, "sign-in to Dashboards by SAML; requires fine-grained access control. null: none"),
    cognito: field(cognito, null, "sign-in to Dashboards by Amazon Cognito. null: none"),
    auditLogGroupArn: field(
      string(
        arn("logs", "log-group:[.\\-_/#A-Za-z0-9]+(:\\*)?", "arn:aws:logs:eu-central-1:123456789012:log-group:audit"),
      ),
      null,
      "existing log group for audit logs, which es.amazonaws.com may write to, in place of one that `log_types` makes; requires fine-grained access control. null: none",
    ),
    logTypes: field(
      list(
        string(oneOf(Object.keys(DOMAIN_LOGS), "OpenSearch Service API Reference, CreateDomain: LogPublishingOptions")),
        size(0, 4, "types"),
      ),
      [],
      "logs of the domain that go to log groups `/aws/OpenSearchService/domains/<name>/…`, which the module makes. Slow logs have what exceeds the thresholds of an index, and none has one at first (docs/terraform.md). []: none",
    ),
    logRetentionInDays: field(
      number(retentionInDays),
      365,
      "retention of these log groups, in days. 0: events never expire",
    ),
    readerArns: field(
      list(string(principalArn), size(0, 50, "ARNs")),
      [],
      "IAM principals that may read: GET and HEAD on any path, POST to `_search`, `_msearch` and `_count`",
    ),
    accessPolicyStatements: field(
      list(string(statement), size(0, 50, "statements")),
      [],
      "further statements of the domain's access policy, each by `jsonencode`",
    ),
    ipAllowList: field(
      list(string(cidr), size(0, 50, "ranges")),
      [],
      "IP addresses from which people may come, in the access policy for browsers and in the output `access_policies`. []: any",
    ),
  },
  ...nodeRules,
  ...volumeRules,
  ...domainLogRules,
);
