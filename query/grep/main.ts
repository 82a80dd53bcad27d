import { grepCommandLine, parseGrepArguments } from "../arguments/grep";
import { runProgram } from "../io";
import { runGrep } from "./command";

runProgram(async (io) => runGrep(parseGrepArguments(grepCommandLine().parse()), io));
