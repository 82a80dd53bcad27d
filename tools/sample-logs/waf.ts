import type { Format } from "./format";
import { ACCOUNT, base64, ipv4, METHODS, REGION, urlPath, userAgent, uuid } from "./values";

const RULE_GROUPS = ["AmazonIpReputationList", "AnonymousIpList", "CommonRuleSet", "SQLiRuleSet"];

/** Source: AWS WAF Developer Guide, "Log fields for web ACL traffic". */
export const waf: Format = {
  line({ random, time }) {
    const blocked = random.chance(0.2);
    const rule = `AWS#AWSManagedRules${random.pick(RULE_GROUPS)}`;
    const [uri = "", args = ""] = urlPath(random).split("?");
    const headers = {
      host: "shop.example.com",
      "sec-ch-ua": '"Google Chrome";v="130", "Not(A:Brand";v="8"',
      "user-agent": userAgent(random),
      accept: "image/avif,image/webp,*/*;q=0.8",
      "accept-language": random.pick(["en-US,en;q=0.9", "de-DE,de;q=0.9", "ja"]),
      cookie: `session=${base64(random, 24)}; note=\\"caf\u00e9\\"`,
    };
    return JSON.stringify({
      timestamp: time.getTime(),
      formatVersion: 1,
      webaclId: `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/shop/${uuid(random)}`,
      terminatingRuleId: blocked ? rule : "Default_Action",
      terminatingRuleType: blocked ? "MANAGED_RULE_GROUP" : "REGULAR",
      action: blocked ? "BLOCK" : "ALLOW",
      terminatingRuleMatchDetails: blocked
        ? [{ conditionType: "SQL_INJECTION", location: "ALL_QUERY_ARGS", matchedData: ["10", "OR", "1"] }]
        : [],
      httpSourceName: "ALB",
      httpSourceId: `${ACCOUNT}-app/shop/50dc6c495c0c9188`,
      ruleGroupList: RULE_GROUPS.map((name) => ({
        ruleGroupId: `AWS#AWSManagedRules${name}`,
        terminatingRule: blocked && rule.endsWith(name) ? { ruleId: "Match", action: "BLOCK" } : null,
        nonTerminatingMatchingRules: [],
        excludedRules: null,
        customerConfig: null,
      })),
      rateBasedRuleList: [],
      nonTerminatingMatchingRules: [],
      requestHeadersInserted: null,
      responseCodeSent: blocked ? 403 : null,
      httpRequest: {
        clientIp: ipv4(random),
        country: random.pick(["DE", "US", "JP", "-"]),
        headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
        uri,
        args,
        httpVersion: "HTTP/2.0",
        httpMethod: random.pick(METHODS),
        requestId: base64(random, 40),
      },
      labels: blocked ? [{ name: "awswaf:managed:aws:core-rule-set:CrossSiteScripting_Body" }] : [],
    });
  },
};
