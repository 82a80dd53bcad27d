import fc from "fast-check";
import type { ParserName } from "../../core/settings/parser-names";
import { NODE_ERRORS, nodeErrorLine, PLATFORM_EVENTS, PYTHON_ERRORS } from "./lambda-events";

const ID = "8f507cfc-0a1b-4697-b07a-ac58fc914c95";

/** Lines in the layouts of loggers, and of pairs, that the examples of `SAMPLE_LINES` lack, most of them by their defaults. */
export const LAYOUT_LINES = {
  lambda: [
    `2024-08-23T10:15:00.000Z\t${ID}\tINFO\t{"a":1,"b":{"c":[1,2]},"message":"x"}\n`,
    '2024-08-23T10:15:00.000Z\tundefined\tWARN\t{"log":"x","faas":1}\n',
    '2024-08-23T10:15:00.000Z\t\tERROR\t {"a":1}',
    '[WARNING]\t2026-01-31T09:25:21.042Z\t-\t{"logger":"a","error.x":1,"log.level":"a"}\n',
    "2024-08-23T10:15:00.000Z\tundefined\tINFO\ta\rb",
    `REPORT RequestId: ${ID}\tDuration: 1.00 ms\tBilled Duration: 2 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tRestore Duration: 9.5 ms\tBilled Restore Duration: 10 ms\t\n`,
    `REPORT RequestId: ${ID}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tStatus: error\tError Type: Runtime.ExitError\n`,
    ...[...PLATFORM_EVENTS, ...NODE_ERRORS.map(nodeErrorLine), ...PYTHON_ERRORS],
    // Of an object's text there is none.
    `[ERROR]\t2026-01-31T09:25:21.042Z\t${ID}\t{"exception":"Traceback (most recent call last):\\nValueError: a"}`,
  ],
  log4j: [
    "2026-01-31 09:25:21.042  INFO 7 --- [shop] [           main] [65f0c1e2a3b4c5d6e7f8091a2b3c4d5e-0123456789abcdef] c.e.Shop : started",
    "2026-01-31 09:25:21.042  INFO 7 --- [  main ] [                 ] c.e.Shop : started",
    "[2026-01-31T09:25:21,042][INFO ][o.e.n.Node] [node-1] started",
    "09:25:21.042 [main] DEBUG com.example.A -- x\njava.lang.Error: a\nb\n\tat x.y(Z.java:1)\nCaused by: java.lang.X",
    "INFO  [2026-01-31 09:25:21,042] org.a.B: x",
    "2026-01-31 09:25:21,042 [myid:1] - INFO  [QuorumPeer[myid=1]/0.0.0.0:2181:FastLeaderElection@774] - x",
    `${ID} INFO a.B - x`,
    "2026-01-31 09:25:21,042 INFO  [org.a.B] (main) x",
    "[2026-01-31 09:25:21,042] INFO x (kafka.server)",
  ],
  python: [
    "[2026-01-31 09:25:21 +0000] [7] [INFO] Booting",
    "[2026-01-31 09:25:21,042: INFO/MainProcess] ready",
    "2026-01-31 09:25:21.042 | INFO     | __main__:f:3 - x",
    "INFO:     127.0.0.1 - x",
    "2026-01-31 09:25:21 [scrapy.core] INFO: x",
    "ERROR:root:x\nTraceback (most recent call last):\n  File\nValueError: x",
  ],
  postgresql: [
    "2026-01-01 00:00:00 UTC:[local]:kim@shop:[123]:STATEMENT:  SELECT 1\n",
    "2026-01-01 00:00:00 CET:::1(5):[unknown]@[unknown]:[123]:DETAIL:  2026-01-01",
    "2026-01-01 00:00:00 UTC::@:[1]:LOG:  execute <unnamed>: SELECT 1",
  ],
  mysql_error: ["2026-01-01T00:00:00.1+01:00 12 [Note] x", "2026-01-01  0:00:00 [Note] x\n"],
  mysql_slow: [
    '# User@Host: kim[kim] @ db.example.com [10.0.0.1]  Id:  12\n# Query_time: 1.5  Lock_time: 0.0 Rows_sent: 1\nSELECT "a\\\\b";\n \t\n',
    "# Time: 2026-01-31T09:25:21.5+01:00\n# User@Host: kim[kim] @ localhost []\n# Schema: shop  Last_errno: 0  Killed: 0\n# QUERY_TIME: 1\n#   InnoDB_IO_r_ops: 5  InnoDB_IO_r_wait: 0.003183\nuse other;\nSET timestamp=1;\nSELECT 1;",
    "# Time: 2026-01-31T09:25:21Z\n# Query_time: 0.5 Start: 2026-01-31T09:25:20Z End: 2026-01-31 09:25:21\n# Full_scan: Yes  Filesort: No\nuse a;\nselect \u00e9",
    "# Time: 131112 17:03:32\n# Thread_id: 2  Schema: s  QC_hit: No\n# Query_time: 5.5\n#\n# explain: id   select_type\n#\nselect 1",
    "# Query_time: 1.5  Lock_time: x  Wait_for_io: 7\nselect 1",
    "# Query_time: 1.5\nselect 1 \u00a0",
    "# Query_time: 1.5\nselect 1\u000b\f",
  ],
  key_value: [
    'time=2026-01-31T09:25:21Z level=WARN msg="a \\"quoted\\" text\\n" err="x: y" service=api http.status=200 took=-1.50\n',
    'at=info method=GET path="/" host=a fwd="24.60.203.45" dyno=web.1 connect=0ms status=302   ',
    "severity=DEBUG lvl=info message=x msg=y log.level=error log.x=1 log=z event=e event.id=3 message.x=1",
    'a=1 b="" c= msg="" cloud=x _id=7 json=1 __proto__=2 b.c=007 d="1e5" e=12.5 f=-0 log=x',
    'log.level=error message="2026-01-01" ts=1795255200.123 x=1234567890.123456 y=123456789012345 error.message=z',
    "labels.run=x annotations.a=1 level=info msg=y labels.=1",
    'labels=x labels.run="y" a=1 json=2 labels.b.c=z',
    'a=1 a=2 b="caf\u00e9" msg="\\u00e9"',
  ],
  apigateway_access: [
    'Wx5AhGsqoAMFq3Q= 1.128.0.0 - - [10/Jun/2023:15:36:28 +0000] "GET /pets HTTP/1.1" 200 184 48752d0f',
    '1.128.0.0 - - [10/Jun/2023:15:36:28 +0000] "GET GET /pets HTTP/1.1" 200 12 JK= Wx=\n',
    '::1 - - [10/Jun/2023:15:36:28 +0000] "GET $default HTTP/1.1" - - JK=',
    '1.128.0.0 - - [10/Jun/2023:15:36:28 +0000] "CONNECT $connect Iq8gj1UmIAMCKpA=" Iq9gwFDNoAMFo1A=',
    "1.128.0.0,10/Jun/2023:15:36:28 +0000,GET,GET /pets,HTTP/1.1,200,12,JK=",
    "1.128.0.0,-,-,10/Jun/2023:15:36:28 +0000,CONNECT,$connect,Iq8gj1UmIAMCKpA=,200,JK=",
    '<request id="a"> <extendedRequestId>b</extendedRequestId> <ip>::1</ip> <caller>-</caller> <user>x</user> <requestTime>10/Jun/2023:15:36:28 +0000</requestTime> <httpMethod>GET</httpMethod> <resourcePath>/a/{b}</resourcePath> <status>200</status> <protocol>HTTP/1.1</protocol> <responseLength>1</responseLength> </request>',
    '<request id="a"><ip>-</ip><routeKey>GET /a</routeKey><eventType>-</eventType></request>',
    '{"requestId":"a","identity":{"sourceIp":"1.2.3.4","userAgent":"x"},"status":"200","authorizer":{"claims":{"sub":"kim"}}}',
  ],
  apigateway_execution: [`(${ID}) Gateway response type: ACCESS_DENIED with status code: 403`],
} as const satisfies Partial<Record<ParserName, readonly string[]>>;

