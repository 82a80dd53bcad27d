import { parserNameOf } from "../../../core/parsers/default-names";
import { MessageParsing } from "../../../core/parsers/message-parsing";
import { PARSERS } from "../../../core/parsers/parsers";
import { SIGNATURES } from "../../../core/parsers/signatures";
import { PARSER_NAMES, type ParserName } from "../../../core/settings/parser-names";
import { SAMPLE_LINES } from "../../../tools/sample-logs/by-parser";

const parsingBy = (parser: "auto" | "none", logGroup = "/ecs/shop", logStream = "web/1") =>
  new MessageParsing({ parser, fields: [], keepMessage: true, eventOriginal: false }).of({ logGroup, logStream });

const SIGNED = PARSER_NAMES.filter((name) => SIGNATURES.some(({ parser }) => parser === name));

describe("the parser auto", () => {
  it.each(SIGNED)("parses the documented lines of %s by how they begin, as their own parser does", (name) => {
    const own = PARSERS[name]({ fields: [] });
    const begins = (line: string) => SIGNATURES.some(({ parser, pattern }) => parser === name && pattern.test(line));
    const lines = SAMPLE_LINES[name][0]!.lines.filter((line) => begins(line) && own(line) !== undefined);
    const parsed = lines.map((line) => parsingBy("auto")!.parse(line));
    expect(lines.length).toBeGreaterThan(0);
    expect(parsed).toEqual(lines.map((line) => own(line)));
  });

  it.each([
    ["aws-waf-logs-shop", "eu-central-1_shop_0", "waf"],
    ["aws-cloudtrail-logs-111111111111-1a2b3c4d", "x", "cloudtrail"],
    ["trail", "111111111111_CloudTrail_eu-central-1_3", "cloudtrail"],
    ["trail", "o-abcdefghij_111111111111_CloudTrail_eu-central-1", "cloudtrail"],
    ["API-Gateway-Execution-Logs_a1b2c3/prod", "d41d8cd9", "apigateway_execution"],
    ["/aws/rds/instance/shop/postgresql", "shop.0", "postgresql"],
    ["/aws/rds/cluster/shop/error", "shop", "mysql_error"],
    ["/aws/rds/cluster/shop/slowquery", "shop", "mysql_slow"],
    ["flows", "eni-1235b8ca123456789-all", "vpc_flow"],
    ["firewall", "/aws/network-firewall/alert/shop_2026-05-14-09", "network_firewall"],
    ["/aws/lambda/aws-waf-logs-", "2026/11/21/[$LATEST]0", undefined],
    ["/aws/rds/instance/shop/audit", "shop", undefined],
    ["x", "eni-shop-all", undefined],
  ])("takes log group %s with log stream %s for %s", (logGroup, logStream, name) => {
    expect(parserNameOf(logGroup, logStream)).toBe(name);
    expect(parsingBy("auto", logGroup, logStream)!.needsSignature).toBe(name === undefined);
    expect(parsingBy("none", logGroup, logStream)).toBeUndefined();
  });

  it.each<[ParserName, string]>([
    ["alb_access", '{"type":"h2","time":"2026-07-02T22:23:00.186641Z","elb":"app/shop/50dc6c495c0c9188"}'],
    [
      "alb_health_check",
      '{"type":"http","time":"2026-10-31T12:44:59.875678Z","latency":"0.019","target_addr":"10.0.0.7:80","target_group_id":"web","status":"PASS","elb":"app/shop/50dc6c495c0c9188"}',
    ],
    [
      "alb_connection",
      '{"time":"2026-10-04T17:05:15.514108Z","client_ip":"2001:db8::1","client_port":"36280","listener_port":"443"}',
    ],
    ["alb_connection", "2026-10-04T17:05:15.514108Z 2001:db8::1 36280 443 - - - - - - Success -"],
    ["nlb_tls", '{"type":"tls","version":"2.0","time":"2026-12-20T02:59:40","elb":"net/shop/c6e77e28c25b2234"}'],
  ])("knows %s by the beginning of %s", (name, line) => {
    const own = PARSERS[name]({ fields: [] })(line);
    expect(own).toBeDefined();
    expect(parsingBy("auto")!.parse(line)).toEqual(own);
  });

  it("leaves text and JSON of no format as they are", () => {
    const texts = ["order 7 placed", "Error: x", "10.0.0.7 GET /", '{"level":"info"}', "", "2026-11-21 late", "a = b"];
    expect(texts.map((text) => parsingBy("auto")!.parse(text))).toEqual(texts.map(() => undefined));
  });
});
