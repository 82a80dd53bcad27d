import { matching, size } from "../../inputs/rules";
import { list, object, required, string } from "../../inputs/schema";

/** @param descriptions of the fields */
export const vpcOf = (descriptions: { readonly subnetIds: string; readonly securityGroupIds: string }) =>
  object({
    subnetIds: required(
      list(
        string(matching(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/, "a subnet ID such as subnet-0123456789abcdef0")),
        size(1, 16, "subnets", "Lambda API Reference, VpcConfig"),
      ),
      descriptions.subnetIds,
    ),
    securityGroupIds: required(
      list(
        string(matching(/^sg-([0-9a-f]{8}|[0-9a-f]{17})$/, "a security group ID such as sg-0123456789abcdef0")),
        size(1, 5, "security groups", "Lambda API Reference, VpcConfig"),
      ),
      descriptions.securityGroupIds,
    ),
  });

/** Where the function runs and, without `search_endpoint`, the domain. */
export const vpc = vpcOf({
  subnetIds: "subnets of the function. The domain is in the first of them, one for each of its `availability_zones`",
  securityGroupIds:
    "security groups of both. They must let the function connect to the domain and to S3 on port 443; its logs are written by Lambda itself, from outside of the VPC",
});
