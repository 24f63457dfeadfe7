"""The addresses of the contact site. They stand in histories and tell no story, so they are numbers."""

from django.urls import path

from safeconduct.desk.contact.views import coming_back, opening, thread, writing

urlpatterns = [
    path("", opening.languages, name="languages"),
    path("1", opening.start, name="start"),
    path("2", writing.first_message, name="write"),
    path("3", coming_back.come_back, name="return"),
    path("4", thread.conversation, name="thread"),
    path("4/<uuid:file>", thread.one_file, name="file"),
    path("5", opening.sent, name="sent"),
    path("6", thread.end, name="end"),
    path("7", opening.ended, name="ended"),
    path("8", thread.leave, name="leave"),
    path("9", opening.protection, name="protection"),
    path("x", opening.leave_quickly, name="exit"),
]
