"""The addresses of what the check found. They stand in histories, and tell no more than that a page was open."""

from django.urls import path

from safeconduct.desk.check.views import result, result_onward

RESULT = [
    path("c/<uuid:run>/result", result.front, name="check-result"),
    path("c/<uuid:run>/result/<int:number>", result.further, name="check-page"),
    path("c/<uuid:run>/print", result.printed, name="check-print"),
    path("c/<uuid:run>/helper", result_onward.helper, name="check-helper"),
    path("c/<uuid:run>/square", result_onward.square, name="check-square"),
    path("c/<uuid:run>/continue", result_onward.go_on, name="check-continue"),
]
