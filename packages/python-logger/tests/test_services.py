"""Calls of Kinesis and Firehose, as boto3 makes them."""

from __future__ import annotations

import os
from unittest import mock
from unittest.mock import ANY

import boto3
from botocore.stub import Stubber

from aws_logging_pipeline_logger import FirehoseHandler, KinesisHandler

from .support import THROTTLED, LoggerTest


class ServicesTest(LoggerTest):
    def test_names_the_stream_by_its_arn(self) -> None:
        arn = "arn:aws:kinesis:eu-central-1:111111111111:stream/logs"
        handler = KinesisHandler(arn, create_client=lambda: self.stream)
        self.logger(handler).info("x")
        handler.close()
        self.assertEqual(self.stream.targets, [{"StreamARN": arn}])

    def test_calls_the_services_as_their_api_models_say(self) -> None:
        records = [{"Data": ANY, "PartitionKey": ANY}], [{"Data": ANY}]
        done = {"SequenceNumber": "1", "ShardId": "shardId-000000000000"}, {"RecordId": "1"}
        failed = {"ErrorCode": THROTTLED, "ErrorMessage": "slow down"}, {"ErrorCode": "ServiceUnavailableException"}
        # Kinesis has no count of 0.
        none_failed: tuple[dict[str, int], ...] = ({}, {"FailedPutCount": 0})
        calls = (
            (KinesisHandler, "kinesis", "put_records", "StreamName", "FailedRecordCount", "Records"),
            (FirehoseHandler, "firehose", "put_record_batch", "DeliveryStreamName", "FailedPutCount", "RequestResponses"),
        )
        for n, (kind, service, method, name, count, results) in enumerate(calls):
            client = boto3.client(service, "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
            with Stubber(client) as stub:
                expected = {name: "the-stream", "Records": records[n]}
                stub.add_response(method, {count: 1, results: [failed[n]]}, expected)
                stub.add_client_error(method, "InternalFailure", expected_params=expected)
                stub.add_response(method, {**none_failed[n], results: [done[n]]}, expected)
                handler = self.handler(kind, create_client=lambda client=client: client)
                self.logger(handler).info("x")
                self.assertTrue(handler.flush())
                stub.assert_no_pending_responses()
            stats = handler.stats()
            self.assertEqual((stats.sent_lines, stats.retried_records, stats.failed_requests), (1, 2, 1))

    def test_finds_the_region_where_other_sdks_do(self) -> None:
        arn = "arn:aws:kinesis:eu-west-3:111111111111:stream/logs"
        settings = {"AWS_CONFIG_FILE": os.devnull, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        for stream, environment, region in (
            ("logs", {"AWS_REGION": "eu-west-1"}, "eu-west-1"),
            ("logs", {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"}, "eu-west-2"),
            (arn, {"AWS_REGION": "eu-west-1"}, "eu-west-3"),
        ):
            with mock.patch.dict(os.environ, {**settings, **environment}, clear=True):
                handler = KinesisHandler(stream)
                self.assertEqual(handler._sender._service.create_client().meta.region_name, region)
