import type { Usage } from "../model/usage";

/** A figure that somebody published, and what the model makes of the same. All are of us-east-1. */
export interface PublishedFigure {
  /** Page or document, by name. */
  readonly source: string;
  readonly what: string;
  /** In US dollars a month. */
  readonly usd: number;
  readonly usage: Usage[];
  /** Why the two may differ by more than 5 %. */
  readonly differsBecause?: string;
}

type Row = readonly [what: string, usd: number, usage: Usage[], differsBecause?: string];

/** The figures of one source. */
export const figuresOf = (source: string, rows: readonly Row[]): PublishedFigure[] =>
  rows.map(([what, usd, usage, differsBecause]) => ({
    ...{ source, what, usd, usage },
    ...(differsBecause !== undefined && { differsBecause }),
  }));
