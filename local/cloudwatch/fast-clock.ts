/** A clock that runs faster than the machine's, so that alarms whose periods are minutes begin within seconds. */
export class FastClock {
  readonly #start = Date.now();

  /** @param speed seconds of this clock in a real one */
  constructor(readonly speed: number) {}

  /** @returns milliseconds since the epoch */
  now(): number {
    return this.at(Date.now());
  }

  /** Returns the time of this clock at a real one. @param real in milliseconds since the epoch */
  at(real: number): number {
    return this.#start + (real - this.#start) * this.speed;
  }
}
