import os
import time

from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from rest_framework import generics

from shop.models import Book, Label
from shop.serializers import BookSerializer


def mark(request):
    """A value that no other request's statements have."""
    return "mark-%s-" % request.headers.get("X-Headroom-Request", "none")


def work(request, number=0):
    """Statements of every sort, each with the request's mark in it."""
    its = mark(request)
    for i in range(3):
        Label.objects.filter(name=its + str(i)).exists()
    with transaction.atomic():
        Label.objects.create(name=its + "created")
        with transaction.atomic():
            Label.objects.filter(name=its + "created").update(name=its + "updated")
        list(Label.objects.filter(name__startswith=its).iterator(chunk_size=1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.002), %s", [its + "raw"])
    return HttpResponse(its)


def stream(request):
    """Runs its statements while the server sends the body."""
    its = mark(request)

    def body():
        for i in range(3):
            yield str(Label.objects.filter(name=its + str(i)).count())

    return StreamingHttpResponse(body())


def fail(request):
    Label.objects.filter(name=mark(request)).first()
    raise ValueError("as asked")


async def asynchronous(request):
    its = mark(request)
    for i in range(3):
        await sync_to_async(Label.objects.filter(name=its + str(i)).exists)()
    await sync_to_async(work)(request)
    return HttpResponse(its)


def wait(request):
    """Serves a request until the test has seen it."""
    Label.objects.filter(name=mark(request)).exists()
    while not os.path.exists(request.GET["until"]):
        time.sleep(0.02)
    return HttpResponse("waited")


def page(request):
    return render(request, "books.html", {"books": Book.objects.order_by("pk")})


class BookList(generics.ListAPIView):
    serializer_class = BookSerializer
    queryset = Book.objects.order_by("pk")
