import { Faults } from "./faults/faults";
import { Lanes } from "./lanes/lanes";
import type { Section } from "./section";

/** In the order of their tabs; the first is shown when the address names none. */
export const SECTIONS: readonly Section[] = [
  { path: "lanes", title: "Lanes", component: Lanes },
  { path: "faults", title: "Break things", component: Faults },
];
