import type { Random } from "../../tools/random";

const USERS = ["ann", "ben", "chioma", "dai", "elif"];
const PATHS = ["/products/4711", "/products/815", "/cart", "/checkout", "/search?q=lamp"];
const AGENT = "Mozilla/5.0 (X11; Linux x86_64)";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A line as a shop's service or its web server logs it. */
export function shopLine(random: Random, time: Date): string {
  if (random.chance(0.4)) return accessLine(random, time);
  const order = random.integer(4_000, 4_999);
  const more = { time: time.toISOString(), order: { id: order, total: random.integer(500, 20_000) / 100 } };
  const user = { name: random.pick(USERS) };
  if (random.chance(0.06)) {
    return JSON.stringify({
      level: "error",
      message: `card of order ${order} declined: insufficient funds`,
      ...more,
      user,
    });
  }
  if (random.chance(0.1)) {
    return JSON.stringify({ level: "warn", message: `payment took ${random.integer(2_000, 9_000)} ms`, ...more, user });
  }
  return JSON.stringify({
    level: "info",
    message: `order ${order} ${random.pick(["placed", "paid", "shipped"])}`,
    ...more,
    user,
  });
}

function accessLine(random: Random, time: Date): string {
  const status = random.chance(0.05) ? 502 : random.pick([200, 200, 200, 200, 304, 404]);
  const request = `${random.pick(["GET", "GET", "GET", "POST"])} ${random.pick(PATHS)} HTTP/1.1`;
  return `192.0.2.${random.integer(1, 254)} - - [${clf(time)}] "${request}" ${status} ${random.integer(200, 40_000)} "-" "${AGENT}"`;
}

/** `28/Nov/2026:16:00:00 +0000` */
function clf(time: Date): string {
  const [date = "", clock = ""] = time.toISOString().slice(0, 19).split("T");
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${clock} +0000`;
}
