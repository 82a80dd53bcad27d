import type { Random } from "../random";

/** What a line is made of besides its format. */
export interface Scene {
  readonly random: Random;
  /** When the event happens. */
  readonly time: Date;
}

/** One format of log events. */
export interface Format {
  /** Lines at the start of each file that are no events. @default none */
  readonly header?: readonly string[];
  /** The message of one event; it has line breaks where an application would write them. */
  line(scene: Scene): string;
}
