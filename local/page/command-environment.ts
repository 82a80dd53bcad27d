import { emulatedAccount } from "../aws/account";

/** The environment of a command in the emulated account: without the user's own accounts and clusters. */
export function commandEnvironment(emulatorUrl: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|SEARCH)_/.test(name));
  return { ...Object.fromEntries(own), ...emulatedAccount, AWS_ENDPOINT_URL: emulatorUrl };
}
