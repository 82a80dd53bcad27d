import { logSourceOf, objectFormat } from "../../../../core/sources/s3/object-format";

const ELB = "AWSLogs/123456789012/elasticloadbalancing/us-east-2/2022/05/01/";
const ELB_FILE = "123456789012_elasticloadbalancing_us-east-2_";
const IN_OHIO = { account: "123456789012", region: "us-east-2" };

/** Keys of AWS's pages (see core/sources/s3/object-format.ts), and what they say. */
const KEYS: [key: string, format: string, place?: object][] = [
  [
    `my-prefix/${ELB}${ELB_FILE}app.my-loadbalancer.1234567890abcdef_20220215T2340Z_172.160.001.192_20sg8hgm.log.gz`,
    "alb_access",
    IN_OHIO,
  ],
  [
    `${ELB}${ELB_FILE}app.my-loadbalancer.1234567890abcdef_20220215T2340Z_2001:db8::1_20sg8hgm.log.gz`,
    "alb_access",
    IN_OHIO,
  ],
  [
    `${ELB}conn_log_${ELB_FILE}app.my-lb.1234567890abcdef_20220215T2340Z_172.160.001.192_20sg8hgm.log.gz`,
    "alb_connection",
    IN_OHIO,
  ],
  [
    `${ELB}health_check_log_${ELB_FILE}app.my-lb.1234567890abcdef_20220215T2340Z_172.160.001.192_20sg8hgm.log.gz`,
    "alb_health_check",
    IN_OHIO,
  ],
  [`my-prefix/${ELB}${ELB_FILE}net.my-loadbalancer.1234567890abcdef_201605222055Z_5zk5d3c9.log.gz`, "nlb_tls", IN_OHIO],
  [
    "my-app/AWSLogs/123456789012/elasticloadbalancing/us-west-2/2018/02/15/123456789012_elasticloadbalancing_us-west-2_my-loadbalancer_20180215T2340Z_172.160.001.192_20sg8hgm.log",
    "elb_access",
    { account: "123456789012", region: "us-west-2" },
  ],
  [
    "AWSLogs/111122223333/CloudTrail/us-east-2/2024/03/10/111122223333_CloudTrail_us-east-2_20240310T2200Z_qz8oHgTTlN5sNWWZ.json.gz",
    "cloudtrail",
    { account: "111122223333", region: "us-east-2" },
  ],
  [
    "p/AWSLogs/o-exampleorgid/111122223333/CloudTrail/us-gov-west-1/2024/03/10/x.json.gz",
    "cloudtrail",
    { account: "111122223333", region: "us-gov-west-1" },
  ],
  [
    "AWSLogs/111122223333/CloudTrail-Insight/us-east-2/2024/03/10/x.json.gz",
    "cloudtrail",
    { account: "111122223333", region: "us-east-2" },
  ],
  [
    "AWSLogs/123456789012/vpcflowlogs/us-east-1/2018/06/20/16/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz",
    "vpc_flow",
    { account: "123456789012", region: "us-east-1" },
  ],
  [
    "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2021/month=08/day=25/x.log.gz",
    "vpc_flow",
    { account: "123456789012", region: "us-east-1" },
  ],
  [
    "AWSLogs/111122223333/WAFLogs/us-east-1/TEST-WEBACL/2021/10/28/19/50/11111111111_waflogs_us-east-1_TEST-WEBACL_20211028T1950Z_e0ca43b5.log.gz",
    "waf",
    { account: "111122223333", region: "us-east-1" },
  ],
  ["AWSLogs/111122223333/WAFLogs/cloudfront/TEST-WEBACL/2021/10/28/19/50/x.log.gz", "waf", { account: "111122223333" }],
  ["2023/04/01/12/aws-waf-logs-acl-1-2023-04-01-12-00-00-0b6ad1ae", "waf"],
  [
    "my-prefix/AWSLogs/123456789012/vpcdnsquerylogs/vpc-1a2b3c/2020/08/17/vpc-1a2b3c_vpcdnsquerylogs_123456789012_20200817T0000Z_a1b2c3.log.gz",
    "route53_resolver",
    { account: "123456789012" },
  ],
  [
    "AWSLogs/123456789012/network-firewall/tls/us-east-2/fw/2020/10/01/17/123456789012_network-firewall_tls_us-east-2_fw_202010011720_44442222.log.gz",
    "network_firewall",
    IN_OHIO,
  ],
  ["myprefix/EMLARXS9EXAMPLE.2019-11-14-20.RT4KCN4SGK9.gz", "cloudfront_access"],
  ["EMLARXS9EXAMPLE.2019-11-14-20.a1b2c3d4.gz", "cloudfront_access"],
  ["AWSLogs/111122223333/CloudFront/EXAMPLE.2024-11-13-10.gz", "cloudfront_access", { account: "111122223333" }],
  ["log/2013-11-01-21-32-16-E568B2907131C0C0", "s3_access"],
  ["logs2013-11-01-21-32-16-E568B2907131C0C0", "s3_access"],
  [
    "logs/123456789012/us-west-2/amzn-s3-demo-source-bucket/2023/03/01/2023-03-01-21-32-16-E568B2907131C0C0",
    "s3_access",
    { account: "123456789012", region: "us-west-2" },
  ],
  ["app/2026/11/27/server.log", "auto"],
];

