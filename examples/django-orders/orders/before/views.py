from rest_framework import generics

from orders.before.serializers import OfficeListSerializer, OrderSerializer
from orders.models import Office, Order
from orders.tenant import company_of


class OrderList(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.filter(office__company=company_of(self.request))


class OfficeList(generics.ListAPIView):
    serializer_class = OfficeListSerializer
    pagination_class = None

    def get_queryset(self):
        return Office.objects.filter(company=company_of(self.request))
