import type { Deployment } from "../plan/deployment";
import type { CostOptions } from "./options";

/** A lane, by the option that says what it delivers, and how many of it a deployment has. */
const LANES: readonly {
  readonly option: "gbPerDay" | "firehoseGbPerDay" | "accessLogsGbPerDay";
  readonly flag: string;
  readonly named: readonly [one: string, many: string];
  count(deployment: Deployment): number;
}[] = [
  {
    ...{ option: "gbPerDay", flag: "--gb-per-day", named: ["stream of log groups", "streams of log groups"] },
    count: ({ streams }) => streams.length,
  },
  {
    ...{ option: "firehoseGbPerDay", flag: "--firehose-gb-per-day", named: ["Firehose stream", "Firehose streams"] },
    count: ({ firehoses }) => firehoses.length,
  },
  {
    ...{ option: "accessLogsGbPerDay", flag: "--access-logs-gb-per-day" },
    named: ["function of access logs", "functions of access logs"],
    count: ({ functions }) => functions.filter(({ kind }) => kind === "access-logs").length,
  },
];

/** Returns an error for each volume of a lane that a deployment does not have: it would cost nothing. */
export function missingLanes(options: CostOptions, deployment: Deployment): string[] {
  const has = LANES.map(({ named: [one, many], count }) => [count(deployment), one, many] as const)
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${count} ${count === 1 ? one : many}`);
  return LANES.filter(({ option, count }) => (options[option] ?? 0) > 0 && count(deployment) === 0).map(
    ({ option, flag, named: [one] }) =>
      `${flag} is ${options[option]}, but the plan has no ${one}. ` +
      `It has ${has.length === 0 ? "none of these lanes" : has.join(", ")}. ` +
      "Give the plan that has it to --plan, too, or leave out the option.",
  );
}
