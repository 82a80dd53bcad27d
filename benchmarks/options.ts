import { InvalidArgumentError } from "commander";

const DAY_MINUTES = 1440;
const MAX_ROUNDS = 1000;

/** @throws InvalidArgumentError */
export function minutesOf(given: string): number {
  const minutes = Number(given);
  if (minutes > 0 && minutes <= DAY_MINUTES) return minutes;
  throw new InvalidArgumentError(`It is a number of minutes, up to ${DAY_MINUTES}.`);
}

/** @throws InvalidArgumentError */
export function roundsOf(given: string): number {
  const rounds = Number(given);
  if (Number.isInteger(rounds) && rounds >= 1 && rounds <= MAX_ROUNDS) return rounds;
  throw new InvalidArgumentError(`It is a whole number of rounds, from 1 to ${MAX_ROUNDS}.`);
}
