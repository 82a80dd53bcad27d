import { MachineError } from "../../tools/failures/machine-error";
import { networkReason } from "../../tools/failures/network";
import { explainSystemErrorIn } from "../../tools/failures/system-error";
import type { ProcessError } from "../../tools/processes/process";

/** Explains why Python could not create the virtual environment. */
export function venvFailure(error: ProcessError): MachineError {
  const { how, output } = error;
  const system = explainSystemErrorIn(`${how}\n${output}`);
  return new MachineError(
    `Python cannot create the virtual environment for the AWS emulator (${how}).`,
    system ?? "Debian, Ubuntu: sudo apt-get install python3-venv. Elsewhere: put another Python first on the PATH.",
    output,
    { cause: error },
  );
}

/** Explains why pip could not install moto. */
export function pipFailure(error: ProcessError): MachineError {
  const { how, output } = error;
  const system = explainSystemErrorIn(`${how}\n${output}`);
  const what = "moto, the AWS emulator, cannot be fetched by pip";
  if (system) return new MachineError(`${what}.`, system, output, { cause: error });
  return new MachineError(
    `${what}: ${networkReason(output) ?? how}.`,
    "It is fetched only once. Give this machine access to PyPI, or configure an index, a proxy or a certificate by pip.conf or PIP_INDEX_URL, PIP_PROXY and PIP_CERT.",
    output,
    { cause: error },
  );
}
