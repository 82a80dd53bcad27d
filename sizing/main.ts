import { runProgram } from "../tools/usage/run-program";
import { parseSizingArguments } from "./arguments/arguments";
import { sizingCommandLine } from "./arguments/options";
import { sizingJson } from "./report-json";
import { sizingText } from "./report-text";
import { sizePipeline } from "./size";

runProgram(
  async () => {
    const { workload, isJson } = parseSizingArguments(sizingCommandLine().parse());
    const sizing = sizePipeline(workload);
    console.log(isJson ? JSON.stringify(sizingJson(sizing)) : sizingText(sizing));
    return 0;
  },
  // Whoever has read enough got what was asked for.
  () => 0,
);
