import { FaultsBody } from "./faults/faults";
import { LanesBody } from "./lanes/lanes";
import { PutBody } from "./put/put";
import { QuarantineBody } from "./quarantine/quarantine";
import { SearchBody } from "./search/search";
import type { Section } from "./section";

/** In the order of their tabs; the first is shown when the address names none. */
export const SECTIONS: readonly Section[] = [
  { path: "lanes", title: "Lanes", component: LanesBody },
  { path: "search", title: "Search", component: SearchBody },
  { path: "put", title: "Put", component: PutBody },
  { path: "faults", title: "Break things", component: FaultsBody },
  { path: "quarantine", title: "Quarantine", component: QuarantineBody, count: ({ quarantined }) => quarantined },
];
