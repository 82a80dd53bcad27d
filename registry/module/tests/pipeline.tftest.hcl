# terraform test: needs Terraform 1.7 or newer, and neither an account nor a network once the provider is there.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }

  mock_data "aws_region" {
    defaults = { name = "eu-central-1" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/1234", key_id = "1234" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }

  mock_resource "aws_kinesis_stream" {
    defaults = { arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/mocked" }
  }

  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:mocked" }
  }

  mock_resource "aws_opensearch_domain" {
    defaults = {
      arn                = "arn:aws:es:eu-central-1:123456789012:domain/mocked"
      endpoint           = "search-mocked.eu-central-1.es.amazonaws.com"
      dashboard_endpoint = "search-mocked.eu-central-1.es.amazonaws.com/_dashboards"
    }
  }
}

run "makes_six_resources_for_each_log_group" {
  command = plan

  assert {
    condition = alltrue([
      for resource in [
        aws_cloudwatch_log_group.this,
        aws_kinesis_stream.this,
        aws_cloudwatch_log_subscription_filter.this,
        aws_cloudwatch_log_group.forwarder,
        aws_lambda_function.forwarder,
        aws_lambda_event_source_mapping.this,
      ] : join(",", keys(resource)) == "bar,baz,foo"
    ])
    error_message = "Each of the default log groups has a log group, a stream, a filter, a function, its log group and a mapping."
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 1
    error_message = "A domain is made."
  }

  assert {
    condition     = { for key, stream in aws_kinesis_stream.this : key => stream.shard_count } == { foo = 1, bar = 2, baz = 1 }
    error_message = "Each stream has the shards of its log group."
  }
}

run "begins_every_name_with_name" {
  command = plan

  variables {
    name       = "production"
    log_groups = { "/aws/lambda/thumbnails" = {}, foo = {} }
  }

  assert {
    condition = alltrue([
      for name in concat(
        [for stream in aws_kinesis_stream.this : stream.name],
        [for function in aws_lambda_function.forwarder : function.function_name],
        [for filter in aws_cloudwatch_log_subscription_filter.this : filter.name],
      ) : can(regex("^production_(foo|-aws-lambda-thumbnails_[0-9a-f]{10})$", name))
    ])
    error_message = "Stream, function and filter are named after the log group."
  }

  assert {
    condition     = aws_iam_role.forwarder.name == "production-eu-central-1-forwarder" && aws_kms_alias.this.name == "alias/production"
    error_message = "Roles and alias begin with the name."
  }

  assert {
    condition     = aws_opensearch_domain.this[0].domain_name == "production"
    error_message = "The domain has the name."
  }

  assert {
    condition     = local.archive_bucket == "production-archive-123456789012-eu-central-1"
    error_message = "The archive bucket is that of modules/log-archive."
  }
}

run "makes_no_domain_for_an_endpoint_that_exists" {
  command = plan

  variables {
    search_endpoint = "https://search.example.com"
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 0 && output.search_endpoint == "https://search.example.com" && output.dashboards_url == null
    error_message = "Events go to the endpoint that is given."
  }
}

run "makes_no_log_group_that_exists" {
  command = plan

  variables {
    log_groups = { "/app/checkout" = { create = false } }
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.this) == 0 && length(aws_cloudwatch_log_subscription_filter.this) == 1
    error_message = "A log group that exists is only subscribed."
  }
}

run "makes_an_on_demand_stream_for_0_shards" {
  command = plan

  variables {
    log_groups = { foo = { shards = 0 } }
  }

  assert {
    condition     = aws_kinesis_stream.this["foo"].stream_mode_details[0].stream_mode == "ON_DEMAND" && aws_kinesis_stream.this["foo"].shard_count == null
    error_message = "0 shards are an on-demand stream."
  }
}

run "has_every_option_off_by_default" {
  command = plan

  variables {
    log_groups = { foo = {} }
  }

  assert {
    condition = (
      length(aws_lambda_function.forwarder["foo"].vpc_config) == 0
      && length(aws_opensearch_domain.this[0].vpc_options) == 0
      && length(aws_opensearch_domain.this[0].log_publishing_options) == 0
      && length(aws_opensearch_domain.this[0].cluster_config[0].zone_awareness_config) == 0
      && aws_iam_role.forwarder.permissions_boundary == null
    )
    error_message = "No VPC, no audit log, one zone and no boundary."
  }
}

run "has_every_option_on" {
  command = plan

  variables {
    log_groups               = { foo = {} }
    permissions_boundary_arn = "arn:aws:iam::123456789012:policy/boundary"
    vpc                      = { subnet_ids = ["subnet-00000001", "subnet-00000002"], security_group_ids = ["sg-00000001"] }
    search_domain = {
      instance_count        = 2
      availability_zones    = 2
      dedicated_master_type = "m7g.large.search"
      master_user_arn       = "arn:aws:iam::123456789012:role/master"
      audit_log_group_arn   = "arn:aws:logs:eu-central-1:123456789012:log-group:audit"
    }
  }

  assert {
    condition = (
      length(aws_lambda_function.forwarder["foo"].vpc_config) == 1
      && length(aws_opensearch_domain.this[0].vpc_options) == 1
      && aws_opensearch_domain.this[0].advanced_security_options[0].enabled
      && length(aws_opensearch_domain.this[0].log_publishing_options) == 1
      && aws_opensearch_domain.this[0].cluster_config[0].zone_awareness_config[0].availability_zone_count == 2
      && aws_opensearch_domain.this[0].cluster_config[0].dedicated_master_count == 3
      && aws_iam_role.forwarder.permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    )
    error_message = "VPC, fine-grained access control, audit log, two zones, dedicated masters and boundary."
  }
}

run "refuses_a_value_outside_its_limits" {
  command = plan

  variables {
    batch_size = 10001
  }

  expect_failures = [var.batch_size]
}

run "refuses_values_that_do_not_fit_together" {
  command = plan

  variables {
    search_domain = { instance_count = 3, availability_zones = 2 }
  }

  expect_failures = [aws_kms_key.this]
}

run "tells_what_it_made" {
  variables {
    log_groups     = { foo = {} }
    index_prefix   = "logs-of-"
    archive_bucket = "archive-of-logs"
    archive_prefix = "production/"
  }

  assert {
    condition     = output.search_endpoint == "https://search-mocked.eu-central-1.es.amazonaws.com"
    error_message = "The domain's endpoint."
  }

  assert {
    condition     = output.dashboards_url == "https://search-mocked.eu-central-1.es.amazonaws.com/_dashboards"
    error_message = "The domain's dashboards."
  }

  assert {
    condition     = output.index_pattern == "logs-of-*" && output.archive_uri == "s3://archive-of-logs/production/"
    error_message = "Where events and records are."
  }

  assert {
    condition     = output.stream_names == { foo = "logging-pipeline_foo" } && output.function_names == { foo = "logging-pipeline_foo" }
    error_message = "Names by log group."
  }

  assert {
    condition     = output.stream_arns == { foo = aws_kinesis_stream.this["foo"].arn } && output.function_arns == { foo = aws_lambda_function.forwarder["foo"].arn }
    error_message = "ARNs by log group."
  }

  assert {
    condition     = output.key_arn == aws_kms_key.this.arn && output.forwarder_role_arn == aws_iam_role.forwarder.arn && output.logs_to_kinesis_role_arn == aws_iam_role.logs_to_kinesis.arn
    error_message = "ARNs of the key and the roles."
  }
}
