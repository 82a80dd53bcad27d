"""Firehose's delivery streams: OpenSearch Service as a destination, which moto does not know."""

from moto.firehose.models import DeliveryStream
from moto.firehose.responses import FirehoseResponse

# Members of DescribeDeliveryStream begin with it.
OPENSEARCH = "Amazonopensearchservice"

DeliveryStream.ALTERNATIVE_FIELD_NAMES = [
    *DeliveryStream.ALTERNATIVE_FIELD_NAMES,
    ("VpcConfiguration", "VpcConfigurationDescription"),
]


# moto knows the destination Elasticsearch, whose configuration has the same members.
def as_elasticsearch(response, suffix):
    """Returns whether the request's destination is OpenSearch Service, and moves its configuration."""
    configuration = response.params.pop(f"AmazonopensearchserviceDestination{suffix}", None)
    if configuration is not None:
        response.params[f"ElasticsearchDestination{suffix}"] = configuration
    return configuration is not None


create_delivery_stream = FirehoseResponse.create_delivery_stream


def create_delivery_stream_to_opensearch(self):
    is_opensearch = as_elasticsearch(self, "Configuration")
    answer = create_delivery_stream(self)
    if is_opensearch:
        stream = self.firehose_backend.delivery_streams[self._get_param("DeliveryStreamName")]
        rename(stream.destinations[0], "Elasticsearch", OPENSEARCH)
    return answer


update_destination = FirehoseResponse.update_destination


def update_destination_opensearch(self):
    stream = self.firehose_backend.delivery_streams.get(self._get_param("DeliveryStreamName"))
    if not as_elasticsearch(self, "Update") or stream is None:
        return update_destination(self)
    rename(stream.destinations[0], OPENSEARCH, "Elasticsearch")
    try:
        return update_destination(self)
    finally:
        rename(stream.destinations[0], "Elasticsearch", OPENSEARCH)


def rename(destination, before, after):
    if before in destination:
        destination[after] = destination.pop(before)


# Since when Firehose reads the source.
make_delivery_stream = DeliveryStream.__init__


def delivery_stream_with_start(self, *args, **kwargs):
    make_delivery_stream(self, *args, **kwargs)
    if self.source:
        self.source = {**self.source, "DeliveryStartTimestamp": self.create_timestamp}


FirehoseResponse.create_delivery_stream = create_delivery_stream_to_opensearch
FirehoseResponse.update_destination = update_destination_opensearch
DeliveryStream.__init__ = delivery_stream_with_start
