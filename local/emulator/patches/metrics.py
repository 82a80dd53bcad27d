"""CloudWatch."""

from moto.cloudwatch.models import CloudWatchBackend


def identity(metric):
    return metric.namespace, metric.name, frozenset((one.name, one.value) for one in metric.dimensions)


# ListMetrics has each metric once; moto would list every value of a metric without dimensions, or with several.
def get_distinct_metrics(self, metric_name, namespace, dimensions):
    matching = (one for one in self.get_all_metrics() if one.filter(namespace, metric_name, dimensions))
    return list({identity(one): one for one in matching}.values())


CloudWatchBackend.get_filtered_metrics = get_distinct_metrics
