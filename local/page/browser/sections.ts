import { Lanes } from "./lanes/lanes";
import type { Section } from "./section";

/** In the order of their tabs; the first is shown when the address names none. */
export const SECTIONS: readonly Section[] = [{ path: "lanes", title: "Lanes", component: Lanes }];
