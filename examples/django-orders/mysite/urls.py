from importlib import import_module

from django.conf import settings
from django.http import JsonResponse
from django.urls import path

views = import_module("orders.%s.views" % settings.ORDERS_STAGE)

urlpatterns = [
    path("api/orders", views.OrderList.as_view(), name="orders"),
    path("api/health", lambda request: JsonResponse({"up": True})),
    path("api/offices", views.OfficeList.as_view(), name="offices"),
]
