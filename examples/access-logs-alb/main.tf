provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

# Load balancers write to a bucket of their region that is encrypted by S3's own keys (SSE-S3), and to no other.
resource "aws_s3_bucket" "logs" {
  bucket = "alb-logs-${data.aws_caller_identity.this.account_id}-${var.region}"
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
    sid       = "LoadBalancersOfThisAccount"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.logs.arn}/alb/AWSLogs/${data.aws_caller_identity.this.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["logdelivery.elasticloadbalancing.amazonaws.com"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.bucket
  policy = data.aws_iam_policy_document.logs.json

  depends_on = [aws_s3_bucket_public_access_block.logs]
}

# The load balancer checks the policy when its logs are enabled.
resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  internal           = true
  subnets            = var.subnet_ids

  access_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "alb"
  }

  connection_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs.bucket
    prefix  = "alb"
  }

  depends_on = [aws_s3_bucket_policy.logs]
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "access-logs-alb"
}

module "access_logs" {
  source = "../../modules/access-logs"

  name              = "access-logs-alb"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn

  sources = {
    # Access and connection logs: the function tells them apart by their keys.
    alb = { bucket = aws_s3_bucket.logs.bucket, notification = "queue", prefix = "alb/AWSLogs/" }
  }
}
