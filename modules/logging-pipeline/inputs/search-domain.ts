import { arn, principalArn } from "../../inputs/limits";
import { between, matching, oneOf, size } from "../../inputs/rules";
import { field, list, number, object, string } from "../../inputs/schema";
import { cidr, statement } from "./access-rules";
import { cognito, saml } from "./sign-in";

const instanceType = matching(
  /^[a-z][a-z0-9-]*\.[a-z0-9-]+\.search$/,
  'an instance type that ends in ".search", such as r7g.large.search',
  "OpenSearch Service Developer Guide, Supported instance types in Amazon OpenSearch Service",
);

/** What AWS offers of the versions that the delivery tests run on, or that lie between: docs/decisions/0028-engine-versions.md. */
const ENGINE_VERSIONS = [
  ...["1.0", "1.1", "1.2", "1.3", "2.3", "2.5", "2.7", "2.9", "2.11", "2.13", "2.15", "2.17", "2.19"],
  ...["3.1", "3.3", "3.5", "3.7"],
]
  .map((version) => `OpenSearch_${version}`)
  .concat("Elasticsearch_7.9", "Elasticsearch_7.10");

/** The defaults are the smallest domain: good to try, too small for production. */
export const searchDomain = object({
  engineVersion: field(
    string(
      oneOf(ENGINE_VERSIONS, "OpenSearch Service Developer Guide, Supported versions of OpenSearch and Elasticsearch"),
    ),
    "OpenSearch_2.19",
    "engine and version",
  ),
  instanceType: field(string(instanceType), "t3.small.search", "instance type of the data nodes"),
  instanceCount: field(
    number(between(1, 80, "OpenSearch Service Developer Guide, Amazon OpenSearch Service quotas")),
    1,
    "number of data nodes; a multiple of `availability_zones`",
  ),
  volumeSizeGib: field(
    number(
      between(10, 24_576, "OpenSearch Service Developer Guide, Amazon OpenSearch Service quotas: EBS volume size"),
    ),
    10,
    "size of the gp3 volume of each data node, in GiB; the maximum depends on the instance type",
  ),
  availabilityZones: field(
    number(oneOf([1, 2, 3], "OpenSearch Service Developer Guide, Configuring a multi-AZ domain")),
    1,
    "number of Availability Zones of the data nodes; more than 1 enables zone awareness",
  ),
  dedicatedMasterType: field(
    string(instanceType),
    null,
    "instance type of three dedicated master nodes. null: no dedicated master nodes",
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
    "existing log group for audit logs, which es.amazonaws.com may write to; requires fine-grained access control. null: no audit logs",
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
});
