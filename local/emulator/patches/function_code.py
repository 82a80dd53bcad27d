"""Lambda's deployment packages: GetFunction's Code.Location, and the package at that URL."""

import json
import re
from urllib.parse import quote, unquote

from moto.awslambda.exceptions import UnknownFunctionException
from moto.awslambda.models import lambda_backends
from moto.awslambda.responses import LambdaResponse

# No bucket can have this name.
PATH = "/_function-code"


# GetFunction's Code.Location can be fetched without a signature, like AWS's presigned URL.
get_function = LambdaResponse.get_function


def get_function_with_location(self):
    answer = json.loads(get_function(self))
    configuration = answer["Configuration"]
    where = [self.current_account, self.region, configuration["FunctionName"], configuration["CodeSha256"]]
    location = "/".join([PATH, *(quote(part, safe="") for part in where)])
    if "Code" in answer and "ImageUri" not in answer["Code"]:
        answer["Code"]["Location"] = f"http://{self.headers['Host']}{location}"
    return json.dumps(answer)


LambdaResponse.get_function = get_function_with_location


class FunctionCode:
    """Serves these locations; `app` serves all others."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        # PATH_INFO is decoded, and a SHA-256 in Base64 may contain a slash.
        path = environ.get("REQUEST_URI") or environ["RAW_URI"]
        match = re.fullmatch(PATH + "/([^/?]+)/([^/?]+)/([^/?]+)/([^/?]+)", path)
        if not match:
            return self.app(environ, start_response)
        account, region, name, sha256 = (unquote(part) for part in match.groups())
        try:
            function = lambda_backends[account][region].get_function(name, None)
        except UnknownFunctionException:
            function = None
        if not function or function.code_sha_256 != sha256:
            start_response("404 Not Found", [("Content-Type", "text/plain")])
            return [b"the function has other code by now"]
        start_response("200 OK", [("Content-Type", "application/zip")])
        return [function.code_bytes]
