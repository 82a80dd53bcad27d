import { parseSqlArguments, sqlCommandLine } from "../arguments/sql";
import { runProgram } from "../io";
import { runSql } from "./command";

runProgram(async (io) => runSql(parseSqlArguments(sqlCommandLine().parse()), io));
