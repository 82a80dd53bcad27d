import { parseAlbHealthCheck } from "../../../core/parsers/alb-health-check";
import { parsedFlat } from "../../support/flat-fields";

const fieldsOf = (line: string) => parsedFlat(parseAlbHealthCheck, line)?.fields;

describe("an ALB's health check log", () => {
  // "Health check logs" in the user guide, Example log entries; the last two fields are those of the vended log.
  it("has each field where ECS has it, or under AWS's name", () => {
    const line =
      "http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HealthCheckLogsTarget PASS 200 - app/a/b 10.0.0.9";
    const fields = {
      "event.dataset": "aws.alb_health_check",
      "event.end": "2025-10-31T12:44:59.875678Z",
      "event.duration": 19_584_011,
      "event.outcome": "success",
      "aws.elb.type": "http",
      "aws.elb.latency.sec": 0.019584011,
      "aws.elb.target_addr": "172.31.20.97:80",
      "aws.elb.backend.ip": "172.31.20.97",
      "aws.elb.backend.port": 80,
      "aws.elb.backend.http.response.status_code": 200,
      "aws.elb.target_group_id": "HealthCheckLogsTarget",
      "aws.elb.status": "PASS",
      "aws.elb.name": "app/a/b",
      "aws.elb.ip_address": "10.0.0.9",
    };
    expect(fieldsOf(line)).toEqual(fields);
    const members = {
      ...{ type: "http", time: "2025-10-31T12:44:59.875678Z", latency: "0.019584011", target_addr: "172.31.20.97:80" },
      ...{ target_group_id: "HealthCheckLogsTarget", status: "PASS", status_code: "200", reason_code: "-" },
      ...{ elb: "app/a/b", ip_address: "10.0.0.9" },
    };
    expect(fieldsOf(JSON.stringify(members))).toEqual(fields);
  });

  it("has the function that is a target", () => {
    const target = "arn:aws:lambda:us-east-1:123456789012:function:checked:12";
    const line = `lambda 2025-10-31T12:44:59.875678Z 0.02 ${target} HealthCheckLogsTarget PASS 200 -`;
    expect(fieldsOf(line)).toMatchObject({ "aws.elb.target_addr": target });
    expect(fieldsOf(line)).not.toHaveProperty(["aws.elb.backend.port"]);
  });

  it("says why a check failed", () => {
    const line =
      "https 2025-10-31T12:44:58.901409Z 1.121980746 172.31.31.9:443 HealthCheckLogsTarget FAIL 502 TargetError";
    expect(fieldsOf(line)).toMatchObject({
      "event.outcome": "failure",
      "aws.elb.reason_code": "TargetError",
    });
  });
});
