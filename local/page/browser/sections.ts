import { Faults } from "./faults/faults";
import { Lanes } from "./lanes/lanes";
import { Put } from "./put/put";
import { Quarantine } from "./quarantine/quarantine";
import { SearchBody } from "./search/search";
import type { Section } from "./section";

/** In the order of their tabs; the first is shown when the address names none. */
export const SECTIONS: readonly Section[] = [
  { path: "lanes", title: "Lanes", component: Lanes },
  { path: "search", title: "Search", component: SearchBody },
  { path: "put", title: "Put", component: Put },
  { path: "faults", title: "Break things", component: Faults },
  { path: "quarantine", title: "Quarantine", component: Quarantine, count: ({ quarantined }) => quarantined },
];
