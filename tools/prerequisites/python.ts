import { type Probe, type ProbeOptions, probe } from "./probe";

const VERSION = /^(\d+)\.(\d+)/m;

/** @param options.withVenv whether it must create virtual environments, which need a separate package on Debian */
export async function probePython(options: ProbeOptions & { readonly withVenv: boolean }): Promise<Probe> {
  const found = await probe("python3", ["-c", "import sys; print(sys.version)"], VERSION, options);
  if (!options.withVenv || !("version" in found)) return found;
  const withVenv = await probe("python3", ["-c", "import ensurepip, sys, venv; print(sys.version)"], VERSION, options);
  return "fails" in withVenv ? { fails: `found ${found.version.join(".")} without venv and ensurepip` } : found;
}
