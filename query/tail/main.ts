import { parseTailArguments, tailCommandLine } from "../arguments/tail";
import { runProgram } from "../io";
import { runTail } from "./command";

runProgram(async (io) => runTail(parseTailArguments(tailCommandLine().parse()), io));
