/** 1.5.7 is the oldest that was tried; docs/registry.md tells how. */
export const requiredVersion = ">= 1.5, < 2.0";

/** Not version 6 before it was tried. */
export const awsProviderRange = "~> 5.100";

/** versions.tf: no provider block and no backend, which are the caller's. */
export const versionsFile = (): string => `terraform {
  required_version = "${requiredVersion}"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${awsProviderRange}"
    }
  }
}
`;
