import { arn } from "../../inputs/limits";
import { between, matching, size } from "../../inputs/rules";
import { field, number, object, required, string } from "../../inputs/schema";

const samlIdp = "OpenSearch Service API Reference, SAMLIdp";
const samlOptions = "OpenSearch Service API Reference, SAMLOptionsInput";
const cognitoOptions = "OpenSearch Service API Reference, CognitoOptions";

/** Sign-in to Dashboards by an identity provider that speaks SAML 2.0. */
export const saml = object({
  entityId: required(string(size(8, 512, "characters", samlIdp)), "entity ID of the identity provider"),
  metadataContent: required(
    string(size(1, 1_048_576, "characters", samlIdp)),
    'metadata of the identity provider as XML, such as `file("metadata.xml")`',
  ),
  masterUserName: field(
    string(size(1, 64, "characters", samlOptions)),
    null,
    "user of the identity provider who administers the domain. null: none",
  ),
  masterBackendRole: field(
    string(size(1, 256, "characters", samlOptions)),
    null,
    "role or group of the identity provider that administers the domain. null: none",
  ),
  subjectKey: field(string(), null, "attribute of the assertion that holds the user. null: its NameID"),
  rolesKey: field(string(), null, "attribute of the assertion that holds the roles or groups. null: `roles`"),
  sessionTimeoutMinutes: field(
    number(between(1, 1_440, samlOptions)),
    60,
    "minutes after which an unused session ends",
  ),
});

/** Sign-in to Dashboards by Amazon Cognito. */
export const cognito = object({
  userPoolId: required(
    string(matching(/^[A-Za-z0-9_-]+_[0-9a-zA-Z]+$/, "a user pool ID such as eu-central-1_AbCdEfGhI", cognitoOptions)),
    "user pool, which has a domain of its own",
  ),
  identityPoolId: required(
    string(
      matching(
        /^[A-Za-z0-9_-]+:[0-9a-f-]+$/,
        "an identity pool ID such as eu-central-1:01234567-89ab-cdef-0123-456789abcdef",
        cognitoOptions,
      ),
    ),
    "identity pool, whose authenticated roles sign what browsers send",
  ),
  roleArn: required(
    string(arn("iam", "role/.+", "arn:aws:iam::123456789012:role/CognitoAccessForAmazonOpenSearch")),
    "role with AWS's policy AmazonOpenSearchServiceCognitoAccess, by which the domain configures both pools",
  ),
});
