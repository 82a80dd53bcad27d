/** A web server that logs each request, with status and duration, and each error to a Kinesis stream. */
import { createServer } from "node:http";
import { KinesisLogger } from "aws-logging-pipeline-logger";

const { LOG_STREAM = "", PORT = "8080" } = process.env;
const logger = new KinesisLogger(LOG_STREAM, {
  service: "shop",
  tags: { example: "web-server-node" },
  logger: "web",
});

/** Returns what a path shows. */
function respond(path) {
  if (path === "/") return { status: 200, body: "hello\n" };
  if (path === "/error") throw new Error("the shop is closed");
  return { status: 404, body: "not found\n" };
}

const server = createServer((request, response) => {
  const began = performance.now();
  let answer = { status: 500, body: "error\n" };
  let error;
  try {
    answer = respond(request.url);
  } catch (thrown) {
    error = thrown;
  }
  response.writeHead(answer.status).end(answer.body);
  const said = `${request.method} ${request.url} ${error ? "failed" : answer.status}`;
  // ECS's names; a duration is in nanoseconds there.
  const fields = {
    event: {
      duration: Math.round((performance.now() - began) * 1e6),
      outcome: answer.status < 500 ? "success" : "failure",
    },
    http: { request: { method: request.method }, response: { status_code: answer.status } },
    url: { original: request.url },
    client: { ip: request.socket.remoteAddress },
  };
  if (error) logger.error(said, { ...fields, error });
  else logger.info(said, fields);
});

process.once("SIGTERM", () => {
  server.close(async () => {
    logger.info("stopped");
    await logger.close();
  });
  server.closeIdleConnections();
});

server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
  logger.info("started");
});
