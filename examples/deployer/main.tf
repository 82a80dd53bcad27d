provider "aws" {
  region = var.region
}

data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  in_region = "${var.region}:${data.aws_caller_identity.this.account_id}"
  arn       = "arn:${data.aws_partition.this.partition}"
  roles     = "${local.arn}:iam::${data.aws_caller_identity.this.account_id}:role${var.role_path}${var.name}-*"
  functions = "${local.arn}:lambda:${local.in_region}:function:${var.name}*"
}

# The module and modules/log-archive.
resource "aws_iam_policy" "pipeline" {
  name        = "${var.name}-deployer"
  description = "Creates, changes and destroys the logging pipeline ${var.name} and its archive bucket"
  policy      = data.aws_iam_policy_document.pipeline.json
}

data "aws_iam_policy_document" "pipeline" {
  # The ARN of a key is not known before it exists.
  statement {
    sid       = "CreateKey"
    actions   = ["kms:CreateKey", "kms:ListAliases"]
    resources = ["*"]
  }

  statement {
    sid = "ManageKey"
    actions = [
      "kms:CreateAlias", "kms:DeleteAlias", "kms:DescribeKey", "kms:EnableKeyRotation", "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus", "kms:ListResourceTags", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion",
      "kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription",
    ]
    resources = ["${local.arn}:kms:${local.in_region}:key/*", "${local.arn}:kms:${local.in_region}:alias/${var.name}"]
  }

  # Lambda encrypts the functions' environment, and OpenSearch Service the domain, by grants in the deployer's name.
  statement {
    sid       = "GrantKeyToServices"
    actions   = ["kms:CreateGrant"]
    resources = ["${local.arn}:kms:${local.in_region}:key/*"]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }

  statement {
    sid       = "UseKeyByServices"
    actions   = ["kms:Decrypt", "kms:Encrypt"]
    resources = ["${local.arn}:kms:${local.in_region}:key/*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["lambda.${var.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }

  statement {
    sid = "ManageStreams"
    actions = [
      "kinesis:AddTagsToStream", "kinesis:CreateStream", "kinesis:DecreaseStreamRetentionPeriod", "kinesis:DeleteStream",
      "kinesis:DeregisterStreamConsumer", "kinesis:DescribeStreamConsumer", "kinesis:DescribeStreamSummary",
      "kinesis:IncreaseStreamRetentionPeriod", "kinesis:ListTagsForStream", "kinesis:RegisterStreamConsumer",
      "kinesis:RemoveTagsFromStream", "kinesis:StartStreamEncryption", "kinesis:UpdateShardCount",
      "kinesis:UpdateStreamMode",
    ]
    resources = ["${local.arn}:kinesis:${local.in_region}:stream/${var.name}_*"]
  }

  statement {
    sid       = "ReadLimitsOfStreams"
    actions   = ["kinesis:DescribeLimits"]
    resources = ["*"]
  }

  statement {
    sid = "SubscribeLogGroups"
    actions = [
      "logs:AssociateKmsKey", "logs:CreateLogGroup", "logs:DeleteRetentionPolicy", "logs:DeleteSubscriptionFilter",
      "logs:DescribeSubscriptionFilters", "logs:DisassociateKmsKey", "logs:ListTagsForResource",
      "logs:PutRetentionPolicy", "logs:PutSubscriptionFilter", "logs:TagResource", "logs:UntagResource",
    ]
    resources = [
      for name in concat(tolist(var.log_groups), ["/aws/OpenSearchService/domains/${var.name}/"]) :
      "${local.arn}:logs:${local.in_region}:log-group:${name}*"
    ]
  }

  statement {
    sid = "ManageDomain"
    actions = [
      "es:AddTags", "es:CreateDomain", "es:DeleteDomain", "es:DescribeDomain", "es:DescribeDomainAutoTunes",
      "es:DescribeDomainConfig", "es:GetUpgradeStatus", "es:ListTags", "es:RemoveTags", "es:UpdateDomainConfig",
      "es:UpgradeDomain",
    ]
    resources = ["${local.arn}:es:${local.in_region}:domain/${var.name}"]
  }

  statement {
    sid = "ManageArchiveBucket"
    actions = [
      "s3:CreateBucket", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:GetAccelerateConfiguration", "s3:GetBucketAcl",
      "s3:GetBucketCORS", "s3:GetBucketLogging", "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketOwnershipControls", "s3:GetBucketPolicy", "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration", "s3:GetReplicationConfiguration",
      "s3:ListBucket", "s3:PutBucketOwnershipControls", "s3:PutBucketPolicy", "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketLogging", "s3:PutBucketObjectLockConfiguration", "s3:PutBucketTagging", "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration",
    ]
    resources = ["${local.arn}:s3:::${var.name}-archive-*"]
  }

  statement {
    sid = "ManageRoles"
    actions = [
      "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:GetRole",
      "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListRolePolicies",
      "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
    ]
    resources = [local.roles]
  }

  statement {
    sid       = "PassRoles"
    actions   = ["iam:PassRole"]
    resources = [local.roles]

    condition {
      test     = "StringLike"
      variable = "iam:PassedToService"
      values   = ["lambda.amazonaws.com", "logs.*", "s3.amazonaws.com", "scheduler.amazonaws.com"]
    }
  }

  statement {
    sid = "ManageFunctions"
    actions = [
      "lambda:CreateFunction", "lambda:DeleteFunction", "lambda:DeleteFunctionConcurrency", "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig", "lambda:GetFunctionConfiguration", "lambda:ListTags",
      "lambda:ListVersionsByFunction", "lambda:PutFunctionConcurrency", "lambda:TagResource", "lambda:UntagResource",
      "lambda:UpdateFunctionCode", "lambda:UpdateFunctionConfiguration",
    ]
    resources = [local.functions]
  }

  statement {
    sid = "ManageEventSourceMappings"
    actions = [
      "lambda:CreateEventSourceMapping", "lambda:DeleteEventSourceMapping", "lambda:GetEventSourceMapping",
      "lambda:UpdateEventSourceMapping",
    ]
    resources = ["*"]

    condition {
      test     = "ArnLike"
      variable = "lambda:FunctionArn"
      values   = [local.functions]
    }
  }

  statement {
    sid       = "TagEventSourceMappings"
    actions   = ["lambda:ListTags", "lambda:TagResource", "lambda:UntagResource"]
    resources = ["${local.arn}:lambda:${local.in_region}:event-source-mapping:*"]
  }

  statement {
    sid = "FindLogGroupsAndLetDomainLog"
    actions = [
      "logs:DeleteResourcePolicy", "logs:DescribeDestinations", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy",
    ]
    resources = ["*"]
  }

  # With account_subscription, which is a subscription of each log group.
  statement {
    sid = "SubscribeAccount"
    actions = [
      "logs:DeleteAccountPolicy", "logs:DeleteSubscriptionFilter", "logs:DescribeAccountPolicies",
      "logs:PutAccountPolicy", "logs:PutSubscriptionFilter",
    ]
    resources = ["*"]
  }

  # With log_destination.
  statement {
    sid = "ManageLogDestination"
    actions = [
      "logs:DeleteDestination", "logs:ListTagsForResource", "logs:PutDestination", "logs:PutDestinationPolicy",
      "logs:TagResource", "logs:UntagResource",
    ]
    resources = ["${local.arn}:logs:${local.in_region}:destination:${var.name}"]
  }

  statement {
    sid = "ManageLogsOfFunctions"
    actions = [
      "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:DeleteRetentionPolicy", "logs:ListTagsForResource",
      "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource",
    ]
    resources = ["${local.arn}:logs:${local.in_region}:log-group:/aws/lambda/${var.name}*"]
  }

  # With alarms and a dashboard.
  statement {
    sid = "ManageAlarms"
    actions = [
      "cloudwatch:DeleteAlarms", "cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource",
      "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource", "cloudwatch:UntagResource",
    ]
    resources = ["${local.arn}:cloudwatch:${local.in_region}:alarm:${var.name}*"]
  }

  statement {
    sid       = "ManageDashboard"
    actions   = ["cloudwatch:DeleteDashboards", "cloudwatch:GetDashboard", "cloudwatch:PutDashboard"]
    resources = ["${local.arn}:cloudwatch::${data.aws_caller_identity.this.account_id}:dashboard/${var.name}*"]
  }

  # With index_cleanup, archive_compaction or audit.
  statement {
    sid = "ManageSchedule"
    actions = [
      "scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule", "scheduler:UpdateSchedule",
    ]
    resources = ["${local.arn}:scheduler:${local.in_region}:schedule/default/${var.name}-*"]
  }

  # With vpc: Lambda asks for them in the deployer's name.
  statement {
    sid       = "ReadVpc"
    actions   = ["ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"]
    resources = ["*"]
  }
}
