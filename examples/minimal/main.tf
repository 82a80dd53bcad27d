provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "minimal"
}

module "logging_pipeline" {
  source = "../../"

  name           = "minimal"
  archive_bucket = module.log_archive.archive_bucket
  log_groups     = { "/app/checkout" = {} }
}
