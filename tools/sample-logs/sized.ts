const COUNT = 500;
const PATHS = ["/", "/login", "/cart?item=7", "/static/app.js", "/api/v2/orders/search?q=k%C3%A4se&page=2"];
const LEVELS = ["debug", "info", "warn", "error"];

/** Generates lines of text of exactly `bytes` bytes, for measurements. */
export const sizedText = (bytes: number): string[] => Array.from({ length: COUNT }, (_, n) => textOf(n, bytes));

/** Generates JSON objects of about `bytes` bytes, for measurements. */
export const sizedJson = (bytes: number): string[] => Array.from({ length: COUNT }, (_, n) => jsonOf(n, bytes));

function textOf(n: number, bytes: number): string {
  const start = `10.0.${n % 256}.7 "GET ${PATHS[n % 5]} HTTP/1.1" ${200 + (n % 5) * 100} ${n * 31}`;
  return (start + ' "https://example.com/" Mozilla/5.0 (X11; Linux)'.repeat(1 + bytes / 50)).slice(0, bytes);
}

function jsonOf(n: number, bytes: number): string {
  if (bytes < 100) return `{"level":"${LEVELS[n % 4]}","n":${n},"msg":"${"started ".repeat(3)}"}`;
  const event = {
    level: LEVELS[n % 4],
    logger: "com.example.shop.Checkout",
    message: `order "${n}" placed`,
    http: { status: 200 + (n % 5) * 100, path: PATHS[n % 5], ms: n / 7 },
    tags: ["a", "b"],
    stack: "",
  };
  const stackLine = "\n\tat checkout (/app/shop.js:17:3)";
  event.stack = stackLine.repeat(Math.max(0, Math.round((bytes - JSON.stringify(event).length) / 34)));
  return JSON.stringify(event);
}
