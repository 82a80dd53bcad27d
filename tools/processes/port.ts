import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { MachineError } from "../failures/machine-error";
import { listenerOn } from "./listener";

/** A port of 127.0.0.1 that is free now. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * @param what is to listen there, such as `OpenSearch`
 * @throws MachineError when another program listens there, or this user may not: which, and what to do
 */
export async function checkPort(port: number, what: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      const user = (await listenerOn(port)) ?? "another program";
      throw new MachineError(
        `${what} cannot listen on port ${port}: ${user} does.`,
        "End that, or choose another port.",
      );
    }
    if (code === "EACCES") {
      throw new MachineError(
        `${what} cannot listen on port ${port}: permission denied.`,
        "Choose a port of 1024 or above.",
      );
    }
    throw error;
  }
}

async function listenOnce(port: number): Promise<number> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: listening } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return listening;
}
