import { access } from "node:fs/promises";
import { join } from "node:path";
import { cdktf } from "@cdktf/provider-aws/package.json";

/** The provider that the constructs are generated from: its address, such as host/hashicorp/aws, and its version. */
export const provider: { readonly name: string; readonly version: string } = cdktf.provider;

const architectures: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64" };

/** Path of the provider inside a mirror, in Terraform's "unpacked layout". */
export const providerPath = join(
  provider.name,
  provider.version,
  `${process.platform}_${architectures[process.arch] ?? process.arch}`,
);

export function hasProvider(mirror: string): Promise<boolean> {
  return access(join(mirror, providerPath)).then(
    () => true,
    () => false,
  );
}
