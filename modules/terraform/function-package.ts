import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { AssetType, ref, TerraformAsset, Token } from "cdktf";
import type { Construct } from "constructs";
import { LoggingPipelineError } from "../error";

/** Created by `npm run build`. The npm package has them at the same path in lib/. */
const ZIPS = resolve(__dirname, "../../dist/functions");

/**
 * A function's zip as an asset of the stack. Its path has no hash, so that stack and registry module have the same;
 * Terraform detects a new zip by `source_code_hash`.
 */
class FunctionPackage extends TerraformAsset {
  /** @param zip absolute path of the file */
  constructor(scope: Construct, id: string, zip: string) {
    super(scope, id, { path: zip, type: AssetType.FILE });
  }

  override get path(): string {
    return `assets/${this.fileName}`;
  }
}

/**
 * Adds a function's zip to a construct.
 *
 * @returns its path, which is valid in a root module and in a child module
 * @throws LoggingPipelineError unless it is built
 */
export function functionZip(scope: Construct, name: string): string {
  const zip = join(ZIPS, `${name}.zip`);
  if (!existsSync(zip)) {
    throw new LoggingPipelineError(scope.node.path, [`dist/functions/${name}.zip is missing: run npm run build`]);
  }
  return `${Token.asString(ref("path.module"))}/${new FunctionPackage(scope, name, zip).path}`;
}
