import { ALB_ACCESS } from "../../../core/parsers/alb-access";
import { ALB_CONNECTION } from "../../../core/parsers/alb-connection";
import { ALB_HEALTH_CHECK } from "../../../core/parsers/alb-health-check";
import { NLB_TLS } from "../../../core/parsers/nlb-tls";
import { S3_VENDED } from "../../../core/parsers/s3-access";
import { vendedLogFields } from "../../support/vended-log-fields";

const LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";

describe("a table of fields", () => {
  // A test that fails after an update of @aws-cdk/aws-service-spec names the fields that AWS has added.
  it.each([
    [LOAD_BALANCER, "ALB_ACCESS_LOGS", ALB_ACCESS.names],
    [LOAD_BALANCER, "ALB_CONNECTION_LOGS", ALB_CONNECTION.names],
    [LOAD_BALANCER, "ALB_HEALTH_CHECK_LOGS", ALB_HEALTH_CHECK.names],
    [LOAD_BALANCER, "NLB_ACCESS_LOGS", NLB_TLS.names],
    ["AWS::S3::Bucket", "S3_SERVER_ACCESS_LOGS", S3_VENDED.names],
  ])("has the fields that AWS lists for %s %s", (resourceType, logType, names) => {
    const listed = vendedLogFields(resourceType, logType);
    expect([...names].sort()).toEqual([...listed].sort());
  });

  it.each([
    ["ALB_ACCESS_LOGS", ALB_ACCESS.names],
    ["ALB_CONNECTION_LOGS", ALB_CONNECTION.names],
    ["ALB_HEALTH_CHECK_LOGS", ALB_HEALTH_CHECK.names],
    ["NLB_ACCESS_LOGS", NLB_TLS.names],
  ])("has them in AWS's order, where lines have no names: %s", (logType, names) => {
    expect(names).toEqual(vendedLogFields(LOAD_BALANCER, logType));
  });
});
