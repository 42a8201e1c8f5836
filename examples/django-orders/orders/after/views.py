from django.db.models import Prefetch
from rest_framework import generics

from orders.after.serializers import OfficeListSerializer, OrderSerializer
from orders.models import Address, Office, Order
from orders.tenant import company_of


def active_addresses(path):
    return Prefetch(path, queryset=Address.objects.filter(active=True).order_by("id"), to_attr="active_addresses")


class OrderList(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return (
            Order.objects.filter(office__company=company_of(self.request))
            .select_related("office__company")
            .prefetch_related("user", active_addresses("user__addresses"))
            .only("number", "placed_at", "total", "user", "office__name", "office__company__name")
        )


class OfficeList(generics.ListAPIView):
    serializer_class = OfficeListSerializer
    pagination_class = None

    def get_queryset(self):
        return (
            Office.objects.filter(company=company_of(self.request))
            .prefetch_related("users", "manager", active_addresses("manager__addresses"))
            .defer("directions")
        )
