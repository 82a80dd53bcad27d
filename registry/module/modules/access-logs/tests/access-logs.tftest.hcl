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

  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:eu-central-1:123456789012:mocked"
      url = "https://sqs.eu-central-1.amazonaws.com/123456789012/mocked"
    }
  }
}

variables {
  search_endpoint = "https://search.example.com"
}

run "leaves_buckets_alone_unless_a_source_asks_for_their_configuration" {
  command = plan

  variables {
    sources = {
      edge  = { bucket = "edge-logs", notification = "eventbridge" }
      trail = { bucket = "org-trail", notification = "none", bucket_account_id = "210987654321" }
    }
  }

  assert {
    condition     = length(aws_s3_bucket_notification.this) == 0 && length(output.owned_notifications) == 0
    error_message = "No bucket's notifications may be configured."
  }

  assert {
    condition     = keys(aws_cloudwatch_event_rule.this) == ["edge-logs"] && keys(output.bucket_notifications) == ["org-trail"]
    error_message = "EventBridge announces the objects of one bucket, and the owner those of the other."
  }
}

run "configures_one_notification_for_each_outermost_prefix_of_a_bucket" {
  command = plan

  variables {
    sources = {
      alb  = { bucket = "lb-logs", notification = "queue", prefix = "alb/" }
      shop = { bucket = "lb-logs", notification = "queue", prefix = "alb/shop/" }
      nlb  = { bucket = "lb-logs", notification = "queue", prefix = "nlb/" }
    }
  }

  assert {
    condition     = aws_s3_bucket_notification.this["lb-logs"].queue[*].filter_prefix == tolist(["alb/", "nlb/"])
    error_message = "S3 refuses prefixes of which one begins with another."
  }

  assert {
    condition     = output.owned_notifications == ["lb-logs"]
    error_message = "The output must name the bucket whose configuration is replaced."
  }
}

run "waits_six_timeouts_before_a_message_is_delivered_again" {
  command = plan

  variables {
    sources                  = { all = { bucket = "logs", notification = "queue" } }
    function_timeout_seconds = 900
  }

  assert {
    condition     = aws_sqs_queue.this.visibility_timeout_seconds == 5400 && aws_lambda_function.this.timeout == 900
    error_message = "The visibility timeout must be 6 times the function's."
  }
}

run "rejects_the_archive_bucket_as_a_source" {
  command = plan

  variables {
    name    = "production"
    sources = { loop = { bucket = "production-archive-123456789012-eu-central-1", notification = "none" } }
  }

  expect_failures = [aws_sqs_queue.this]
}

run "outputs_what_others_need" {
  variables {
    sources = { trail = { bucket = "org-trail", notification = "none", bucket_account_id = "210987654321" } }
  }

  assert {
    condition     = jsondecode(output.bucket_policy_statements["org-trail"])[0].Principal.AWS == output.role_arn
    error_message = "The bucket's policy must name the function's role."
  }
}
