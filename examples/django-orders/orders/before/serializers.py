from rest_framework import serializers

from orders.models import Address, Company, Office, Order, User


class CompanySerializer(serializers.ModelSerializer):
    class Meta:
        model = Company
        fields = ["id", "name", "legal_name", "tax_number", "terms"]


class OfficeSerializer(serializers.ModelSerializer):
    company = CompanySerializer()

    class Meta:
        model = Office
        fields = ["id", "name", "city", "directions", "company"]


class AddressSerializer(serializers.ModelSerializer):
    class Meta:
        model = Address
        fields = ["street", "postcode", "city"]


class UserSerializer(serializers.ModelSerializer):
    office = OfficeSerializer()
    active_address = AddressSerializer()

    class Meta:
        model = User
        fields = ["id", "name", "email", "office", "active_address"]


class ApproverSerializer(serializers.ModelSerializer):
    office = OfficeSerializer()

    class Meta:
        model = User
        fields = ["id", "name", "office"]


class OrderSerializer(serializers.ModelSerializer):
    office = OfficeSerializer()
    user = UserSerializer()
    approved_by = ApproverSerializer()

    class Meta:
        model = Order
        fields = ["id", "number", "placed_at", "total", "office", "user", "approved_by"]


class StaffSerializer(serializers.ModelSerializer):
    class Meta:
        model = User
        fields = ["id", "name", "email"]


class ManagerSerializer(serializers.ModelSerializer):
    active_address = AddressSerializer()

    class Meta:
        model = User
        fields = ["id", "name", "email", "active_address"]


class OfficeListSerializer(serializers.ModelSerializer):
    manager = ManagerSerializer()
    staff = StaffSerializer(source="users", many=True)

    class Meta:
        model = Office
        fields = ["id", "name", "city", "manager", "staff"]
