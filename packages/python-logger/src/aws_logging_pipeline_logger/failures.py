"""Why a request failed, in words."""

from __future__ import annotations

from typing import NamedTuple

from .json_values import text_of

PERMANENT = frozenset(
    {
        "InvalidArgumentException",
        "ParamValidationError",
        "RequestEntityTooLargeException",
        "SerializationException",
        "ValidationException",
    }
)
"""The request itself is at fault: sent again as it is, it would fail again."""

_DENIED = frozenset(
    {
        "AccessDenied",
        "AccessDeniedException",
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "InvalidSignatureException",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "NotAuthorized",
        "OptInRequired",
        "UnrecognizedClientException",
    }
)
_NO_CREDENTIALS = frozenset({"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "ProfileNotFound"})
# ServiceUnavailableException: Firehose says so beyond its quota. Source: API reference of PutRecordBatch, Errors.
_THROTTLED = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "ServiceUnavailableException",
        "ThrottlingException",
    }
)


class Failure(NamedTuple):
    code: str
    kind: str
    text: str
    permanent: bool

    @property
    def renews_client(self) -> bool:
        """Whether a new client might find other credentials."""
        return self.kind in ("no-credentials", "access-denied", "no-region")


def failure_of(error: BaseException) -> Failure:
    """Of an exception that boto3 has raised, or another client."""
    response = getattr(error, "response", None)
    details = response.get("Error") if isinstance(response, dict) else None
    code = text_of((details.get("Code") if isinstance(details, dict) else None) or type(error).__name__)
    return _failure(code, f"{code}: {text_of(error)}")


def record_failure(code: str) -> Failure:
    """Of a record's error code in a response. Such a record can be sent again."""
    return _failure(code, code)._replace(permanent=False)


def _failure(code: str, text: str) -> Failure:
    kind, advice = _kind_of(code)
    # One line, and no more of a stranger's text than a person reads.
    shown = " ".join(text.split())[:500]
    return Failure(code, kind, f"{advice} ({shown}).", code in PERMANENT)


def _kind_of(code: str) -> tuple[str, str]:
    if code == "ResourceNotFoundException":
        return (
            "stream-not-found",
            "The stream does not exist in this account and region; lines are kept and sent again. Create it, or correct its name",
        )
    if code in _DENIED:
        return (
            "access-denied",
            "The service denies access; lines are kept and sent again. Check the credentials and their policy",
        )
    if code in _NO_CREDENTIALS:
        return (
            "no-credentials",
            "There are no AWS credentials; lines are kept and sent again. Set AWS_PROFILE, or give the process a role",
        )
    if code == "NoRegionError":
        return "no-region", "There is no AWS region; lines are kept: set AWS_REGION or region_name="
    if code in ("ImportError", "ModuleNotFoundError"):
        return "no-boto3", "boto3 cannot be imported; lines are kept. Install it: pip install boto3"
    if code in _THROTTLED:
        return "throttled", "The service throttles; what it does not take is sent again"
    if code in PERMANENT:
        return "rejected", "The service rejects a request; lines of records that it never takes are dropped and counted"
    return "request-failed", "A request failed; its lines are kept and sent again"
