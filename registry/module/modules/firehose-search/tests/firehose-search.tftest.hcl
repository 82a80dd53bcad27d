mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }

  mock_data "aws_partition" {
    defaults = {
      partition  = "aws"
      dns_suffix = "amazonaws.com"
    }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:mocked" }
  }

  mock_resource "aws_kinesis_firehose_delivery_stream" {
    defaults = { arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/mocked" }
  }
}

variables {
  search_domain_arn = "arn:aws:es:eu-central-1:123456789012:domain/logs"
}

run "has_buffers_of_search_and_of_s3_which_are_independent" {
  command = plan

  variables {
    buffering_interval_seconds    = 0
    buffering_size_mib            = 100
    s3_buffering_interval_seconds = 900
    s3_buffering_size_mib         = 64
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.opensearch_configuration[0].buffering_interval == 0
    error_message = "Search must have its own interval."
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.opensearch_configuration[0].s3_configuration[0].buffering_size == 64
    error_message = "S3 must have its own size."
  }
}

run "writes_to_the_archive_of_the_same_name" {
  command = plan

  variables {
    name = "production"
  }

  assert {
    condition     = output.objects_uri == "s3://production-archive-123456789012-eu-central-1/firehose/"
    error_message = "The bucket must be the one that log-archive creates."
  }
}

run "keeps_only_what_failed_without_an_alarm_that_cannot_fire" {
  command = plan

  variables {
    s3_backup_mode   = "FailedDocumentsOnly"
    alarm_topic_arns = ["arn:aws:sns:eu-central-1:123456789012:alarms"]
  }

  assert {
    condition     = output.objects_uri == null && !contains(keys(aws_cloudwatch_metric_alarm.this), "s3_data_freshness")
    error_message = "Firehose has DeliveryToS3.DataFreshness only with AllDocuments."
  }
}

run "refuses_a_key_without_the_stream_whose_key_it_is" {
  command = plan

  variables {
    source_kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/stream"
  }

  expect_failures = [aws_cloudwatch_log_group.firehose]
}
