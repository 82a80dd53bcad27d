import { type Cell, markdownTable } from "../../tools/text/markdown-table";
import { CountsByName } from "../counts-by-name";

/** Requests to a service, and the bytes of its responses' bodies. */
export class RequestCounts {
  readonly requests = new CountsByName();
  bytes = 0;

  add(name: string, bytes: number): void {
    this.requests.add(name);
    this.bytes += bytes;
  }

  get sum(): number {
    return this.requests.entries().reduce((sum, [, count]) => sum + count, 0);
  }
}

/** What a run of a command took. */
export interface RunCost {
  readonly name: string;
  /** Events of the archive that it went through. */
  readonly events: number;
  readonly s3: RequestCounts;
  readonly search: RequestCounts;
  readonly seconds: number;
  /** Of the command's processes. */
  readonly cpuSeconds: number;
}

/** USD for a request, in us-east-1, November 2026. Source: Amazon S3 pricing; HEAD is priced as GET, PUT as LIST. */
const S3_PRICES: Readonly<Record<string, number>> = { GET: 4e-7, HEAD: 4e-7, LIST: 5e-6, PUT: 5e-6 };

/** The kind of a request to S3, as it is priced. */
export function s3RequestKind(method = "GET", url = ""): string {
  return method === "GET" && /[?&]list-type=2(&|$)/.test(url) ? "LIST" : method;
}

/** USD of requests to S3. A deletion costs nothing. */
export const s3Dollars = ({ requests }: RequestCounts): number =>
  requests.entries().reduce((sum, [kind, count]) => sum + count * (S3_PRICES[kind] ?? 0), 0);

const MILLION = 1e6;
const MIB = 1024 * 1024;

/** Formats what runs took, and what a million events would take, in Markdown. */
export function runCostText(costs: readonly RunCost[]): string {
  const rows = costs.flatMap((cost): Cell[][] => {
    const cells = (factor: number, { s3, search, seconds, cpuSeconds }: RunCost): Cell[] => [
      ...["GET", "HEAD", "LIST"].map((kind) => Math.round(factor * s3.requests.of(kind))),
      ...[factor * (s3.bytes / MIB), Math.round(factor * search.sum), factor * (search.bytes / MIB)],
      ...[factor * seconds, factor * cpuSeconds, (factor * s3Dollars(s3)).toFixed(4)],
    ];
    const whole = [cost.name, cost.events, ...cells(1, cost)];
    // One that could compare nothing has cost nothing for any number of events.
    return cost.events === 0 ? [whole] : [whole, ["for a million events", "", ...cells(MILLION / cost.events, cost)]];
  });
  const head = [
    "run",
    "events",
    "GET",
    "HEAD",
    "LIST",
    "MiB of S3",
    "searches",
    "MiB of search",
    "s",
    "CPU s",
    "USD of S3",
  ];
  return markdownTable(head, rows, { isPadded: true });
}

/** Reads the CPU seconds of a shell's children from what its `times` prints in two lines. @throws Error if it did not */
export function cpuSecondsIn(lines: readonly string[]): number {
  const times = lines.flatMap((line) => /^(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/.exec(line) ?? []);
  // The second line is the children's; each match is the line itself and four numbers.
  const [, userMinutes, user, systemMinutes, system] = times.slice(5).map(Number);
  const seconds = 60 * (userMinutes! + systemMinutes!) + user! + system!;
  if (Number.isNaN(seconds)) throw new Error(`no times of the shell:\n${lines.join("\n")}`);
  return seconds;
}
