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
}

variables {
  name = "production"
}

run "limits_and_encrypts_what_the_workgroup_does" {
  command = plan

  assert {
    condition     = aws_athena_workgroup.this.configuration[0].enforce_workgroup_configuration && aws_athena_workgroup.this.configuration[0].bytes_scanned_cutoff_per_query == 107374182400
    error_message = "The scan limit must hold, whatever a client asks for."
  }

  assert {
    condition     = output.results_uri == "s3://production-queries-123456789012-eu-central-1/athena/" && aws_s3_bucket_lifecycle_configuration.results[0].rule[0].expiration[0].days == 7
    error_message = "Results must be in the bucket of the module, and expire."
  }
}

run "finds_the_archive_and_defines_the_view" {
  command = plan

  variables {
    archive_prefix = "logs/"
  }

  assert {
    condition     = aws_glue_catalog_table.archived.parameters["storage.location.template"] == "s3://production-archive-123456789012-eu-central-1/logs/archive/$${hour}/"
    error_message = "An hour must be the folder of the archive."
  }

  assert {
    condition     = jsondecode(base64decode(split(" ", aws_glue_catalog_table.events.view_original_text)[3])).schema == "production_archive"
    error_message = "The view must be of the database."
  }
}

run "writes_results_to_a_bucket_that_exists" {
  command = plan

  variables {
    results_bucket = "results-of-athena"
    kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/1234"
  }

  assert {
    condition     = length(aws_s3_bucket.results) == 0 && output.results_uri == "s3://results-of-athena/athena/"
    error_message = "No bucket may be created."
  }

  assert {
    condition     = aws_athena_workgroup.this.configuration[0].result_configuration[0].encryption_configuration[0].encryption_option == "SSE_KMS"
    error_message = "Results must be encrypted by the key."
  }
}

run "rejects_an_expiration_in_a_bucket_of_others" {
  command = plan

  variables {
    results_bucket          = "results-of-athena"
    results_expiration_days = 7
  }

  expect_failures = [aws_glue_catalog_database.this]
}
