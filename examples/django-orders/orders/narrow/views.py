from rest_framework import generics

from orders.before.views import OfficeList  # noqa: F401 (this step left it as it was)
from orders.models import Order
from orders.narrow.serializers import OrderSerializer
from orders.tenant import company_of


class OrderList(generics.ListAPIView):
    serializer_class = OrderSerializer

    def get_queryset(self):
        return Order.objects.filter(office__company=company_of(self.request))
