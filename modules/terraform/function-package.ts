import { AssetType, TerraformAsset } from "cdktf";
import type { Construct } from "constructs";

/**
 * A function's zip beside the stack. Its path says nothing of its content, so that a stack and the registry module agree
 * on it; Terraform sees a new zip by `source_code_hash`.
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
