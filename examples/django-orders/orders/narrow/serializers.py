from rest_framework import serializers

from orders.before.serializers import AddressSerializer
from orders.models import Order, User


class BuyerSerializer(serializers.ModelSerializer):
    active_address = AddressSerializer()

    class Meta:
        model = User
        fields = ["name", "active_address"]


class OrderSerializer(serializers.ModelSerializer):
    user = BuyerSerializer()

    class Meta:
        model = Order
        fields = ["id", "number", "placed_at", "total", "user"]
