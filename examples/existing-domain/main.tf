provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "existing-domain"
}

module "logging_pipeline" {
  source = "../../"

  name              = "existing-domain"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn
  log_groups        = { "/app/checkout" = {} }
}
