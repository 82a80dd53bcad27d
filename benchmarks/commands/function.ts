import { WHOLE } from "../report/titles";
import type { Result } from "./benchmark";
import { eachCase } from "./each-case";

export const wholeFunction = async (): Promise<Result> => ({
  tables: { [WHOLE]: await eachCase("function", ["ms CPU", "× core"]) },
});
