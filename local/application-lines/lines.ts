import { randomUUID } from "node:crypto";

/** A line as an application's logger writes it, and the id by which it is found. */
export interface ApplicationLine {
  readonly id: string;
  /** JSON, without a line break. */
  readonly text: string;
}

const PATHS = ["/", "/products", "/cart", "/orders"];

/**
 * Generates lines of a web server, in the form of the client libraries.
 *
 * @param run a label of each line: what sets these apart from others
 * @param now of the last line, in milliseconds since the epoch
 */
export function applicationLines(count: number, run: string, now: number): ApplicationLine[] {
  return Array.from({ length: count }, (_, n) => {
    const id = randomUUID();
    const status = n % 20 === 19 ? 500 : 200;
    const path = PATHS[n % PATHS.length];
    const line = {
      "@timestamp": new Date(now - (count - n)).toISOString(),
      "log.level": status === 500 ? "error" : "info",
      message: `GET ${path} ${status}`,
      "ecs.version": "8.11.0",
      "service.name": "shop",
      "event.id": id,
      "http.response.status_code": status,
      "url.path": path,
      labels: { run },
    };
    return { id, text: JSON.stringify(line) };
  });
}
