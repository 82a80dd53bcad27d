import { parseLog4j } from "../../../core/parsers/log4j";
import { flatFields } from "../../support/flat-fields";

const parse = (line: string) => {
  const parsed = parseLog4j(line);
  return parsed && { ...flatFields(parsed.fields), message: parsed.message };
};

const CORRELATION = "803b448a0489f84084905d3093480352-3425f23bb2432450";

describe("a line of a logger of Java", () => {
  it.each<[writer: string, line: string, parsed: Record<string, unknown>]>([
    [
      "Spring Boot 3.3 (reference, Logging, Log Format)",
      "2025-05-10T01:34:33.608Z  INFO 88909 --- [myapp] [           main] o.s.b.d.f.logexample.MyApplication       : Starting MyApplication using Java 17.0.15",
      {
        ...{ "log.level": "info", "log.logger": "o.s.b.d.f.logexample.MyApplication", "process.pid": 88909 },
        ...{ "process.thread.name": "main", "service.name": "myapp" },
        message: "Starting MyApplication using Java 17.0.15",
      },
    ],
    [
      "Spring Boot 2 (reference, Log Format)",
      "2019-03-05 10:57:51.253  INFO 45469 --- [ost-startStop-1] o.a.c.c.C.[Tomcat].[localhost].[/]       : Initializing Spring embedded WebApplicationContext",
      {
        ...{ "log.level": "info", "log.logger": "o.a.c.c.C.[Tomcat].[localhost].[/]", "process.pid": 45469 },
        ...{ "process.thread.name": "ost-startStop-1", message: "Initializing Spring embedded WebApplicationContext" },
      },
    ],
    [
      "Spring Boot 3 with tracing (reference, Tracing, Logging Correlation IDs)",
      `2024-01-02T03:04:05.678+01:00 DEBUG 7 --- [myapp] [nio-8080-exec-1] [${CORRELATION}] c.e.Controller : called`,
      {
        ...{ "log.level": "debug", "log.logger": "c.e.Controller", "process.pid": 7, "service.name": "myapp" },
        ...{
          "process.thread.name": "nio-8080-exec-1",
          "trace.id": "803b448a0489f84084905d3093480352",
          message: "called",
        },
      },
    ],
    [
      "Spring Boot 3 with tracing, outside a trace",
      `2024-01-02T03:04:05.678Z  WARN 7 --- [myapp] [main] [${" ".repeat(49)}] c.e.A : x : y`,
      {
        ...{ "log.level": "warn", "log.logger": "c.e.A", "process.pid": 7, "service.name": "myapp" },
        ...{ "process.thread.name": "main", message: "x : y" },
      },
    ],
    [
      "Logback 1.2, Log4j 2's DefaultConfiguration",
      "09:25:21.042 [http-nio-8080-exec-3] ERROR c.e.orders.OrderService - order 7 - declined",
      {
        ...{ "log.level": "error", "log.logger": "c.e.orders.OrderService", message: "order 7 - declined" },
        "process.thread.name": "http-nio-8080-exec-3",
      },
    ],
    [
      "Logback since 1.3 (TTLLLayout)",
      "09:25:21.042 [main] INFO  c.e.Logger -- started",
      { "log.level": "info", "log.logger": "c.e.Logger", "process.thread.name": "main", message: "started" },
    ],
    [
      "Log4j's %d [%t] %-5p %c - %m%n",
      "2026-01-31 09:25:21,042 [pool-1 worker] WARN  com.example.Worker - slow",
      {
        ...{ "log.level": "warn", "log.logger": "com.example.Worker", "process.thread.name": "pool-1 worker" },
        message: "slow",
      },
    ],
    [
      "Log4j 2's manual, Pattern Layout: %-5p [%t]: %m%n",
      "WARN  [main]: Message 2",
      { "log.level": "warn", "process.thread.name": "main", message: "Message 2" },
    ],
    // logpai/loghub, Hadoop, Zookeeper, Spark.
    [
      "Hadoop",
      "2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: Created MRAppMaster for application appattempt_1445144423722_0020_000001",
      {
        ...{ "log.level": "info", "log.logger": "org.apache.hadoop.mapreduce.v2.app.MRAppMaster" },
        "process.thread.name": "main",
        message: "Created MRAppMaster for application appattempt_1445144423722_0020_000001",
      },
    ],
    [
      "ZooKeeper",
      "2015-07-29 17:41:44,747 - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200",
      {
        "log.level": "info",
        "process.thread.name": "QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774",
        message: "Notification time out: 3200",
      },
    ],
    [
      "Spark",
      "17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: Registered signal handlers for [TERM, HUP, INT]",
      {
        ...{ "log.level": "info", "log.logger": "executor.CoarseGrainedExecutorBackend" },
        message: "Registered signal handlers for [TERM, HUP, INT]",
      },
    ],
    [
      "Tomcat",
      "31-Jan-2026 09:25:21.042 SEVERE [main] org.apache.catalina.startup.Catalina.start Server startup in [42] milliseconds",
      {
        ...{ "log.level": "severe", "log.logger": "org.apache.catalina.startup.Catalina.start" },
        ...{ "process.thread.name": "main", message: "Server startup in [42] milliseconds" },
      },
    ],
    [
      "Quarkus",
      "2026-01-31 09:25:21,042 INFO  [io.quarkus] (main) started in 0.9s. Listening on: http://0.0.0.0:8080",
      {
        ...{ "log.level": "info", "log.logger": "io.quarkus", "process.thread.name": "main" },
        message: "started in 0.9s. Listening on: http://0.0.0.0:8080",
      },
    ],
    [
      "Elasticsearch",
      "[2026-01-31T09:25:21,042][INFO ][o.e.n.Node               ] [node-1] started",
      { "log.level": "info", "log.logger": "o.e.n.Node", message: "[node-1] started" },
    ],
    [
      "Dropwizard",
      "INFO  [2026-01-31 09:25:21,042] io.dropwizard.server.ServerFactory: Starting app",
      { "log.level": "info", "log.logger": "io.dropwizard.server.ServerFactory", message: "Starting app" },
    ],
    [
      "Kafka",
      "[2026-01-31 09:25:21,042] INFO [KafkaServer id=1] started (kafka.server.KafkaServer)",
      { "log.level": "info", message: "[KafkaServer id=1] started (kafka.server.KafkaServer)" },
    ],
    [
      "AWS's pattern for Log4j 2 on Lambda, as a public repository quotes a line",
      "b771fecc-1b53-4faf-922d-1d74357b1676 DEBUG AbstractFlow:214 - SMARequest(schemaVersion=1.0)",
      {
        ...{ "faas.execution": "b771fecc-1b53-4faf-922d-1d74357b1676", "log.level": "debug" },
        ...{ "log.logger": "AbstractFlow:214", message: "SMARequest(schemaVersion=1.0)" },
      },
    ],
    [
      "a pattern with the time and level alone",
      "2026-01-31 09:25:21 INFO up: 5",
      { "log.level": "info", message: "up: 5" },
    ],
  ])("of %s becomes fields", (_, line, parsed) => {
    expect(parse(line)).toEqual(parsed);
    expect(parse(`${line}\n`)).toEqual(parsed);
  });

  it("may have an exception behind it, of which the outermost is the error", () => {
    const trace =
      "java.lang.IllegalStateException: no order\nof that id\n\tat com.example.Orders.find(Orders.java:12)\nCaused by: java.io.IOException: closed\n\t... 3 more";
    expect(parse(`09:25:21.042 [main] ERROR c.e.Orders - failed\n\n${trace}\n`)).toEqual({
      ...{ "log.level": "error", "log.logger": "c.e.Orders", "process.thread.name": "main" },
      ...{ "error.type": "java.lang.IllegalStateException", "error.message": "no order\nof that id" },
      ...{ "error.stack_trace": trace, message: `failed\n\n${trace}` },
    });
    expect(
      parse("09:25:21.042 [main] ERROR c.e.Orders - x\njava.lang.StackOverflowError\n\tat a.B.c(B.java)"),
    ).toMatchObject({
      ...{ "error.type": "java.lang.StackOverflowError", message: expect.any(String) },
    });
  });

  it.each([
    ...[
      "",
      "INFO",
      "INFO something happened",
      "ERROR: disk full",
      "INFO [unclosed",
      "2026-01-31 09:25:21,042",
      "[main]",
    ],
    ...["2026-01-31 09:25:21,042 something happened", "2026-01-31 09:25:21,042 Information follows", "[1,2,3] INFO "],
    ...["2026-01-31 09:25:21,042 INFORMATION about", "12:30 INFO x", '{"level":"INFO"}', "WARN [disk] is full"],
    '127.0.0.1 - - [31/Jan/2026:09:25:21 +0000] "GET / HTTP/1.1" 200 2',
  ])("is no other text: %j", (text) => {
    expect(parseLog4j(text)).toBeUndefined();
  });

  it("reads lines without delay that could be read in many ways, and are none", () => {
    const spaces = " ".repeat(63);
    const line = `2026-01-31 09:25:21 INFO 1 --- [a${spaces}] [b${spaces}] [${spaces}] ${"x".repeat(256)}`;
    // Each would take a second; jest's time-out is 5 s.
    for (let i = 0; i < 20; i++) expect(parseLog4j(line)?.fields).toMatchObject({ log: { level: "info" } });
  });
});
