import { parseSqlArguments, sqlCommandLine } from "../arguments/sql";
import { runQuery } from "../io";
import { runSql } from "./command";

runQuery(async (io) => runSql(parseSqlArguments(sqlCommandLine().parse()), io));
