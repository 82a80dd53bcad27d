provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

# It may be destroyed with what is in it, for this is an example; modules/log-archive has a bucket that may not.
resource "aws_s3_bucket" "logs" {
  bucket        = "shop-logs-${data.aws_caller_identity.this.account_id}-${var.region}"
  force_destroy = true
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = aws_s3_bucket.logs.bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_sns_topic" "alarms" {
  name = "shop-logs"
}

module "firehose_s3" {
  source = "../../modules/firehose-s3"

  stream_name      = "shop-logs"
  bucket           = aws_s3_bucket.logs.bucket
  account_id       = var.account_id
  alarm_topic_arns = [aws_sns_topic.alarms.arn]

  # A folder for each day, as Athena and others read partitions.
  prefix = "raw/day=!{timestamp:yyyy-MM-dd}/"
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
  name               = "shop-logs"
  assume_role_policy = data.aws_iam_policy_document.shop_trust.json
}

resource "aws_iam_role_policy" "shop" {
  name   = "write-logs"
  role   = aws_iam_role.shop.name
  policy = module.firehose_s3.producer_policy
}
