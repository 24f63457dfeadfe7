"""The addresses of the check. They stand in histories and tell no story: a random number, and the number of a step."""

from django.urls import path

from safeconduct.desk.check.result_urls import RESULT
from safeconduct.desk.check.views import begin, steps

urlpatterns = [
    path("c/", begin.begin, name="check"),
    path("c/<uuid:run>/<int:number>", steps.step, name="check-step"),
    path("c/<uuid:run>/l", begin.language, name="check-language"),
    path("c/<uuid:run>/x", begin.leave, name="check-exit"),
    *RESULT,
]
