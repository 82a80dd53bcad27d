"""KMS."""

import json

from moto.core.exceptions import JsonRESTError
from moto.kms.models import KmsBackend

schedule_key_deletion = KmsBackend.schedule_key_deletion


# moto deletes a key whatever its policy denies.
def schedule_unless_denied(self, key_id, pending_window_in_days):
    action = "kms:ScheduleKeyDeletion"
    key = self.keys[key_id]
    for statement in json.loads(key.policy)["Statement"]:
        if statement["Effect"] == "Deny" and action in statement["Action"]:
            message = (
                f"User: arn:aws:iam::{self.account_id}:user/emulated is not authorized to perform: {action} "
                f"on resource: {key.arn} with an explicit deny in a resource-based policy"
            )
            raise JsonRESTError("AccessDeniedException", message)
    return schedule_key_deletion(self, key_id, pending_window_in_days)


KmsBackend.schedule_key_deletion = schedule_unless_denied
