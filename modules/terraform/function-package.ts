import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";

/**
 * A function's zip as an asset of the stack. Its path has no hash, so that stack and registry module have the same;
 * Terraform detects a new zip by `source_code_hash`.
 */
export class FunctionPackage extends TerraformAsset {
  /** @param zip absolute path of the file */
  constructor(scope: Construct, id: string, zip: string) {
    super(scope, id, { path: zip, type: AssetType.FILE });
  }

  override get path(): string {
    return `assets/${this.fileName}`;
  }
}
