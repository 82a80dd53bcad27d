import { ORIGIN_ALLOWED } from "../../../core/settings/origin";
import { NO_DOMAIN_ORIGINS } from "../../../core/settings/search-endpoint";
import * as limits from "../../inputs/limits";
import { matching, matchingNone } from "../../inputs/rules";
import { field, object, required, string } from "../../inputs/schema";

const LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";

/** The last label of a host that is no address begins with a letter: otherwise the host is an address that is none. */
const NAME = `(${LABEL}\\.)*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?\\.?`;
const OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const ADDRESS = `${OCTET}(\\.${OCTET}){3}`;
const PORT = "(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";

/** What `parseOrigin` accepts, in the form that it returns. */
const ORIGIN = new RegExp(`^(https://(${NAME}|${ADDRESS})|http://(localhost|127\\.0\\.0\\.1|\\[::1\\]))${PORT}$`);

/** Where the engine is. */
export const endpointInputs = {
  searchEndpoint: field(
    string(
      matching(ORIGIN, ORIGIN_ALLOWED),
      matchingNone(
        NO_DOMAIN_ORIGINS,
        "the endpoint of an OpenSearch Service domain or of a cluster; the pipeline reaches OpenSearch Serverless only by target_stream_arn, in place of search_endpoint: a Kinesis stream that an OpenSearch Ingestion pipeline reads",
        "Amazon OpenSearch Service Developer Guide, Collection endpoints for Amazon OpenSearch Serverless",
      ),
    ),
    null,
    "Existing OpenSearch or Elasticsearch endpoint to deliver to. null: a domain is created, unless `target_stream_arn` is set. **Set later, it destroys that domain with its indices**; the archive keeps the events.",
  ),
  searchDomainArn: field(
    string(limits.arn("es", "domain/[a-z][a-z0-9-]{2,27}", "arn:aws:es:eu-central-1:123456789012:domain/search")),
    null,
    "ARN of the OpenSearch Service domain that serves `search_endpoint`. The forwarder's role is allowed to write to it.",
  ),
  searchRegion: field(
    string(limits.regionName),
    null,
    "Region that requests to `search_endpoint` are signed for. null: that of `search_domain_arn`, or the one that the host names, or the pipeline's own; only a custom endpoint in another region needs one of the two.",
  ),
  searchCredentials: field(
    object({
      secretArn: required(
        string(
          limits.arn(
            "secretsmanager",
            "secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}",
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:search-writer-AbCdEf",
          ),
        ),
        'whole ARN of the secret, of any region and account. It holds `{"username": …, "password": …}` or `{"api_key": …}` and, for an authority of your own, `ca_certificate` in PEM',
      ),
      kmsKeyArn: field(
        string(limits.kmsKeyArn),
        null,
        "KMS key of the secret, which the functions' roles are allowed to use. null: AWS's own key",
      ),
    }),
    null,
    "Credentials for `search_endpoint` from Secrets Manager, in place of AWS's signatures: for clusters of your own, Elastic Cloud, and users of a domain's own user database. null: requests are signed.",
  ),
};
