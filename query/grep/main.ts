import { grepCommandLine, parseGrepArguments } from "../arguments/grep";
import { runQuery } from "../io";
import { runGrep } from "./command";

runQuery(async (io) => runGrep(parseGrepArguments(grepCommandLine().parse()), io));
