mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_region" {
    defaults = { id = "eu-central-1" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }
  }

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
}

run "has_the_default_name_of_the_pipeline" {
  command = plan

  variables {
    name = "production"
  }

  assert {
    condition     = aws_s3_bucket.this.bucket == "production-archive-123456789012-eu-central-1" && aws_s3_bucket.this.force_destroy != true
    error_message = "The bucket must have the default name, and Terraform must never empty it."
  }

  assert {
    condition     = length(aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration) == 0
    error_message = "Objects must not expire by default."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[1].expiration[0].expired_object_delete_marker
    error_message = "Delete markers must not stay when no version is left."
  }
}

run "expires_objects_and_encrypts_them_with_a_key" {
  command = plan

  variables {
    expiration_days = 400
    kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/1234"
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.this.rule[0].expiration[0].days == 400
    error_message = "Objects must expire after expiration_days."
  }
}

run "rejects_an_expiration_before_the_transition" {
  command = plan

  variables {
    expiration_days = 30
  }

  expect_failures = [aws_s3_bucket.this]
}

run "outputs_the_bucket" {
  variables {
    archive_bucket = "archive-of-logs"
  }

  assert {
    condition     = output.archive_bucket == "archive-of-logs" && output.archive_bucket_arn == aws_s3_bucket.this.arn
    error_message = "The name and ARN of the bucket must be output."
  }
}
