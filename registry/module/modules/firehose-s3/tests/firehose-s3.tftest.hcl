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

  mock_resource "aws_kinesis_firehose_delivery_stream" {
    defaults = { arn = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/mocked" }
  }
}

variables {
  stream_name = "shop-logs"
  bucket      = "logs-of-the-shop"
}

run "takes_records_directly_and_encrypts_them" {
  command = plan

  assert {
    condition     = length(aws_kinesis_firehose_delivery_stream.this.kinesis_source_configuration) == 0
    error_message = "Without a stream, applications put records."
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.this.server_side_encryption[0].enabled
    error_message = "Records that wait in Firehose must be encrypted."
  }
}

run "reads_a_stream_which_has_its_own_encryption" {
  command = plan

  variables {
    source_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/applications"
  }

  assert {
    condition     = length(aws_kinesis_firehose_delivery_stream.this.server_side_encryption) == 0
    error_message = "Firehose refuses encryption of its own."
  }
}

run "takes_a_role_by_its_name" {
  command = plan

  variables {
    role = "firehose"
  }

  assert {
    condition     = length(aws_iam_role.firehose) == 0 && output.role_arn == "arn:aws:iam::123456789012:role/firehose"
    error_message = "No role may be created."
  }
}

run "refuses_another_account" {
  command = plan

  variables {
    account_id = "210987654321"
  }

  expect_failures = [aws_cloudwatch_log_group.firehose]
}

run "notifies_topics_of_each_alarm" {
  command = plan

  variables {
    alarm_topic_arns = ["arn:aws:sns:eu-central-1:123456789012:alarms"]
  }

  assert {
    condition     = keys(aws_cloudwatch_metric_alarm.this) == ["data_freshness", "intake", "success"]
    error_message = "Old records, refused records and failed deliveries want an alarm."
  }
}
