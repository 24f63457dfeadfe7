"""The addresses of questions and answers: a letter, a language and a number, which tell no story."""

from django.urls import path

from safeconduct.desk.contact.views import public_answers

urlpatterns = [
    path("a", public_answers.languages, name="answers-languages"),
    path("a/<slug:language>", public_answers.questions, name="answers"),
    path("a/<slug:language>/<int:number>", public_answers.answer, name="answer"),
]
