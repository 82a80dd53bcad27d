# The account of the pipeline.
provider "aws" {
  region = var.region
}

# The account whose log groups are delivered. Others have another alias each, or a configuration of their own with the second half of
# this file.
provider "aws" {
  alias  = "source"
  region = var.region

  dynamic "assume_role" {
    for_each = var.source_role_arn == null ? [] : [var.source_role_arn]

    content {
      role_arn = assume_role.value
    }
  }
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "other-accounts"
}

module "logging_pipeline" {
  source = "../../"

  name              = "other-accounts"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn

  log_groups = {}
  streams    = { accounts = { shards = 1 } }

  log_destination = {
    stream          = "accounts"
    account_ids     = var.organization_id == null ? [var.source_account_id] : null
    organization_id = var.organization_id
  }
}

# In the other account: a subscription of each log group.
resource "aws_cloudwatch_log_subscription_filter" "central" {
  for_each = var.log_groups
  provider = aws.source

  name            = "central"
  log_group_name  = each.key
  filter_pattern  = ""
  destination_arn = module.logging_pipeline.log_destination_arn
  distribution    = "Random"
  role_arn        = one(aws_iam_role.subscriber[*].arn)

  # CloudWatch Logs checks the role when the filter is created.
  depends_on = [module.logging_pipeline, aws_iam_role_policy.subscriber]
}

# Only with organization_id: CloudWatch Logs assumes it to see that the account may subscribe these log groups.
resource "aws_iam_role" "subscriber" {
  count    = var.organization_id == null ? 0 : 1
  provider = aws.source

  name               = "other-accounts-subscriber"
  assume_role_policy = data.aws_iam_policy_document.cloudwatch_logs.json
}

resource "aws_iam_role_policy" "subscriber" {
  count    = var.organization_id == null ? 0 : 1
  provider = aws.source

  name   = "subscribe"
  role   = one(aws_iam_role.subscriber[*].name)
  policy = data.aws_iam_policy_document.subscriber.json
}

data "aws_partition" "this" {}

data "aws_iam_policy_document" "cloudwatch_logs" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["logs.${data.aws_partition.this.dns_suffix}"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [var.source_account_id]
    }
  }
}

data "aws_iam_policy_document" "subscriber" {
  statement {
    actions = ["logs:PutLogEvents"]
    resources = [
      for name in var.log_groups :
      "arn:${data.aws_partition.this.partition}:logs:${var.region}:${var.source_account_id}:log-group:${name}:*"
    ]
  }
}
