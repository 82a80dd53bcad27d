import fc from "fast-check";
import { isoOfSeconds } from "../../../core/parsers/epoch-seconds";
import { vpcFlowParser } from "../../../core/parsers/vpc-flow";
import { realFiles } from "../../support/corpus";
import { flatFields } from "../../support/flat-fields";
import { skippedUnless } from "../../support/skipped";

const fieldsOf = (line: string, format = "") => {
  const parsed = vpcFlowParser(format === "" ? [] : format.split(" "))(line);
  return parsed && flatFields(parsed.fields);
};

// Lines and formats: "Flow log record examples" in the Amazon VPC User Guide, but for those that name another source.
const ACCEPTED =
  "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK";
const TCP_FORMAT =
  "version vpc-id subnet-id instance-id interface-id account-id type srcaddr dstaddr srcport dstport pkt-srcaddr pkt-dstaddr protocol bytes packets start end action tcp-flags log-status";
const TRAFFIC_FORMAT =
  "version srcaddr dstaddr srcport dstport protocol start end type packets bytes account-id vpc-id subnet-id instance-id interface-id region az-id sublocation-type sublocation-id action tcp-flags pkt-srcaddr pkt-dstaddr pkt-src-aws-service pkt-dst-aws-service traffic-path flow-direction log-status";

