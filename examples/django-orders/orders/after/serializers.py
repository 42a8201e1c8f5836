from rest_framework import serializers

from orders.before.serializers import AddressSerializer, StaffSerializer
from orders.models import Office, Order, User


class PersonSerializer(serializers.ModelSerializer):
    active_address = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ["name", "active_address"]

    def get_active_address(self, user):
        # filled by the view's Prefetch(..., to_attr="active_addresses")
        return AddressSerializer(user.active_addresses[0]).data if user.active_addresses else None


class OrderSerializer(serializers.ModelSerializer):
    office = serializers.CharField(source="office.name")
    company = serializers.CharField(source="office.company.name")
    user = PersonSerializer()

    class Meta:
        model = Order
        fields = ["id", "number", "placed_at", "total", "office", "company", "user"]


class ManagerSerializer(PersonSerializer):
    class Meta:
        model = User
        fields = ["id", "name", "email", "active_address"]


class OfficeListSerializer(serializers.ModelSerializer):
    manager = ManagerSerializer()
    staff = StaffSerializer(source="users", many=True)

    class Meta:
        model = Office
        fields = ["id", "name", "city", "manager", "staff"]
