import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { MachineError } from "../failures/machine-error";
import { listenerOn } from "./listener";

/** Finds a free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * Checks that a port of 127.0.0.1 is free.
 *
 * @param what the program that needs the port, such as `OpenSearch`
 * @throws MachineError when another program listens on it, or this user may not
 */
export async function checkPort(port: number, what: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      const user = (await listenerOn(port)) ?? "another program";
      throw new MachineError(
        `${what} cannot listen on port ${port}: ${user} already does.`,
        "End that program, or choose another port.",
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
