"""The headers of every answer of both sites. What a page may load is nothing, unless it stands here."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

KEYS = ("publickey-credentials-create", "publickey-credentials-get")
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer",
    "microphone", "midi", "payment", "picture-in-picture", *KEYS, "screen-wake-lock", "serial", "storage-access", "usb",
    "web-share", "xr-spatial-tracking",
)  # fmt: skip
# `same-origin` and not `no-referrer`: with the latter Chromium sends `Origin: null`, and the check of forms refuses it.
HEADERS = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES),
}
STATIC = "/static/"
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A page that speaks with a security key has our one script, which may write no markup.
KEY_CONTENT_POLICY = f"{CONTENT_POLICY}; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
KEY_PERMISSIONS = ", ".join(f"{feature}=({'self' if feature in KEYS else ''})" for feature in FEATURES)
_POLICY, _PERMISSIONS = "Content-Security-Policy", "Permissions-Policy"


def speaks_with_keys(response: HttpResponse) -> HttpResponse:
    """The same answer as a page that may run our script and speak with a security key."""
    response[_POLICY] = KEY_CONTENT_POLICY
    return response


class HeadersMiddleware:
    """Sets the headers; the first middleware of both sites, so that files and errors carry them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, with the headers."""
        response = self.get_response(request)
        with_keys = response.headers.get(_POLICY) == KEY_CONTENT_POLICY
        for name, value in HEADERS.items():
            response[name] = value
        response[_POLICY] = KEY_CONTENT_POLICY if with_keys else CONTENT_POLICY
        if with_keys:
            response[_PERMISSIONS] = KEY_PERMISSIONS
        # Files of ours may be kept by the browser; what was asked for and is none of them may not.
        if not request.path.startswith(STATIC) or response.status_code >= HTTPStatus.BAD_REQUEST:
            response["Cache-Control"] = "no-store"
        return response
