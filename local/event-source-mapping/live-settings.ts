import type { MappingSettings } from "./settings";

/** Settings of a mapping that change while it runs. */
export class LiveSettings {
  readonly #listeners = new Set<() => void>();
  #value: MappingSettings;

  constructor(value: MappingSettings) {
    this.#value = value;
  }

  get value(): MappingSettings {
    return this.#value;
  }

  /** Also without a difference: what waits to retry then does so at once. */
  set(value: MappingSettings): void {
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  /** @returns what ends it */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
