"""What the service answers when it refuses.

Source: https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes
"""

from http import HTTPStatus
from xml.sax.saxutils import escape

from starlette.responses import JSONResponse, Response


class Fault(Exception):
    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def answer(self, *, with_body: bool = True) -> Response:
        text = f'<?xml version="1.0" encoding="utf-8"?><Error><Code>{self.code}</Code>'
        text += f"<Message>{escape(str(self))}</Message></Error>"
        headers = {"x-ms-error-code": self.code}
        return Response(text if with_body else None, self.status, headers, "application/xml")

    def answer_json(self, *, with_body: bool = True) -> Response:
        """As the data lake's endpoint tells it."""
        headers = {"x-ms-error-code": self.code}
        body = {"error": {"code": self.code, "message": str(self)}}
        return JSONResponse(body, self.status, headers) if with_body else Response(None, self.status, headers)


def not_found(name: str) -> Fault:
    return Fault(HTTPStatus.NOT_FOUND, "BlobNotFound", f"The specified blob does not exist: {name}")


def no_container(name: str) -> Fault:
    return Fault(HTTPStatus.NOT_FOUND, "ContainerNotFound", f"The specified container does not exist: {name}")


def invalid(code: str, message: str) -> Fault:
    return Fault(HTTPStatus.BAD_REQUEST, code, message)


def changed() -> Fault:
    message = "The condition specified using HTTP conditional header(s) is not met."
    return Fault(HTTPStatus.PRECONDITION_FAILED, "ConditionNotMet", message)
