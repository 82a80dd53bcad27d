import type { RunningPipeline } from "../../../local/running";
import { checkPipelinePort } from "../../../local/start/check-port";
import { MachineError } from "../../../tools/failures/machine-error";
import { freePort } from "../../../tools/processes/port";
import { type HttpServer, startServer } from "../../support/http-server";

let server: HttpServer;
let port: number;

beforeEach(async () => {
  server = await startServer((_, response) => response.end());
  port = Number(new URL(server.origin).port);
});

afterEach(() => server.stop());

function pipelineOn(emulatorUrl: string, searchEndpoint: string): RunningPipeline {
  const services = { emulatorUrl, searchEndpoint, indexPattern: "cwl-*" };
  return { pid: 47, command: "node", startedAt: "2026-11-26T12:00:00.000Z", directory: "/tmp/here", services };
}

describe("checkPipelinePort", () => {
  it("accepts a free port", async () => {
    await expect(checkPipelinePort(await freePort(), "OpenSearch")).resolves.toBeUndefined();
  });

  it.each(["emulator", "search engine"])("says how to end a pipeline whose %s listens on the port", async (which) => {
    const other = "http://127.0.0.1:1";
    const pipeline = which === "emulator" ? pipelineOn(server.origin, other) : pipelineOn(other, server.origin);
    const checked = checkPipelinePort(port, "OpenSearch", async () => [pipeline]);
    await expect(checked).rejects.toThrow(MachineError);
    await expect(checked).rejects.toThrow(
      `OpenSearch cannot listen on port ${port}: the pipeline of process 47, started from this folder, already does.\nEnd that pipeline: npm start -- stop --pid 47.`,
    );
  });

  it("names any other program", async () => {
    const others = async () => [pipelineOn("http://127.0.0.1:1", `https://search.example:${port}`)];
    const none = () => Promise.reject(new Error("No pipeline runs"));
    for (const running of [others, none]) {
      await expect(checkPipelinePort(port, "OpenSearch", running)).rejects.toThrow(/ already does\.\nEnd that program/);
    }
  });
});
