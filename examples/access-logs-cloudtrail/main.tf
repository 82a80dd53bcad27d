provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "access-logs-trail"
}

# The trail's bucket belongs to the organization's log account, which keeps its notifications as they are and adds one.
module "access_logs" {
  source = "../../modules/access-logs"

  name              = "access-logs-trail"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn

  sources = {
    trail = {
      bucket            = var.trail_bucket
      bucket_account_id = var.log_account_id
      kms_key_arn       = var.trail_kms_key_arn
      prefix            = "AWSLogs/${var.organization_id}/"
      notification      = "none"
    }
  }

  # A file of CloudTrail is one array of records; most of its events only read.
  rules = [{ action = "drop", field = "aws.cloudtrail.read_only", values = ["true"] }]
}
