import type { Usage } from "../model/usage";

/** Another way to bring the same log groups to the same domain, or to search them. */
export interface Elsewhere {
  readonly name: string;
  readonly usage: Usage[];
  /** Where its sizes come from. */
  readonly source: string;
  /** What it does not do, or is not counted. */
  readonly without: string;
}
