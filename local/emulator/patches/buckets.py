"""S3."""

import json

from moto.iam.access_control import IAMPolicy
from moto.s3.models import FakeBucket


# moto ignores the conditions of bucket policy statements ("deny all but TLS" denies all).
def permission_by_unconditional_statements(self, action, resource):
    statements = json.loads(self.policy)["Statement"] if self.policy else []
    unconditional = [statement for statement in statements if "Condition" not in statement]
    return IAMPolicy(json.dumps({"Statement": unconditional})).is_action_permitted(action, resource)


FakeBucket.get_permission = permission_by_unconditional_statements
