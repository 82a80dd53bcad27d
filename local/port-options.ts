import { shown } from "../tools/text/one-line";
/** As on the command line: where what. */
export interface GivenPorts {
  readonly searchEndpoint?: string;
  readonly emulatorPort?: string;
  readonly searchPort?: string;
}

/** What is wrong with the ports. */
export function portMistakes({ emulatorPort, searchPort, searchEndpoint }: GivenPorts): string[] {
  const ports = Object.entries({ "--emulator-port": emulatorPort, "--search-port": searchPort });
  return [
    ...ports
      .filter(([, port]) => port !== undefined && !isPort(port))
      .map(([option, port]) => `${option} ${shown(port!)} is not a port: a whole number from 1 to 65535`),
    ...(emulatorPort !== undefined && portOf(emulatorPort) === portOf(searchPort)
      ? [`--emulator-port and --search-port are both ${shown(emulatorPort)}; give two ports`]
      : []),
    ...(searchPort !== undefined && searchEndpoint !== undefined
      ? ["--search-port is that of the OpenSearch which --search-endpoint leaves out; give one of them"]
      : []),
  ];
}

function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535;
}

/** @param text a port without mistakes */
export function portOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
