import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";

/**
 * The fields of a log that AWS services deliver ("vended logs"), by AWS's own list for CloudWatch Logs' `CreateDelivery`.
 *
 * @param resourceType such as `AWS::ElasticLoadBalancingV2::LoadBalancer`
 * @param logType such as `ALB_ACCESS_LOGS`
 * @returns the names in AWS's order: those that each line has first, then those that users choose
 */
export function vendedLogFields(resourceType: string, logType: string): string[] {
  const [resource] = awsServices().lookup("resource", "cloudFormationType", "equals", resourceType);
  const log = resource?.vendedLogs?.find((each) => each.logType === logType);
  if (!log) throw new Error(`@aws-cdk/aws-service-spec knows no ${logType} of ${resourceType}`);
  return [...(log.mandatoryFields ?? []), ...(log.optionalFields ?? [])];
}

let loaded: ReturnType<typeof loadAwsServiceSpecSync> | undefined;

const awsServices = () => (loaded ??= loadAwsServiceSpecSync());
