import { type ConditionalStatement, type Statement, statementIf } from "../../aws/policy";
import { hcl } from "../../terraform/expression";
import type { SearchDeliveryContext } from "./context";
import { transformName } from "./transform";

/** What Firehose reads of a domain, beside the mappings and statistics of the indices. */
const READ_PATHS = ["_all/_settings", "_cluster/stats", "_nodes", "_nodes/stats", "_nodes/*/stats", "_stats"];

/** The version of the function that Firehose calls. */
export const transformArn = (context: SearchDeliveryContext): string =>
  `${context.account.arn("lambda", `function:${transformName(context)}`)}:$LATEST`;

/**
 * What the guide lists for a domain, in a VPC or not (Amazon Data Firehose Developer Guide, Controlling access with Amazon Data
 * Firehose), and for the function.
 */
export function useDomainAndFunction(context: SearchDeliveryContext): (Statement | ConditionalStatement)[] {
  const { inputs } = context;
  const { searchDomainArn: domain, indexName: index, vpc } = inputs;
  const ofIndices = ["_mapping*", "_stats"].map((path) => `${domain}/${index}*/${path}`);
  return [
    {
      Sid: "TransformRecords",
      Effect: "Allow",
      Action: ["lambda:GetFunctionConfiguration", "lambda:InvokeFunction"],
      Resource: transformArn(context),
    },
    {
      Sid: "FindDomain",
      Effect: "Allow",
      Action: ["es:DescribeDomain", "es:DescribeDomainConfig", "es:DescribeDomains"],
      Resource: domain.string,
    },
    {
      Sid: "IndexDocuments",
      Effect: "Allow",
      Action: ["es:ESHttpPost", "es:ESHttpPut"],
      Resource: [domain.string, `${domain}/*`],
    },
    {
      Sid: "ReadDomain",
      Effect: "Allow",
      Action: "es:ESHttpGet",
      Resource: [...READ_PATHS.map((path) => `${domain}/${path}`), ...ofIndices],
    },
    statementIf(hcl`${vpc.subnetIds} != null`, {
      Sid: "AttachToVpc",
      Effect: "Allow",
      Action: [
        "ec2:CreateNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcAttribute",
        "ec2:DescribeVpcs",
      ],
      Resource: "*",
    }),
  ];
}
