import { InvalidArgumentError } from "commander";

export interface Options {
  json?: true;
  node: string[];
  minutes: number;
}

const DAY_MINUTES = 1440;

/** @throws InvalidArgumentError */
export function minutesOf(given: string): number {
  const minutes = Number(given);
  if (minutes > 0 && minutes <= DAY_MINUTES) return minutes;
  throw new InvalidArgumentError(`It is a number of minutes, up to ${DAY_MINUTES}.`);
}
