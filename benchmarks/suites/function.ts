import { TITLES } from "../report/targets";
import { eachCase, type SuiteOptions, type SuiteResult } from "./suite";

export const functionSuite = async (options: SuiteOptions): Promise<SuiteResult> => ({
  tables: { [TITLES.function]: await eachCase("function", ["ms CPU", "× core"], options) },
});
