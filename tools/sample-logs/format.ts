import type { Random } from "../random";

/** Input of a format for one line. */
export interface Scene {
  readonly random: Random;
  /** When the event happens. */
  readonly time: Date;
}

/** A format of log events. */
export interface Format {
  /** Header lines at the start of each file. @default none */
  readonly header?: readonly string[];
  /** The message of one event; it has line breaks where an application would write them. */
  line(scene: Scene): string;
}
