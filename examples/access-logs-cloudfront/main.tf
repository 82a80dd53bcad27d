provider "aws" {
  region = var.region
}

# CloudFront's log deliveries are in us-east-1, wherever their bucket is.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

data "aws_caller_identity" "this" {}

resource "aws_s3_bucket" "logs" {
  bucket = "cloudfront-logs-${data.aws_caller_identity.this.account_id}-${var.region}"
}

resource "aws_s3_bucket_public_access_block" "logs" {
  bucket = aws_s3_bucket.logs.bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "logs" {
  statement {
    sid       = "LogDeliveriesOfThisAccount"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/cloudfront/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:logs:us-east-1:${data.aws_caller_identity.this.account_id}:delivery-source:*"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.bucket
  policy = data.aws_iam_policy_document.logs.json

  depends_on = [aws_s3_bucket_public_access_block.logs]
}

resource "aws_cloudwatch_log_delivery_source" "cloudfront" {
  provider = aws.us_east_1

  name         = "access-logs-cloudfront"
  log_type     = "ACCESS_LOGS"
  resource_arn = var.distribution_arn
}

# Standard logging (v2) in the format of the legacy one, whose header names the fields.
resource "aws_cloudwatch_log_delivery_destination" "bucket" {
  provider = aws.us_east_1

  name          = "access-logs-cloudfront"
  output_format = "w3c"

  delivery_destination_configuration {
    destination_resource_arn = "${aws_s3_bucket.logs.arn}/cloudfront"
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_cloudwatch_log_delivery" "cloudfront" {
  provider = aws.us_east_1

  delivery_source_name     = aws_cloudwatch_log_delivery_source.cloudfront.name
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.bucket.arn
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "access-logs-cdn"
}

module "access_logs" {
  source = "../../modules/access-logs"

  name              = "access-logs-cdn"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn

  sources = {
    cdn = {
      bucket       = aws_s3_bucket.logs.bucket
      prefix       = "cloudfront/"
      format       = "cloudfront_access"
      notification = "queue"
    }
  }

  # CloudFront writes many small files.
  maximum_batching_window_in_seconds = 30
}
