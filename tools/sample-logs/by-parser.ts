import type { ParserName } from "../../core/settings/parser-names";

/** Lines of a format, and the names of their fields where users choose them. */
export interface SampleLines {
  readonly fields?: readonly string[];
  readonly lines: readonly string[];
}

const REQUEST = "8f507cfc-0a1b-4697-b07a-ac58fc914c95";
const ARN = "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067";
const EXECUTION = "(48752d0f-c99d-4cfa-a5a7-f3c6834d19e5)";
const OWNER = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

/** Each format in the forms that the service writes: AWS's own examples where its pages have some, else those of public test suites. */
export const SAMPLE_LINES: Readonly<Record<ParserName, readonly SampleLines[]>> = {
  // User Guide for Application Load Balancers: "Access log entries", "Connection logs", "Health check logs".
  alb_access: [
    {
      lines: [
        `https 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.1:80 0.086 0.048 0.037 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 ${ARN} "Root=1-58337281-1d84f3d73c47ec4e58577259" "www.example.com" "arn:aws:acm:us-east-2:123456789012:certificate/12345678-1234-1234-1234-123456789012" 1 2018-07-02T22:22:48.364000Z "authenticate,forward" "-" "-" "10.0.0.1:80" "200" "-" "-" TID_1234abcd5678ef90 "-" "-" "-" 10.0.0.9`,
        `ws 2018-07-02T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 10.0.0.140:40914 10.0.1.192:8010 0.001 0.003 0.000 101 101 218 587 "GET http://10.0.0.30:80/ HTTP/1.1" "-" - - ${ARN} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 1 2018-07-02T22:22:48.364000Z "forward" "-" "-" "10.0.1.192:8010" "101" "-" "-"`,
        `http 2018-11-30T22:23:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 - 0.000 0.001 0.000 502 - 34 366 "GET http://www.example.com:80/ HTTP/1.1" "curl/7.46.0" - - ${ARN} "Root=1-58337364-23a8c76965a2ef7629b185e3" "-" "-" 0 2018-11-30T22:22:48.364000Z "forward" "-" "LambdaInvalidResponse" "-" "-" "-" "-"`,
      ],
    },
  ],
  alb_connection: [
    {
      lines: [
        '2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 4.036 "CN=amazondomains.com,O=endEntity,L=Seattle,ST=Washington,C=US" NotBefore=2023-09-21T22:43:21Z;NotAfter=2026-06-17T22:43:21Z FEF257372D5C14D4 Success TID_3180a73013c8ca4bac2f731159d4b0fe',
        '2023-10-04T17:05:15.514108Z 203.0.113.1 36280 443 - - - "-" - - Failed:ClientCertUntrusted -',
      ],
    },
  ],
  alb_health_check: [
    {
      lines: [
        "http 2025-10-31T12:44:59.875678Z 0.019584011 172.31.20.97:80 HealthCheckLogsTarget PASS 200 -",
        "https 2025-10-31T12:44:58.901409Z 1.121980746 172.31.31.9:443 HealthCheckLogsTarget FAIL 502 TargetError",
      ],
    },
  ],
  // User Guide for Network Load Balancers: "Access log entries".
  nlb_tls: [
    {
      lines: [
        "tls 2.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com - - - 2018-12-20T02:59:30",
        'tls 2.0 2020-04-01T08:51:42 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 72.21.218.154:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:671290407336:certificate/2a108f19-aded-46b0-8493-c63eb1ef4a99 - ECDHE-RSA-AES128-SHA tlsv12 - my-network-loadbalancer-c6e77e28c25b2234.elb.us-east-2.amazonaws.com h2 h2 "h2","http/1.1" 2020-04-01T08:51:20',
      ],
    },
  ],
  // User Guide for Classic Load Balancers: "Access logs".
  elb_access: [
    {
      lines: [
        '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/ HTTP/1.1" "curl/7.38.0" DHE-RSA-AES128-SHA TLSv1.2',
        '2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.001069 0.000028 0.000041 - - 82 305 "- - - " "-" - -',
      ],
    },
  ],
  // Amazon CloudFront Developer Guide: "Standard log file format".
  cloudfront_access: [
    {
      lines: [
        "2019-12-04\t21:02:31\tLAX1\t392\t192.0.2.100\tGET\td111111abcdef8.cloudfront.net\t/index.html\t200\t-\tMozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)\t-\t-\tHit\tSOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==\td111111abcdef8.cloudfront.net\thttps\t23\t0.001\t-\tTLSv1.2\tECDHE-RSA-AES128-GCM-SHA256\tHit\tHTTP/2.0\t-\t-\t11040\t0.001\tHit\ttext/html\t78\t-\t-",
        "2014-05-23\t01:13:12\tFRA2\t182\t192.0.2.202\tRTMP\tshqshne4jdp4b6.cloudfront.net/cfx/st\u200b\t/key\t200\t-\t-",
      ],
    },
  ],
  cloudfront_realtime: [
    {
      fields: ["timestamp", "c-ip", "time-to-first-byte", "sc-status", "sc-bytes", "cs-method", "cs-uri-stem"],
      lines: ["1625097600.123\t192.0.2.100\t0.002\t200\t17620\tGET\t/view/my/file.html"],
    },
  ],
  // Amazon S3 User Guide: "Amazon S3 server access log format".
  s3_access: [
    {
      lines: [
        `${OWNER} amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 ${OWNER} 3E57427F3EXAMPLE REST.GET.VERSIONING - "GET /amzn-s3-demo-bucket1?versioning HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2 arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP Yes us-east-1`,
        `${OWNER} amzn-s3-demo-bucket1 [06/Feb/2019:00:01:57 +0000] - ${OWNER} DD6CC733AEXAMPLE REST.PUT.OBJECT s3-dg.pdf - 404 NoSuchKey - 4406583 41754 28 - - -`,
      ],
    },
  ],
  // Amazon VPC User Guide: "Flow log record examples".
  vpc_flow: [
    {
      lines: [
        "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK",
        "2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA",
      ],
    },
    {
      fields: ["version", "vpc-id", "srcaddr", "dstaddr", "tcp-flags", "pkt-srcaddr", "flow-direction", "log-status"],
      lines: ["3 vpc-abcdefab012345678 2001:db8::1 10.20.33.164 18 52.213.180.42 ingress OK"],
    },
  ],
  // AWS CloudTrail User Guide: "CloudTrail log file examples".
  cloudtrail: [
    {
      lines: [
        '{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","principalId":"EXAMPLE6E4XEGITWATV6R","arn":"arn:aws:iam::777788889999:user/Mary","accountId":"777788889999","userName":"Mary"},"eventTime":"2023-07-19T21:17:28Z","eventSource":"ec2.amazonaws.com","eventName":"StartInstances","awsRegion":"us-east-1","sourceIPAddress":"192.0.2.0","userAgent":"aws-cli/2.13.5","requestParameters":{"instancesSet":{"items":[{"instanceId":"i-EXAMPLE56126103cb"}]}},"responseElements":null,"requestID":"e4336db0-149f-4a6b-844d-EXAMPLEb9d16","eventID":"e755e09c-42f9-4c5c-9064-EXAMPLE228c7","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"777788889999","eventCategory":"Management","tlsDetails":{"tlsVersion":"TLSv1.2","cipherSuite":"ECDHE-RSA-AES128-GCM-SHA256"}}',
        '{"eventVersion":"1.08","userIdentity":{"type":"AWSService","invokedBy":"config.amazonaws.com"},"eventTime":"2021-12-02T22:11:24Z","eventSource":"iam.amazonaws.com","eventName":"ListRoles","awsRegion":"us-east-1","sourceIPAddress":"AWS Internal","userAgent":"AWS Internal","errorCode":"AccessDenied","errorMessage":"no","requestParameters":null,"responseElements":null,"eventID":"8e6ffb2a-af42-47e6-9da9-8d90adbdc937","eventType":"AwsApiCall","recipientAccountId":"111122223333"}',
      ],
    },
  ],
  // AWS WAF Developer Guide: "Log examples for web ACL traffic".
  waf: [
    {
      lines: [
        '{"timestamp":1592357192516,"formatVersion":1,"webaclId":"arn:aws:wafv2:us-east-1:123456789012:global/webacl/hello-world/5933d6d9-9dde-js82-v8aw-9ck28nv9","terminatingRuleId":"Default_Action","terminatingRuleType":"REGULAR","action":"ALLOW","terminatingRuleMatchDetails":[],"httpSourceName":"-","httpSourceId":"-","ruleGroupList":[],"rateBasedRuleList":[],"nonTerminatingMatchingRules":[{"ruleId":"TestRule","action":"COUNT","ruleMatchDetails":[]}],"httpRequest":{"clientIp":"3.3.3.3","country":"US","headers":[{"name":"Host","value":"hello.world"}],"uri":"/foo","args":"a=1","httpVersion":"HTTP/1.1","httpMethod":"GET","requestId":"rid"},"labels":[{"name":"value"}],"ja3Fingerprint":"3b6e8d0f"}',
      ],
    },
  ],
  // Amazon Route 53 Developer Guide: "Values that appear in VPC Resolver query logs".
  route53_resolver: [
    {
      lines: [
        // In the order of records in CloudWatch Logs, as other programs' documentation has them.
        '{"version":"1.100000","account_id":"123456789012","region":"eu-central-1","vpc_id":"vpc-7example","query_timestamp":"2026-02-04T17:51:55Z","query_name":"shop.example.com.","query_type":"AAAA","query_class":"IN","rcode":"NOERROR","answers":[{"Rdata":"2001:db8::1","Type":"AAAA","Class":"IN"}],"srcaddr":"10.0.0.7","srcport":"8010","transport":"UDP","srcids":{}}',
        '{"srcaddr":"4.5.64.102","vpc_id":"vpc-7example","answers":[{"Rdata":"203.0.113.9","Type":"PTR","Class":"IN"}],"firewall_rule_group_id":"rslvr-frg-01234567890abcdef","firewall_rule_action":"BLOCK","query_name":"15.3.4.32.in-addr.arpa.","firewall_domain_list_id":"rslvr-fdl-01234567890abcdef","query_class":"IN","srcids":{"instance":"i-0d15cd0d3example"},"rcode":"NOERROR","query_type":"PTR","transport":"UDP","version":"1.100000","account_id":"111122223333","srcport":"56067","query_timestamp":"2021-02-04T17:51:55Z","region":"us-east-1"}',
      ],
    },
  ],
  // AWS Network Firewall Developer Guide: "Contents of an AWS Network Firewall log".
  network_firewall: [
    {
      lines: [
        '{"firewall_name":"test-firewall","availability_zone":"us-east-1b","event_timestamp":"1602627001","event":{"timestamp":"2020-10-13T22:10:01.006481+0000","flow_id":1582438383425873,"event_type":"alert","src_ip":"203.0.113.4","src_port":55555,"dest_ip":"192.0.2.16","dest_port":111,"proto":"TCP","alert":{"action":"allowed","signature_id":5,"rev":0,"signature":"test_tcp","category":"","severity":1}}}',
        '{"firewall_name":"test-firewall","availability_zone":"us-east-1b","event_timestamp":"1601587565","event":{"timestamp":"2020-10-01T21:26:05.007515+0000","flow_id":1770453319291727,"event_type":"netflow","src_ip":"45.129.33.153","src_port":47047,"dest_ip":"172.31.16.139","dest_port":16463,"proto":"TCP","netflow":{"pkts":1,"bytes":60,"start":"2020-10-01T21:25:04.070479+0000","end":"2020-10-01T21:25:04.070479+0000","age":0,"min_ttl":241,"max_ttl":241},"tcp":{"tcp_flags":"02","syn":true}}}',
      ],
    },
  ],
  // Amazon API Gateway Developer Guide: "Access logging for REST APIs".
  apigateway_access: [
    {
      lines: [
        '{ "requestId":"48752d0f-c99d-4cfa-a5a7-f3c6834d19e5", "extendedRequestId":"Wx5AhGsqoAMFq3Q=","ip": "1.128.0.0", "caller":"-", "user":"-", "requestTime":"10/Jun/2023:15:36:28 +0000", "httpMethod":"GET", "resourcePath":"/pets", "status":"200", "protocol":"HTTP/1.1", "responseLength":"184" }',
        '1.128.0.0 - AIDA [10/Jun/2023:15:36:28 +0000]"GET /pets HTTP/1.1" 200 184 48752d0f-c99d-4cfa-a5a7-f3c6834d19e5 Wx5AhGsqoAMFq3Q=',
        '1.128.0.0 - - [10/Jun/2023:15:36:28 +0000] "CONNECT $connect Iq8gj1UmIAMCKpA=" 500 Iq9gwFDNoAMFo1A=',
        "1.128.0.0,-,-,10/Jun/2023:15:36:28 +0000,GET,/pets,HTTP/1.1,200,184,48752d0f-c99d-4cfa-a5a7-f3c6834d19e5,Wx5AhGsqoAMFq3Q=",
        '<request id="48752d0f"> <ip>1.128.0.0</ip> <requestTime>10/Jun/2023:15:36:28 +0000</requestTime> <status>404</status> </request>',
      ],
    },
    { fields: ["requestId", "path", "status", "integrationLatency"], lines: ["48752d0f,/v1/pets,200,12"] },
  ],
  apigateway_execution: [
    {
      lines: [
        `${EXECUTION} HTTP Method: GET, Resource Path: /pets/{petId}`,
        `${EXECUTION} Received response. Status: 200, Integration latency: 356 ms`,
        `${EXECUTION} Method completed with status: 502`,
        `${EXECUTION} Endpoint response body before transformations: {"a":1} [TRUNCATED]`,
      ],
    },
  ],
  // Elastic's integration `postgresql`, and Grafana Alloy's database_observability.
  postgresql: [
    {
      lines: [
        '2019-03-10 03:54:59 UTC:10.0.0.123(52834):postgres@tstdb:[20175]:ERROR: column "wrong" does not exist at character 8',
        "2026-01-01 00:00:00 UTC:[local]:kim@shop:[123]:LOG:  duration: 1.2 ms  statement: SELECT 1\n\tFROM a;",
        "2022-06-16 17:58:40 UTC::@:[7770]:LOG:  checkpoint starting: time",
        "2026-02-02 21:35:40.130 UTC:10.24.155.141(34110):kim@shop:[32032]:2:40001:2026-02-02 21:33:19 UTC:25/112:0:693c34cb.2398:psql:ERROR:  canceling statement",
      ],
    },
  ],
  // Filebeat's module `mysql`.
  mysql_error: [
    {
      lines: [
        "2019-03-24T13:44:34.420123Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections.",
        "2019-10-16 17:25:43 12 [ERROR] Event Scheduler: [root@localhost][test.test_error_log] hi from the error log",
        "161209 13:08:33 [Note] Plugin 'FEDERATED' is disabled.",
      ],
    },
  ],
  mysql_slow: [
    {
      lines: [
        "# Time: 2019-03-24T14:04:53.713951Z\n# User@Host: root[root] @ localhost []  Id:    16\n# Query_time: 2.631844  Lock_time: 0.000145 Rows_sent: 10  Rows_examined: 3145718\nuse employees;\nSET timestamp=1553436291;\nSELECT 1\n  FROM a;",
        "# User@Host: test[test] @  [192.168.123.123]  Id: 14370752\n# Schema:   Last_errno: 3170  Killed: 0\n# Query_time: 153.883481  Lock_time: 0.024022\n# QC_Hit: No  Full_scan: Yes\nSET timestamp=1548062136;\nUPDATE test SET a = 1;",
      ],
    },
  ],
  // AWS Lambda Developer Guide: "Using CloudWatch Logs with Lambda"; the runtime interface clients of Node.js and Python.
  lambda: [
    {
      lines: [
        `START RequestId: ${REQUEST} Version: $LATEST`,
        `END RequestId: ${REQUEST}`,
        `REPORT RequestId: ${REQUEST}\tDuration: 79.67 ms\tBilled Duration: 80 ms\tMemory Size: 128 MB\tMax Memory Used: 73 MB\tInit Duration: 402.04 ms\t\nXRAY TraceId: 1-5e34a614-10bdxmplf1fb44f07bc535a1\tSegmentId: 07f5xmpl2d1f6f85\tSampled: true\t\n`,
        "INIT_START Runtime Version: python:3.9.v14\tRuntime Version ARN: arn:aws:lambda:eu-south-1::runtime:7b620fc2e66107a1046b140b9d320295811af3ad5d4c6a011fad1fa65127e9e6\n",
        `2024-08-23T10:15:00.000Z\t${REQUEST}\tINFO\torder placed\n`,
        `2024-08-23T10:15:00.000Z\t${REQUEST}\tERROR\tInvoke Error \t{"errorType":"Error","errorMessage":"declined","stack":["Error: declined"]}\n`,
        `2024-08-23T10:15:03.000Z ${REQUEST} Task timed out after 3.00 seconds`,
        `[INFO]\t2026-01-31T09:25:21.042Z\t${REQUEST}\torder placed\n`,
        "[ERROR] ValueError: declined\nTraceback (most recent call last):\n  File \"/var/task/app.py\", line 3, in handler\n    raise ValueError('declined')",
        `{"time":"2023-03-12T23:45:05.456Z","type":"platform.report","record":{"requestId":"${REQUEST}","metrics":{"durationMs":101.5,"billedDurationMs":102,"memorySizeMB":512,"maxMemoryUsedMB":33,"initDurationMs":116.67},"status":"success"}}`,
      ],
    },
  ],
  python: [
    {
      lines: [
        "2026-01-31 09:25:21,042 - shop.orders - WARNING - order 7 is late",
        "WARNING:shop.orders:order 7 is late",
      ],
    },
  ],
  log4j: [
    {
      lines: [
        "2026-01-31 09:25:21,042 INFO  [main] com.example.shop.Orders - order placed",
        "2026-01-31T09:25:21.042Z ERROR 7 --- [nio-8080-exec-1] c.e.shop.Checkout : cannot pay\njava.lang.IllegalStateException: closed\n\tat com.example.shop.Orders.pay(Orders.java:17)",
      ],
    },
  ],
  // Apache HTTP Server and nginx: "Combined Log Format".
  http_access: [
    {
      lines: [
        '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
        '2001:db8::1 - - [10/Oct/2000:13:55:36 -0700] "GET /a?b=1 HTTP/1.1" 404 - "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"',
      ],
    },
  ],
  key_value: [
    {
      lines: [
        'time="2026-01-31T09:25:21Z" level=info msg="order placed" order=7 took=1.5',
        "level=error logger=shop.orders error=declined",
      ],
    },
  ],
};
