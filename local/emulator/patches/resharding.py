"""Kinesis: splitting and merging shards."""

from collections import OrderedDict

from moto.kinesis.models import KinesisBackend, Stream
from moto.kinesis.utils import decompose_shard_iterator

# A closed shard accepts no records; moto would choose the first shard with the hash key.
get_shard_for_key = Stream.get_shard_for_key


def get_open_shard_for_key(self, partition_key, explicit_hash_key):
    all_shards = self.shards
    self.shards = OrderedDict((name, shard) for name, shard in all_shards.items() if shard.is_open)
    try:
        return get_shard_for_key(self, partition_key, explicit_hash_key)
    finally:
        self.shards = all_shards


Stream.get_shard_for_key = get_open_shard_for_key


# A closed shard keeps its records; moto would move them to its children, where they would be read again.
def keeping_records(reshard):
    def resharded(self, first, second):
        before = {name: shard.records for name, shard in self.shards.items()}
        for shard in self.shards.values():
            shard.records = OrderedDict()
        try:
            reshard(self, first, second)
        finally:
            for name, records in before.items():
                self.shards[name].records = records

    return resharded


Stream.split_shard = keeping_records(Stream.split_shard)
Stream.merge_shards = keeping_records(Stream.merge_shards)


# At the end of a closed shard there is no next iterator.
get_records = KinesisBackend.get_records


def get_records_to_the_end(self, stream_arn, shard_iterator, limit):
    iterator, records, behind = get_records(self, stream_arn, shard_iterator, limit)
    stream_name, shard_id, last = decompose_shard_iterator(iterator)
    shard = self.describe_stream(stream_arn, stream_name).get_shard(shard_id)
    ended = not shard.is_open and int(last) >= shard.get_max_sequence_number()
    return None if ended else iterator, records, behind


KinesisBackend.get_records = get_records_to_the_end
