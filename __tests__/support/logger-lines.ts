/** A time of the n-th line, and what loggers make of it. */
const time = (n: number) => new Date(Date.parse("2026-11-21T03:00:00Z") + 977 * n);
const iso = (n: number) => time(n).toISOString();
const json = (value: object): string => JSON.stringify(value);
const uuid = (n: number) => `8a2f6c1e-0000-4000-8000-${String(n).padStart(12, "0")}`;

/**
 * The n-th line of each of the loggers that people use most, in the forms that their documentation shows. Each has several
 * forms: with and without an error, whole numbers and fractions, short and long values.
 */
export const LOGGERS: Readonly<Record<string, (n: number) => string>> = {
  "Lambda, JSON": (n) =>
    n % 3 === 0
      ? json({
          time: iso(n),
          type: "platform.report",
          record: {
            requestId: uuid(n),
            status: "success",
            metrics: {
              durationMs: n % 2 === 0 ? n : n + 0.59,
              billedDurationMs: n,
              memorySizeMB: 128,
              initDurationMs: 1.5,
            },
            spans: [{ name: "responseLatency", start: iso(n), durationMs: 2.1 }],
            tracing: { type: "X-Amzn-Trace-Id", value: "Root=1-6526,Sampled=1", spanId: "af" },
          },
        })
      : json({
          timestamp: iso(n),
          level: "ERROR",
          requestId: uuid(n),
          ...(n % 3 === 1
            ? { message: "order placed" }
            : { message: { errorType: "TypeError", errorMessage: "x", n } }),
          errorType: "TypeError",
          errorMessage: "undefined is not a function",
          stackTrace: ["at handler (/var/task/index.js:3:9)", "at run"],
        }),
  "Powertools, Python": (n) =>
    json({
      level: "INFO",
      location: `handler:${n}`,
      message: n % 4 === 0 ? { order: n, amount: n / 7 } : "order placed",
      timestamp: "2026-11-21 03:00:00,494+0000",
      service: "payment",
      cold_start: n % 2 === 0,
      function_name: "payment",
      function_memory_size: n % 2 === 0 ? "128" : 128,
      function_arn: "arn:aws:lambda:eu-central-1:111111111111:function:payment",
      function_request_id: uuid(n),
      xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
      sampling_rate: n % 2 === 0 ? 0 : 0.1,
      ...(n % 5 === 0 && {
        exception: "Traceback (most recent call last):\n  ValueError",
        exception_name: "ValueError",
      }),
    }),
  "Powertools, TypeScript": (n) =>
    json({
      level: "ERROR",
      message: "card declined",
      sampling_rate: 0,
      service: "payment",
      timestamp: iso(n),
      xray_trace_id: "abcdef",
      error: { name: "Error", location: "/app/index.js:3", message: "declined", stack: "Error: declined\n  at pay" },
    }),
  pino: (n) =>
    json({
      level: [10, 20, 30, 40, 50][n % 5],
      time: time(n).getTime(),
      pid: n,
      hostname: "shop-7d9f",
      req: {
        id: n,
        method: "GET",
        url: "/orders",
        headers: { host: "shop", "content-length": "17" },
        remotePort: 40_000,
      },
      res: { statusCode: 200, headers: { "content-length": 17 } },
      responseTime: n % 2 === 0 ? 18 : 18.593,
      ...(n % 3 === 0 && {
        err: { type: "Error", message: "declined", stack: "Error: declined\n  at pay", code: "E1" },
      }),
      msg: "request completed",
    }),
  zap: (n) =>
    json({
      level: "error",
      ts: n % 2 === 0 ? 1_795_230_000 + n : 1_795_230_000.123 + n,
      logger: "shop",
      caller: "shop/pay.go:17",
      msg: "card declined",
      error: "declined",
      errorVerbose: "declined\nmain.pay",
      backoff: n % 2 === 0 ? 1 : "1s",
      stacktrace: "main.pay\n\t/app/pay.go:17",
    }),
  "zap, production ISO": (n) => json({ level: "info", ts: iso(n), caller: "a.go:1", msg: "started", version: n }),
  "Serilog, compact": (n) =>
    json({
      "@t": iso(n),
      "@mt": "Order {OrderId} by {User} took {Elapsed} ms",
      "@l": "Warning",
      "@i": "f3a1",
      ...(n % 3 === 0 && { "@x": "System.Exception: declined\n  at Pay()" }),
      OrderId: n,
      User: n % 2 === 0 ? "kim" : "lee",
      Elapsed: n % 2 === 0 ? 18 : 18.593,
      Success: n % 2 === 0,
    }),
  "Serilog, JsonFormatter": (n) =>
    json({
      Timestamp: "2026-11-21T03:00:00.1234567+01:00",
      Level: "Information",
      MessageTemplate: "Order {OrderId}",
      RenderedMessage: `Order ${n}`,
      Exception: "System.Exception: declined",
      Properties: { OrderId: n, SourceContext: "Shop.Pay", Position: { Latitude: 25, Longitude: n / 3 } },
      Renderings: { Elapsed: [{ Format: "000", Rendering: "034" }] },
    }),
  "ECS, nested": (n) =>
    json({
      "@timestamp": iso(n),
      "log.level": "info",
      message: "order placed",
      ecs: { version: "8.10.0" },
      service: { name: "shop", version: "1.0", environment: "prod" },
      event: { dataset: "shop.log", duration: n * 1_000_003, severity: 3 },
      error: {
        type: "PaymentError",
        message: "declined",
        stack_trace: "Error\n at pay",
        code: n % 2 === 0 ? "17" : 17,
      },
      process: { pid: n, thread: { name: "main", id: 1 } },
      labels: { app: "shop", transaction_id: uuid(n) },
      user: { id: String(n), name: "kim" },
      host: { name: "shop-7d9f", ip: ["10.0.0.1"] },
      log: { logger: "shop.Pay", origin: { "file.line": 3, function: "pay" } },
      tags: ["a", "b"],
    }),
  "ECS, dotted": (n) =>
    json({
      "@timestamp": iso(n),
      "log.level": "INFO",
      "log.logger": "shop.Pay",
      message: "order placed",
      "ecs.version": "1.2.0",
      "service.name": "shop",
      "event.dataset": "shop",
      "process.thread.name": "main",
      "error.type": "java.lang.IllegalStateException",
      "error.message": "declined",
      "error.stack_trace": "java.lang.IllegalStateException\n\tat shop.Pay",
      "trace.id": "4bf92f3577b34da6a3ce929d0e0e4736",
    }),
  "Fluent Bit": (n) =>
    json({
      log: `2026-11-21 order ${n} placed\n`,
      stream: "stdout",
      time: "2026-11-21T03:00:00.123456789Z",
      kubernetes: {
        pod_name: "shop-7d9f",
        namespace_name: "prod",
        pod_id: uuid(n),
        labels: n % 2 === 0 ? { app: "shop" } : { "app.kubernetes.io/name": "shop", "pod-template-hash": "7d9f" },
        annotations: { "kubernetes.io/psp": "eks.privileged", "prometheus.io/port": "9090", "prometheus.io": "x" },
        host: "ip-10-0-0-1",
        container_name: "shop",
        docker_id: "ab12",
        container_hash: "sha256:1",
      },
      ...(n % 3 === 0 && { log_processed: { level: "info", msg: "placed", code: 7 } }),
    }),
  "Kubernetes labels": (n) =>
    json({
      level: "info",
      msg: "synced",
      object: {
        kind: "Pod",
        metadata: {
          labels: n % 2 === 0 ? { "app.kubernetes.io/name": "shop", app: "shop" } : { app: "shop" },
          annotations: { "kubectl.kubernetes.io/restartedAt": iso(n), kubectl: "x" },
          generation: n,
        },
      },
    }),
  "Container Insights": (n) =>
    json({
      AutoScalingGroupName: "eks",
      ClusterName: "prod",
      InstanceId: "i-1234567890123456",
      InstanceType: "m5.large",
      Namespace: "prod",
      PodName: "shop",
      Sources: ["cadvisor", "pod", "calculated"],
      Timestamp: String(time(n).getTime()),
      Type: "Pod",
      Version: "0",
      CloudWatchMetrics: [
        {
          Metrics: [{ Unit: "Percent", Name: "pod_cpu_utilization" }],
          Dimensions: [["PodName", "Namespace", "ClusterName"], ["ClusterName"]],
          Namespace: "ContainerInsights",
        },
      ],
      kubernetes: {
        host: "ip-10-0-0-1",
        labels: { app: "shop", "app.kubernetes.io/name": "shop", "pod-template-generation": String(n) },
        namespace_name: "prod",
        pod_name: "shop",
        pod_owners: [{ owner_kind: "Deployment", owner_name: "shop" }],
      },
      pod_cpu_utilization: n % 2 === 0 ? 0 : 0.05,
      pod_memory_working_set: 9_007_199_254_740_992 + n,
      pod_status: "Running",
    }),
};
