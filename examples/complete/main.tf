provider "aws" {
  region = var.region
}

locals {
  name  = "complete"
  zones = ["a", "b", "c"]
  tags  = { team = "platform", environment = "production" }
}

data "aws_caller_identity" "this" {}

# The key of the archive. Its default key policy delegates to IAM, so the role of the forwarder may use it.
resource "aws_kms_key" "archive" {
  description         = "${local.name}: archive of logs"
  enable_key_rotation = true
  tags                = local.tags
}

module "log_archive" {
  source = "../../modules/log-archive"

  name            = local.name
  kms_key_arn     = aws_kms_key.archive.arn
  transition_days = 60
  expiration_days = 400
  tags            = local.tags
}

module "logging_pipeline" {
  source = "../../"

  name = local.name
  tags = local.tags

  log_groups = {
    "/app/checkout" = {
      shards            = 4
      retention_in_days = 30

      # Lines of nginx become fields, and so does a part of the path.
      parser = "http_access"
      fields = { "shop.order" = { from = "url.path", pattern = "^/orders/([0-9]+)" } }

      # All errors are indexed, one in ten of the rest, and no health checks.
      rules = [
        { action = "drop", field = "url.path", pattern = "^/health" },
        { action = "keep", field = "http.response.status_code", pattern = "^[45]" },
        { action = "sample", rate = 0.1 },
        { action = "redact", what = ["email", "card_number"] },
      ]

      # Counted whether they are indexed or not.
      metrics = {
        failed_orders = {
          where = [
            { field = "url.path", pattern = "^/orders/" },
            { field = "http.response.status_code", pattern = "^5" },
          ]
        }
      }
    }
    "/app/audit"             = { shards = 0, join_lines = "^\\d{4}-" }
    "/aws/lambda/thumbnails" = { create = false, filter_pattern = "ERROR" }
  }

  # The archive keeps what the rules redact in the index.
  archive_content = "raw"

  batch_size                         = 5000
  maximum_batching_window_in_seconds = 30
  parallelization_factor             = 2
  stream_retention_hours             = 72
  function_memory_mib                = 1024
  function_timeout_seconds           = 300
  function_log_retention_in_days     = 30

  search_domain = {
    instance_type         = "r7g.large.search"
    instance_count        = 3
    availability_zones    = 3
    dedicated_master_type = "m7g.large.search"
    volume_size_gib       = 100
    reader_arns           = ["arn:aws:iam::${data.aws_caller_identity.this.account_id}:role/on-call"]
  }
  index_prefix = "production-"

  archive_bucket      = module.log_archive.archive_bucket
  archive_prefix      = "logs/"
  archive_kms_key_arn = aws_kms_key.archive.arn

  vpc = {
    subnet_ids         = [for subnet in aws_subnet.this : subnet.id]
    security_group_ids = [aws_security_group.this.id]
  }
}
