import type { Options } from "../options";
import type { Tables } from "../report/table";

export interface Result {
  tables: Tables;
  /** What is wrong with what was measured: the benchmark then ends with exit code 1. */
  failure?: string;
}

export type Benchmark = (options: Options) => Promise<Result>;

/** A benchmark takes minutes: this is what a person sees meanwhile. */
export const progress = (line: string): void => console.error(line);
