/** The oldest Terraform that the module is tested with is the first it accepts. */
export const requiredVersion = ">= 1.5, < 2.0";

/** Version 6 renames what is used here (`name` of aws_region, for one): not before it was tried. */
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
