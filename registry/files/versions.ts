/** 1.5.7 is the oldest version that was tried; docs/registry.md has the results. */
export const requiredVersion = ">= 1.5, < 2.0";

/** 5.100 is what the tests plan and apply with; docs/registry.md says what was tried of version 6. */
export const awsProviderRange = ">= 5.100, < 7.0";

/** versions.tf: without provider and backend, which the caller configures. */
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
