# terraform test: needs Terraform 1.7 or newer, and neither an account nor, once the provider is installed, a network.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }

  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
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

# A check that warns fails a test, and with the default retention the smallest domain has more shards than it should carry.
variables {
  log_groups           = { "/app/audit" = {}, "/app/checkout" = { shards = 2 }, foo = {} }
  index_retention_days = 1
  search_domain        = { reader_arns = ["arn:aws:iam::123456789012:role/reader"] }
}

run "creates_six_resources_for_each_log_group" {
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
      ] : join(",", keys(resource)) == "/app/audit,/app/checkout,foo"
    ])
    error_message = "Each log group must have a stream, a subscription filter, a function with a log group, and an event source mapping."
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 1
    error_message = "The domain must be created."
  }

  assert {
    condition     = { for key, stream in aws_kinesis_stream.this : key => stream.shard_count } == { "/app/audit" = 1, "/app/checkout" = 2, foo = 1 }
    error_message = "Each stream must have the shards of its log group."
  }
}

run "prefixes_every_name_with_name" {
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
    error_message = "Stream, function and filter must be named after the log group."
  }

  assert {
    condition     = aws_iam_role.forwarder[0].name == "production-eu-central-1-forwarder" && aws_kms_alias.this[0].name == "alias/production"
    error_message = "The names of roles and alias must begin with the name."
  }

  assert {
    condition     = aws_opensearch_domain.this[0].domain_name == "production"
    error_message = "The domain must have the name."
  }

  assert {
    condition     = local.archive_bucket == "production-archive-123456789012-eu-central-1"
    error_message = "The archive bucket must be that of modules/log-archive."
  }
}

run "creates_no_domain_for_an_existing_endpoint" {
  command = plan

  variables {
    search_endpoint = "https://search.example.com"
  }

  assert {
    condition     = length(aws_opensearch_domain.this) == 0 && output.search_endpoint == "https://search.example.com" && output.dashboards_url == null
    error_message = "Events must be sent to the existing endpoint."
  }
}

run "creates_no_existing_log_group" {
  command = plan

  variables {
    log_groups = { "/app/checkout" = { create = false } }
  }

  assert {
    condition     = length(aws_cloudwatch_log_group.this) == 0 && length(aws_cloudwatch_log_subscription_filter.this) == 1
    error_message = "An existing log group must only be subscribed."
  }
}

run "creates_an_on_demand_stream_for_0_shards" {
  command = plan

  variables {
    log_groups = { foo = { shards = 0 } }
  }

  assert {
    condition     = aws_kinesis_stream.this["foo"].stream_mode_details[0].stream_mode == "ON_DEMAND" && aws_kinesis_stream.this["foo"].shard_count == null
    error_message = "A stream with 0 shards must be on demand."
  }
}

run "disables_every_option_by_default" {
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
      && aws_iam_role.forwarder[0].permissions_boundary == null
    )
    error_message = "VPC, audit log, zone awareness and permissions boundary must be disabled."
  }
}

run "enables_every_option" {
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
      saml                  = { entity_id = "https://idp.example.com", metadata_content = "<xml/>" }
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
      && aws_iam_role.forwarder[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    )
    error_message = "VPC, fine-grained access control, audit log, two zones, dedicated masters and permissions boundary must be enabled."
  }
}

run "rejects_a_value_outside_its_limits" {
  command = plan

  variables {
    batch_size = 10001
  }

  expect_failures = [var.batch_size]
}

run "rejects_values_that_contradict_each_other" {
  command = plan

  variables {
    search_domain_arn = "arn:aws:es:eu-central-1:123456789012:domain/search"
  }

  expect_failures = [data.aws_partition.conditions]
}

run "warns_when_nobody_is_let_in" {
  command = plan

  variables {
    search_domain = {}
  }

  expect_failures = [check.ways_in]
}

run "has_the_url_of_the_kibana_of_elasticsearch" {
  variables {
    log_groups    = { foo = {} }
    search_domain = { engine_version = "Elasticsearch_7.10", reader_arns = ["arn:aws:iam::123456789012:role/reader"] }
  }

  assert {
    condition     = output.dashboards_url == "https://search-mocked.eu-central-1.es.amazonaws.com/_plugin/kibana"
    error_message = "dashboards_url must be that of Kibana."
  }
}

run "outputs_the_resources" {
  variables {
    log_groups     = { foo = {} }
    index_prefix   = "logs-of-"
    archive_bucket = "archive-of-logs"
    archive_prefix = "production/"
  }

  assert {
    condition     = output.search_endpoint == "https://search-mocked.eu-central-1.es.amazonaws.com"
    error_message = "search_endpoint must be that of the domain."
  }

  assert {
    condition     = output.dashboards_url == "https://search-mocked.eu-central-1.es.amazonaws.com/_dashboards"
    error_message = "dashboards_url must be that of the domain."
  }

  assert {
    condition     = output.index_pattern == "logs-of-*-20*.*.*" && output.archive_uri == "s3://archive-of-logs/production/"
    error_message = "index_pattern and archive_uri must have the prefixes."
  }

  assert {
    condition     = output.stream_names == { foo = "logging-pipeline_foo" } && output.function_names == { foo = "logging-pipeline_foo" }
    error_message = "Names must be by log group."
  }

  assert {
    condition     = output.stream_arns == { foo = aws_kinesis_stream.this["foo"].arn } && output.function_arns == { foo = aws_lambda_function.forwarder["foo"].arn }
    error_message = "ARNs must be by log group."
  }

  assert {
    condition     = output.kms_key_arn == aws_kms_key.this[0].arn && output.forwarder_role_arn == aws_iam_role.forwarder[0].arn && output.logs_to_kinesis_role_arn == aws_iam_role.logs_to_kinesis[0].arn
    error_message = "The ARNs of the key and the roles must be output."
  }
}
