/** Settings of a running mapping, which can change at any time. */
export class LiveSettings<Settings> {
  readonly #listeners = new Set<() => void>();
  #value: Settings;

  constructor(value: Settings) {
    this.#value = value;
  }

  get value(): Settings {
    return this.#value;
  }

  /** Notifies listeners even if nothing differs: pending retries then run at once. */
  set(value: Settings): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** @returns a function that removes the listener */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