/** What the layouts, and those who read what is behind them, look at. */
const BITS = [
  ...["\t", "\n", "\r", " ", "  ", "[", "]", "-", ":", ".", ",", '"', "\\", "{", "}", "=", "/", "|", "(", ")"],
  ...["INFO", "WARN", "WARNING", "FINE", "UTC", "Z", "+01:00", "MB", " ms", ": ", "0", "00", "-1", "1e5", "2026-01-01"],
  ...["\u00e9", "\u00a0", "\u2028", "\ud800", "\u0007", "\u001b[31m", "\u{1f642}", "\u0000", "null", '{"a":1}'],
  ...['="', " a=", "x=1 ", "==", "\\n", '\\"', ";", "level=", "@", "msg=", "log=", "labels.", "labels="],
  ...["# ", "#", "Id: 5", " Id:", "use x;\n", "SET timestamp=5;", "# User@Host: "],
  ...[
    '"record":',
    '"platform.',
    '"status":"1"',
    '"metrics":{"durationMs":1}',
    "\\u00e9",
    "HTTP/1.1",
    "$",
    "<ip>1</ip>",
  ],
  ...["\n\tat ", "java.lang.X: ", "Traceback (most recent call last):", '\t{"errorType":', "[TRUNCATED]"],
];

/** One of some lines, in which up to four places have something else. */
export const editedLine = (lines: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...lines),
      fc.array(fc.tuple(fc.nat(10_000), fc.nat(3), fc.constantFrom("", ...BITS)), { maxLength: 4 }),
    )
    .map(([line, edits]) =>
      edits.reduce((text, [at, removed, added]) => {
        const i = at % (text.length + 1);
        return text.slice(0, i) + added + text.slice(i + removed);
      }, line),
    );
