import { runProgram } from "../tools/usage/run-program";
import { parseDoctorArguments } from "./arguments/arguments";
import { doctorCommandLine } from "./arguments/options";
import { DoctorExitCode, runDoctor } from "./command";

runProgram(
  () => runDoctor(parseDoctorArguments(doctorCommandLine().parse(), process.env), console.log),
  // What has not been read may be what is wrong.
  () => DoctorExitCode.Unhealthy,
);
