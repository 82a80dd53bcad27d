import type { ComponentType } from "preact";
import type { PageState } from "../shared/page-state";

export interface SectionProps {
  readonly state: PageState;
  /** Whether the pipeline runs and answers: nothing is asked for again and again while it does not. */
  readonly isAnswering: boolean;
  /** What the address holds of this section: `#/search?q=…`. */
  readonly query: URLSearchParams;
  /** Writes it into the address. @param isStep false: the Back button does not come back to what was there before @default true */
  setQuery(query: URLSearchParams, isStep?: boolean): void;
}

export interface Section {
  /** In the address, after `#/`. */
  readonly path: string;
  readonly title: string;
  readonly component: ComponentType<SectionProps>;
  /** What is counted beside the title; none for 0 and undefined. */
  count?(state: PageState): number | undefined;
}