describe("vpcFlowParser", () => {
  it("reads a record of version 2", () => {
    expect(fieldsOf(ACCEPTED)).toEqual({
      "event.dataset": "aws.vpc_flow",
      "event.action": "ACCEPT",
      "event.outcome": "success",
      "event.type": ["connection", "allowed"],
      "event.start": "2014-12-14T04:06:50.000Z",
      "event.end": "2014-12-14T04:07:50.000Z",
      "source.address": "172.31.16.139",
      "source.ip": "172.31.16.139",
      "source.port": 20641,
      "source.bytes": 4249,
      "source.packets": 20,
      "destination.address": "172.31.16.21",
      "destination.ip": "172.31.16.21",
      "destination.port": 22,
      "network.iana_number": "6",
      "network.transport": "tcp",
      "network.bytes": 4249,
      "network.packets": 20,
      "aws.vpcflow.version": "2",
      "aws.vpcflow.account_id": "123456789010",
      "aws.vpcflow.interface_id": "eni-1235b8ca123456789",
      "aws.vpcflow.log_status": "OK",
    });
    expect(vpcFlowParser([])(`${ACCEPTED}\n`)!.time).toBe(1418530070_000);
  });

  it.each(["NODATA", "SKIPDATA"])("reads a record of %s, which has no traffic", (status) => {
    expect(fieldsOf(`2 unknown - - - - - - - - 1431280876 1431280934 - ${status}`)).toEqual({
      "event.dataset": "aws.vpc_flow",
      "event.start": "2015-05-10T18:01:16.000Z",
      "event.end": "2015-05-10T18:02:14.000Z",
      "aws.vpcflow.version": "2",
      "aws.vpcflow.account_id": "unknown",
      "aws.vpcflow.log_status": status,
    });
  });

  it.each([
    ["of IPv6", "2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6", "tcp"],
    ["of ICMP", "203.0.113.12 172.31.16.139 0 0 1", "icmp"],
    ["of a protocol without a name", "203.0.113.12 172.31.16.139 0 0 253", undefined],
  ])("reads a rejected record %s", (_, traffic, transport) => {
    const line = `2 123456789010 eni-1235b8ca123456789 ${traffic} 4 336 1432917094 1432917142 REJECT OK`;
    const [source, , , , number] = traffic.split(" ");
    expect(fieldsOf(line)).toMatchObject({
      "event.outcome": "failure",
      "event.type": ["connection", "denied"],
      "source.ip": source,
      "network.iana_number": number,
    });
    expect(fieldsOf(line)!["network.transport"]).toBe(transport);
  });

  it("reads a format of its own, with the flags of all segments", () => {
    const line =
      "3 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-01234567890123456 eni-1235b8ca123456789 123456789010 IPv4 10.0.0.62 52.213.180.42 5001 43638  10.0.0.62 52.213.180.42 6 967 14 1566933133 1566933193 ACCEPT 19 OK";
    const fields = {
      "cloud.instance.id": "i-01234567890123456",
      "network.type": "ipv4",
      "network.bytes": 967,
      "source.port": 5001,
      "destination.port": 43638,
      "aws.vpcflow.version": "3",
      "aws.vpcflow.vpc_id": "vpc-abcdefab012345678",
      "aws.vpcflow.subnet_id": "subnet-aaaaaaaa012345678",
      "aws.vpcflow.instance_id": "i-01234567890123456",
      "aws.vpcflow.type": "IPv4",
      "aws.vpcflow.pkt_srcaddr": "10.0.0.62",
      "aws.vpcflow.pkt_dstaddr": "52.213.180.42",
      "aws.vpcflow.tcp_flags": 19,
      "aws.vpcflow.tcp_flags_array": ["fin", "syn", "ack"],
      "aws.vpcflow.log_status": "OK",
    };
    expect(fieldsOf(line, TCP_FORMAT)).toMatchObject(fields);
    expect(fieldsOf(line, TCP_FORMAT.replace(/\S+/g, "$${$&}"))).toMatchObject(fields);
  });

  it("reads the fields of version 5", () => {
    const line =
      "5 10.0.0.71 52.95.128.179 34210 80 6 1616729292 1616729349 IPv4 7 471 123456789012 vpc-abcdefab012345678 subnet-aaaaaaaa012345678 i-0c50d5961bcb2d47b eni-1235b8ca123456789 ap-southeast-2 apse2-az3 - - ACCEPT 3 10.0.0.71 52.95.128.179 - S3 8 egress OK";
    expect(fieldsOf(line, TRAFFIC_FORMAT)).toMatchObject({
      "cloud.availability_zone": "apse2-az3",
      "network.direction": "egress",
      "aws.vpcflow.region": "ap-southeast-2",
      "aws.vpcflow.pkt_dst_aws_service": "S3",
      "aws.vpcflow.traffic_path": 8,
    });
  });

  // Of Elastic's integration (packages/aws, data_stream/vpcflow, test-v8-samples.log), which also has these fields.
  it("reads the fields of versions 7 and 8", () => {
    const format = "version srcaddr action ecs-cluster-arn ecs-cluster-name ecs-service-name ecs-task-id reject-reason";
    const line =
      "8 2a02:cf40:: REJECT arn:aws:ecs:us-east-1:000000000000:cluster/backend-cluster backend-cluster payments-service e504f037-35c BPA";
    expect(fieldsOf(line, format)).toMatchObject({
      "orchestrator.cluster.id": "arn:aws:ecs:us-east-1:000000000000:cluster/backend-cluster",
      "orchestrator.cluster.name": "backend-cluster",
      "service.name": "payments-service",
      "aws.vpcflow.ecs_task_id": "e504f037-35c",
      "event.reason": "BPA",
      "event.outcome": "failure",
    });
  });

  it("reads tags, next hops, and fields of versions to come", () => {
    const format = "version resource-id encryption-status instance-tag asg-tag-2 next-hop-vpc-id some-day-id";
    expect(fieldsOf("11 tgw-1 1 web%20%C3%A4%25 - vpc-2 x", format)).toMatchObject({
      "aws.vpcflow.resource_id": "tgw-1",
      "aws.vpcflow.encryption_status": "1",
      "aws.vpcflow.instance_tag": "web ä%",
      "aws.vpcflow.next_hop_vpc_id": "vpc-2",
      "aws.vpcflow.some_day_id": "x",
    });
  });

  it("takes more fields and fewer", () => {
    expect(fieldsOf(`${ACCEPTED} new - newer`)).toMatchObject({ "aws.vpcflow.additional_fields": ["new", "newer"] });
    expect(fieldsOf(ACCEPTED.split(" ").slice(0, 4).join(" "))).toMatchObject({ "source.address": "172.31.16.139" });
    expect(fieldsOf(ACCEPTED.split(" ").slice(0, 2).join(" "))).toBeUndefined();
  });

  it("takes no header line and no other text", () => {
    for (const format of ["", TCP_FORMAT, TRAFFIC_FORMAT, "srcaddr dstaddr"]) {
      const header =
        format ||
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";
      expect(fieldsOf(header, format)).toBeUndefined();
      expect(fieldsOf("", format)).toBeUndefined();
      expect(fieldsOf(header.replace(/\S+/g, "-"), format)).toBeUndefined();
      expect(
        fieldsOf("2 files were deleted by the user a b c d e f g h i j k l m n o p q r s t u v w", format),
      ).toBeUndefined();
    }
  });

  it.each([
    ...[
      "version x",
      "account-id x",
      "interface-id vpc-1",
      "srcaddr host",
      "dstport ssh",
      "protocol tcp",
      "action accept",
    ],
    ...["bytes 1.5", "end 12:00", "log-status FINE", "vpc-id eni-1", "subnet-id vpc-1", "instance-id eni-1"],
    ...["tcp-flags SYN", "pkt-dstaddr host"],
  ])("takes no line whose %s is", (wrong) => {
    const [name, text] = wrong.split(" ");
    expect(fieldsOf(`10.0.0.1 ${text}`, `srcaddr ${name}`)).toBeUndefined();
    expect(fieldsOf("10.0.0.1 -", `srcaddr ${name}`)).toBeDefined();
  });

  // IANA, "Assigned Internet Protocol Numbers"
  it.each([
    ...["1 icmp", "2 igmp", "4 ipv4", "6 tcp", "17 udp", "41 ipv6", "47 gre", "50 esp", "51 ah", "58 ipv6-icmp"],
    ...["89 ospfigp", "103 pim", "112 vrrp", "115 l2tp", "132 sctp", "136 udplite"],
  ])("names the protocol %s", (protocol) => {
    const [number, name] = protocol.split(" ");
    expect(fieldsOf(`10.0.0.1 ${number}`, "srcaddr protocol")).toMatchObject({
      "network.iana_number": number,
      "network.transport": name,
    });
  });

  it("names no flags where there are none", () => {
    const fields = fieldsOf("10.0.0.1 0", "srcaddr tcp-flags");
    expect(fields).toMatchObject({ "aws.vpcflow.tcp_flags": 0 });
    expect(fields).not.toHaveProperty(["aws.vpcflow.tcp_flags_array"]);
  });

  it("writes times as Date does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
        expect(isoOfSeconds(seconds)).toBe(new Date(seconds * 1000).toISOString());
      }),
    );
  });

  const lines = realFiles.find(([file]) => file.endsWith("/vpc-flow.log"))?.[1];
  skippedUnless(lines !== undefined, "CORPUS_DIR with vpc-flow.log").it("takes each real record", () => {
    for (const line of lines!) expect(fieldsOf(line)).toMatchObject({ "source.address": line.split(" ")[3] });
  });
});
