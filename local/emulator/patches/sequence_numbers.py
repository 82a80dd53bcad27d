"""Kinesis: sequence numbers, which do not begin again in a stream that is created again; keys of archived objects hold them."""

from moto.kinesis.models import KinesisBackend, Record, Shard

# Of deleted streams, by ARN and shard.
last_numbers = {}

Shard.number_before_first = 0


# moto counts through all records for each new one.
def get_max_sequence_number(self):
    return next(reversed(self.records)) if self.records else 0


def put_record(self, partition_key, data, explicit_hash_key):
    number = (self.get_max_sequence_number() or self.number_before_first) + 1
    self.records[number] = Record(partition_key, data, number, explicit_hash_key)
    return str(number)


Shard.get_max_sequence_number = get_max_sequence_number
Shard.put_record = put_record

create_stream = KinesisBackend.create_stream
delete_stream = KinesisBackend.delete_stream


def create_stream_that_goes_on(self, *args, **kwargs):
    stream = create_stream(self, *args, **kwargs)
    for shard in stream.shards.values():
        shard.number_before_first = last_numbers.get((stream.arn, shard.shard_id), 0)
    return stream


def delete_stream_and_remember(self, *args, **kwargs):
    stream = delete_stream(self, *args, **kwargs)
    for shard in stream.shards.values():
        last_numbers[stream.arn, shard.shard_id] = shard.get_max_sequence_number() or shard.number_before_first
    return stream


KinesisBackend.create_stream = create_stream_that_goes_on
KinesisBackend.delete_stream = delete_stream_and_remember
