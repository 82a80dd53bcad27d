provider "aws" {
  region = var.region
}

module "log_archive" {
  source = "../../modules/log-archive"

  name = "stream-consumers"
}

module "logging_pipeline" {
  source = "../../"

  name              = "stream-consumers"
  archive_bucket    = module.log_archive.archive_bucket
  search_endpoint   = var.search_endpoint
  search_domain_arn = var.search_domain_arn

  log_groups       = { "/app/orders" = { shards = 1 } }
  stream_consumers = { errors = "/app/orders" }

  # Only with other_role_arn. The key's own account lets its IAM policies decide.
  kms_key_policy_statements = [for arn in local.other_role_arns : jsonencode({
    Sid       = "OtherAccountDecryptsRecords"
    Effect    = "Allow"
    Principal = { AWS = arn }
    Action    = "kms:Decrypt"
    Resource  = "*"
    Condition = { StringEquals = { "kms:ViaService" = "kinesis.${var.region}.${data.aws_partition.this.dns_suffix}" } }
  })]
}

# A reader in the same account: reader.js, as `zip reader.zip reader.js` packs it.
resource "aws_lambda_function" "reader" {
  function_name = "stream-consumers-reader"
  description   = "Counts the errors in the stream of /app/orders"
  filename      = "${path.module}/reader.zip"
  handler       = "reader.handler"
  runtime       = "nodejs22.x"
  architectures = ["arm64"]
  timeout       = 60
  role          = aws_iam_role.reader.arn
}

resource "aws_lambda_event_source_mapping" "reader" {
  event_source_arn                   = module.logging_pipeline.consumer_arns["errors"]
  function_name                      = aws_lambda_function.reader.arn
  starting_position                  = "LATEST"
  maximum_batching_window_in_seconds = 5
  # A batch that the reader cannot take is given up, and goes nowhere: the pipeline has the events anyway.
  maximum_retry_attempts         = 3
  bisect_batch_on_function_error = true

  depends_on = [aws_iam_role_policy.reader]
}

resource "aws_iam_role" "reader" {
  name               = "stream-consumers-reader"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy" "reader" {
  name   = "read-stream"
  role   = aws_iam_role.reader.name
  policy = module.logging_pipeline.consumer_policies["/app/orders"]
}

resource "aws_iam_role_policy_attachment" "reader_logs" {
  role       = aws_iam_role.reader.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

data "aws_partition" "this" {}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.${data.aws_partition.this.dns_suffix}"]
    }
  }
}

# A reader in another account: stream and consumer have policies that name its role, and the role has its own policy for both.
locals {
  other_role_arns = var.other_role_arn == null ? [] : [var.other_role_arn]
}

resource "aws_kinesis_resource_policy" "stream" {
  count = length(local.other_role_arns)

  resource_arn = module.logging_pipeline.stream_arns["/app/orders"]
  policy       = data.aws_iam_policy_document.other_account["stream"].json
}

resource "aws_kinesis_resource_policy" "consumer" {
  count = length(local.other_role_arns)

  resource_arn = module.logging_pipeline.consumer_arns["errors"]
  policy       = data.aws_iam_policy_document.other_account["consumer"].json
}

data "aws_iam_policy_document" "other_account" {
  for_each = {
    for what, allowed in {
      stream = {
        arn     = module.logging_pipeline.stream_arns["/app/orders"]
        actions = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"]
      }
      consumer = {
        arn     = module.logging_pipeline.consumer_arns["errors"]
        actions = ["DescribeStreamConsumer", "SubscribeToShard"]
      }
    } : what => allowed if var.other_role_arn != null
  }

  statement {
    actions   = formatlist("kinesis:%s", each.value.actions)
    resources = [each.value.arn]

    principals {
      type        = "AWS"
      identifiers = [var.other_role_arn]
    }
  }
}