describe("objectFormat", () => {
  it.each(KEYS.map(([key, format, place = {}]) => [key, format, place] as const))(
    "knows the key %s",
    (key, format, place) => {
      expect(objectFormat({ key, size: 1 }, "auto")).toEqual({ kind: "logs", format, ...place });
    },
  );

  it.each([
    ["AWSLogs/123456789012/ELBAccessLogTestFile", "test file"],
    ["my-prefix/AWSLogs/123456789012/ELBConnectionLogTestFile", "test file"],
    ["AWSLogs/123456789012/Config/ConfigWritabilityCheckFile", "test file"],
    ["AWSLogs/aws-waf-logs-test-folder/test", "test file"],
    ["AWSLogs/111122223333/CloudTrail-Digest/us-east-2/2024/03/10/x.json.gz", "digest"],
    ["AWSLogs/o-exampleorgid/111122223333/CloudTrail-Digest/us-east-2/2024/03/10/x.json.gz", "digest"],
  ])("ignores %s, even if the source has a format", (key, reason) => {
    expect(objectFormat({ key, size: 1 }, "auto")).toEqual({ kind: "ignored", reason });
    expect(objectFormat({ key, size: 1 }, "cloudtrail")).toEqual({ kind: "ignored", reason });
  });

  it("ignores an object without bytes, and none whose size is unknown but folders", () => {
    expect(objectFormat({ key: "a.log", size: 0 }, "auto")).toEqual({ kind: "ignored", reason: "empty" });
    expect(objectFormat({ key: "a.log" }, "auto")).toEqual({ kind: "logs", format: "auto" });
    expect(objectFormat({ key: "a/" }, "auto")).toEqual({ kind: "ignored", reason: "empty" });
    expect(objectFormat({ key: "a/", size: 1 }, "auto")).toEqual({ kind: "logs", format: "auto" });
  });

  it("prefers the source's format to the key's, and keeps account and region", () => {
    expect(objectFormat({ key: KEYS[0]![0] }, "none")).toEqual({ kind: "logs", format: "none", ...IN_OHIO });
  });
});

describe("logSourceOf", () => {
  const source = (name: string, bucket: string, prefix: string) => ({ name, bucket, prefix });
  const sources = [
    source("all", "logs", ""),
    source("alb", "logs", "alb/"),
    source("a", "logs", "a"),
    source("x", "x", ""),
  ];

  it.each([
    ["logs", "alb/AWSLogs/1", "alb"],
    ["logs", "albert", "a"],
    ["logs", "b", "all"],
    ["x", "alb/", "x"],
    ["y", "alb/", undefined],
  ])("finds the source of the longest prefix for %s/%s", (bucket, key, name) => {
    expect(logSourceOf(sources, { bucket, key })?.name).toBe(name);
    expect(logSourceOf([...sources].reverse(), { bucket, key })?.name).toBe(name);
  });
});
