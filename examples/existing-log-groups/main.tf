provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "existing-groups"
}

module "logging_pipeline" {
  source = "../../"

  name           = "existing-groups"
  archive_bucket = module.log_archive.archive_bucket
  log_groups     = { for name in var.log_groups : name => { create = false } }
}
