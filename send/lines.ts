/** A line of test data, as a logger takes it. */
export interface TestLine {
  readonly level: "info" | "warn" | "error";
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const PATHS = ["/", "/products", "/products/17", "/cart", "/orders", "/health"];
const METHODS = ["GET", "GET", "GET", "POST"];

/** One request in so many fails, by status. */
const FAILURES: readonly (readonly [every: number, status: number])[] = [
  [97, 503],
  [31, 500],
  [11, 404],
];

/**
 * Returns a line of a web server's log of requests: method, path, status, duration, and for a status of 500 and more an error.
 *
 * @param n number of the line, from 0: the same number gives the same line
 */
export function testLine(n: number): TestLine {
  const method = METHODS[n % METHODS.length]!;
  const path = PATHS[(n * 7) % PATHS.length]!;
  const status = FAILURES.find(([every]) => n % every === every - 1)?.[1] ?? 200;
  const milliseconds = 3 + ((n * 37) % 190);
  return {
    level: status >= 500 ? "error" : status >= 400 ? "warn" : "info",
    message: `${method} ${path} ${status} in ${milliseconds} ms`,
    fields: {
      "event.sequence": n,
      "http.request.method": method,
      "url.path": path,
      "http.response.status_code": status,
      // ECS: in nanoseconds.
      "event.duration": milliseconds * 1_000_000,
      ...(status >= 500 && { error: new Error(status === 503 ? "the shop is full" : "the order cannot be stored") }),
    },
  };
}
