import { cpus, loadavg } from "node:os";

/** Where it was measured: figures of two machines cannot be compared without it. */
export function machine(): string {
  const [cpu] = cpus();
  const load = loadavg()[0]!.toFixed(1);
  return `Node.js ${process.version}, ${cpus().length} cores, ${cpu?.model ?? "unknown CPU"}, load ${load} at the start`;
}
