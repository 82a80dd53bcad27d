import type { DoctorCheck } from "./check";

export const ROLE_CHECKS = {
  "role-iam": {
    asks: "SimulatePrincipalPolicy of IAM for the functions' own role and es:ESHttpPost, ListDomainNames and DescribeDomains of OpenSearch Service",
    needs: "iam:SimulatePrincipalPolicy, es:ListDomainNames, es:DescribeDomains",
    finds:
      "neither the role's policies, its boundary and the organization's nor the domain's access policy let the functions write",
    cause:
      "a policy was changed or left out, or a role of your own lacks the statements of the output forwarder_role_policy",
    mend: "terraform apply",
  },
  "role-mapping": {
    asks: "GET /_plugins/_security/api/rolesmapping, roles and actiongroups of the search endpoint",
    needs: "es:ESHttpGet, restapi:admin/rolesmapping, restapi:admin/roles, restapi:admin/actiongroups",
    finds:
      "with fine-grained access control, the functions' role is mapped to no role of the domain, or to none that may write the pipeline's indices",
    cause: "nobody has mapped it, or the pipeline's prefix has changed since",
    mend: "npm run search -- setup --writer",
  },
} as const satisfies Readonly<Record<string, DoctorCheck>>;
