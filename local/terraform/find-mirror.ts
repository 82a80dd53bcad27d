import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { MachineError } from "../../tools/failures/machine-error";
import { networkReason } from "../../tools/failures/network";
import { hasProvider, provider, providerPath } from "./provider";

/**
 * System folders that may hold a mirror. Those that Terraform searches by itself (the CLI configuration's,
 * ~/.terraform.d/plugins, <XDG data>/terraform/plugins) are not listed: `terraform init` has searched them.
 */
export const systemPrefixes = [
  "/opt",
  "/srv",
  "/usr/lib",
  "/usr/local",
  "/usr/local/lib",
  "/usr/local/share",
  "/var/lib",
];

/**
 * Finds the first mirror that has the provider, one or two levels below `prefixes`.
 *
 * @param failure output of a `terraform init` that could not fetch the provider
 * @throws MachineError when there is no such mirror
 */
export async function findMirror(prefixes: readonly string[], failure: string): Promise<string> {
  for (const prefix of prefixes) {
    for (const folder of await readdir(prefix).catch(() => [])) {
      for (const mirror of ["", "plugins", "providers"].map((name) => join(prefix, folder, name))) {
        if (await hasProvider(mirror)) {
          return mirror;
        }
      }
    }
  }
  const reason = networkReason(failure);
  throw new MachineError(
    `The Terraform provider ${provider.name} ${provider.version} cannot be fetched by terraform init${reason ? `: ${reason}` : ""}, ` +
      `and there is no mirror (a folder that contains ${providerPath}) in ${prefixes.join(", ")}.`,
    "It is fetched only once. Give this machine access to the Terraform registry, or configure a mirror in Terraform's CLI configuration file (provider_installation).",
    failure,
  );
}
