"""Lambda."""

import base64
import hashlib
import json

from moto.awslambda.exceptions import FunctionAlreadyExists
from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.core.utils import iso_8601_datetime_with_nanoseconds

# local/event-source-mapping/ polls the streams; moto would start a Docker container at each PutRecord.
LambdaBackend.send_kinesis_message = lambda self, *args, **kwargs: None


# moto drops a function's KMS key, and by an update other settings; Terraform would plan to set them again each time.
make_function = LambdaFunction.__init__
get_function_configuration = LambdaFunction.get_configuration


def function_with_key(self, account_id, spec, *args, **kwargs):
    self.kms_key_arn = spec.get("KMSKeyArn")
    make_function(self, account_id, spec, *args, **kwargs)


def function_configuration_with_key(self, *args, **kwargs):
    return {**get_function_configuration(self, *args, **kwargs), "KMSKeyArn": self.kms_key_arn}


update_configuration = LambdaFunction.update_configuration
update_function_code = LambdaFunction.update_function_code


def update_whole_configuration(self, updates):
    if "KMSKeyArn" in updates:
        self.kms_key_arn = updates["KMSKeyArn"]
    if "TracingConfig" in updates:
        self.tracing_config = updates["TracingConfig"]
    if "EphemeralStorage" in updates:
        self.ephemeral_storage = updates["EphemeralStorage"]["Size"]
    if "Environment" in updates:
        # Without variables, the function has none any more.
        updates = {**updates, "Environment": {"Variables": updates["Environment"].get("Variables") or {}}}
    self.last_modified = iso_8601_datetime_with_nanoseconds()
    update_configuration(self, updates)
    return self.get_configuration()


def update_code_and_architectures(self, updates):
    if "Architectures" in updates:
        self.architectures = updates["Architectures"]
    self.last_modified = iso_8601_datetime_with_nanoseconds()
    return update_function_code(self, updates)


LambdaFunction.__init__ = function_with_key
LambdaFunction.get_configuration = function_configuration_with_key
LambdaFunction.update_configuration = update_whole_configuration
LambdaFunction.update_function_code = update_code_and_architectures


# A client retries after a broken connection. Terraform's provider would then wait five minutes for the function that it
# created itself to go away, and fail: CreateFunction with the same code gets the same response instead.
create_function = LambdaResponse.create_function


def create_function_again(self):
    try:
        return create_function(self)
    except FunctionAlreadyExists:
        existing = self.backend.get_function(self.json_body["FunctionName"], None)
        code = base64.b64decode(self.json_body["Code"].get("ZipFile", ""))
        if existing.code_sha_256 != base64.b64encode(hashlib.sha256(code).digest()).decode():
            raise
        return 201, {"status": 201}, json.dumps(existing.get_configuration(on_create=True))


LambdaResponse.create_function = create_function_again
