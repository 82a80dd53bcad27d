import { parseTailArguments, tailCommandLine } from "../arguments/tail";
import { runQuery } from "../io";
import { runTail } from "./command";

runQuery(async (io) => runTail(parseTailArguments(tailCommandLine().parse()), io));
