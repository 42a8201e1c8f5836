from django.urls import path

from shop import views

urlpatterns = [
    path("work/<int:number>", views.work),
    path("stream", views.stream),
    path("fail", views.fail),
    path("async", views.asynchronous),
    path("wait", views.wait),
    path("page", views.page),
    path("books", views.BookList.as_view()),
]
