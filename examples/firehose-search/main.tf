provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "shop"
}

# The stream of the application. Others may read it, too: a forwarder, or a program of your own.
resource "aws_kinesis_stream" "shop" {
  name            = "shop"
  encryption_type = "KMS"
  kms_key_id      = "alias/aws/kinesis"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_sns_topic" "alarms" {
  name = "shop"
}

module "firehose_search" {
  source = "../../modules/firehose-search"

  name              = "shop"
  bucket            = module.log_archive.archive_bucket
  search_domain_arn = var.search_domain_arn
  source_stream_arn = aws_kinesis_stream.shop.arn
  alarm_topic_arns  = [aws_sns_topic.alarms.arn]

  # The name of the indices, shop-2026-11-27 and so on.
  index_name = "shop"

  # Health checks and addresses of customers stay out of search; the bucket has records as they came.
  rules = [
    { action = "drop", field = "url.path", values = ["/health"] },
    { action = "redact", what = ["email"] },
  ]
}

# The role of the application, here of a Lambda function.
data "aws_iam_policy_document" "shop_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "shop" {
  name               = "shop"
  assume_role_policy = data.aws_iam_policy_document.shop_trust.json
}

resource "aws_iam_role_policy" "shop" {
  name   = "write-logs"
  role   = aws_iam_role.shop.name
  policy = module.firehose_search.producer_policy
}
