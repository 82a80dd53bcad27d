import { type AddressInfo, createServer, type Server } from "node:net";
import { MachineError } from "../../../tools/failures/machine-error";
import { checkPort, freePort } from "../../../tools/processes/port";

async function listen(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return server;
}

const close = (server: Server) => new Promise((resolve) => server.close(resolve));

describe("freePort", () => {
  it("finds a port that can be listened on", async () => {
    const port = await freePort();
    const server = await listen(port);
    expect((server.address() as AddressInfo).port).toBe(port);
    await close(server);
  });
});

describe("checkPort", () => {
  it("accepts a free port", async () => {
    await expect(checkPort(await freePort(), "OpenSearch")).resolves.toBeUndefined();
  });

  it("names the process that listens on the port", async () => {
    const server = await listen(0);
    const { port } = server.address() as AddressInfo;
    const checked = checkPort(port, "OpenSearch");
    await expect(checked).rejects.toThrow(MachineError);
    await expect(checked).rejects.toThrow(
      new RegExp(
        `^OpenSearch cannot listen on port ${port}: .+ \\(process ${process.pid}\\) already does\\.\nEnd that program, or choose`,
      ),
    );
    await close(server);
  });
});
