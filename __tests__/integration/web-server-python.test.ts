import { join } from "node:path";
import { emulatedAccount } from "../../local/aws/account";
import { startService } from "../../tools/processes/process";
import { startKinesis } from "../support/kinesis-server";
import { PYTHON_LOGGER, pythonPackages } from "../support/python-packages";

const SERVER = join(__dirname, "..", "..", "examples", "web-server-python", "server.py");

it("logs requests, statuses and errors, and sends what is left on SIGTERM: the web server in Python", async () => {
  const { python } = await pythonPackages();
  const kinesis = await startKinesis("shop-logs");
  const env = {
    ...emulatedAccount,
    PYTHONPATH: join(PYTHON_LOGGER, "src"),
    AWS_ENDPOINT_URL_KINESIS: kinesis.origin,
    LOG_STREAM: "shop-logs",
    PORT: "0",
  };
  const server = await startService(python, ["-B", SERVER], {
    env,
    ready: /^listening on (\S+)$/,
    timeoutSeconds: 120,
  });
  try {
    const statuses: number[] = [];
    for (const path of ["/", "/error", "/missing?x=\u{1F600}"]) {
      statuses.push((await fetch(server.match[1] + path)).status);
    }
    expect(statuses).toEqual([200, 500, 404]);
    server.process.child.kill("SIGTERM");
    expect(await server.process.ended).toBe("exit status 0");
  } finally {
    await server.process.stop();
    await kinesis.stop();
  }
  const text = kinesis.accepted.map(({ Data }) => Buffer.from(Data, "base64").toString()).join("");
  const lines = text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { message: "started" },
    {
      message: "GET / 200",
      "log.level": "info",
      "service.name": "shop",
      "event.outcome": "success",
      "event.duration": expect.any(Number),
      http: { request: { method: "GET" }, response: { status_code: 200 } },
      url: { original: "/" },
    },
    {
      message: "GET /error failed",
      "log.level": "error",
      "error.type": "RuntimeError",
      "error.message": "the shop is closed",
      "event.outcome": "failure",
      http: { response: { status_code: 500 } },
    },
    { message: "GET /missing?x=%F0%9F%98%80 404", http: { response: { status_code: 404 } } },
    { message: "stopped" },
  ]);
}, 300_000);
