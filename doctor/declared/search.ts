import type { DoctorCheck } from "./check";

export const SEARCH_CHECKS = {
  "engine-version": {
    asks: "ListDomainNames and DescribeDomains of OpenSearch Service",
    needs: "es:ListDomainNames, es:DescribeDomains",
    finds:
      "AWS's standard support of the domain's engine has ended: OpenSearch 1.0 to 1.2 and 2.3 to 2.9, Elasticsearch to 6.7 and 7.8",
    cause: "each version ends; AWS names no date for newer ones",
    mend: "search_domain.engine_version",
  },
  "search-reachable": {
    asks: "GET /_cluster/health of the search endpoint",
    needs: "es:ESHttpGet",
    finds: "the endpoint does not answer",
    cause:
      "its name, network or certificate, or the domain is overloaded; from outside, a domain in a VPC never answers",
    mend: "curl",
  },
  "search-iam": {
    asks: "GET /_cluster/health of the search endpoint",
    needs: "es:ESHttpGet",
    finds: "401 or 403 of AWS itself",
    cause: "neither the domain's access policy nor an IAM policy allows it, or the signature is wrong",
    mend: "aws sts get-caller-identity",
  },
  "search-role": {
    asks: "GET /_cluster/health of the search endpoint",
    needs: "cluster_monitor",
    finds: "401 or 403 of the engine",
    cause: "with fine-grained access control, the role is mapped to no role of the domain that may do it",
    mend: "npm run search -- setup",
  },
  "cluster-health": {
    asks: "GET /_cluster/health of the search endpoint",
    needs: "es:ESHttpGet, cluster_monitor",
    finds: "the cluster is red, or yellow",
    cause: "primary shards, or replicas, are on no node: the disk is full, or nodes are missing",
    mend: "curl _cluster/allocation/explain",
  },
  disk: {
    asks: "GET /_cat/allocation of the search endpoint",
    needs: "es:ESHttpGet, cluster_monitor",
    finds: "a data node's disk is fuller than 85 %",
    cause: "events are kept for longer than there is room; at 95 % the engine takes no more",
    mend: "npm run sizing",
  },
  "index-blocks": {
    asks: "GET /<index patterns>/_settings/index.blocks.* of the search endpoint",
    needs: "es:ESHttpGet, indices:monitor/settings/get",
    finds: "an index of the pipeline takes no documents",
    cause:
      "a disk was full, and the engine has set the block, or somebody has; events of these indices wait in their stream",
    mend: "curl _settings",
  },
  shards: {
    asks: "GET /_cat/nodes and /_cluster/health of the search endpoint",
    needs: "es:ESHttpGet, cluster_monitor",
    finds: "more than 25 shards for each GiB of heap",
    cause: "an index for each log group and day; near the limit no new index is made at midnight",
    mend: "npm run sizing",
  },
  template: {
    asks: "GET /_index_template/<name> of the search endpoint",
    needs: "es:ESHttpGet, indices:admin/index_template/get",
    finds: "the pipeline's index template is missing",
    cause: "no function has begun since it was removed, or its role may not put it",
    mend: "npm run search -- setup",
  },
  "template-contents": {
    asks: "the same; what it answers is compared with what the functions' environment says",
    needs: "es:ESHttpGet, indices:admin/index_template/get",
    finds: "settings or mappings of the index template differ from the pipeline's, or it is another owner's",
    cause:
      "somebody has changed it, or settings have changed and no function has begun since, or its role may not put it",
    mend: "npm run search -- setup",
  },
  lifecycle: {
    asks: "GET /_plugins/_ism/policies/<name> of the search endpoint",
    needs: "es:ESHttpGet, cluster:admin/opendistro/ism/policy/get",
    finds: "the policy that deletes old indices is missing",
    cause: "no function has begun since it was removed, or its role may not put it",
    mend: "npm run search -- setup",
  },
  "lifecycle-contents": {
    asks: "the same; what it answers is compared with what the functions' environment says",
    needs: "es:ESHttpGet, cluster:admin/opendistro/ism/policy/get",
    finds: "the policy's states, age or indices differ from the pipeline's, or it is another owner's",
    cause:
      "somebody has changed it, or settings have changed and no function has begun since, or its role may not put it",
    mend: "npm run search -- setup",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
