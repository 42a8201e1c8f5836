from django.db import models


class Company(models.Model):
    name = models.CharField(max_length=100)
    legal_name = models.CharField(max_length=200)
    tax_number = models.CharField(max_length=30)
    terms = models.TextField()


class Office(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="offices")
    manager = models.ForeignKey(
        "User", null=True, blank=True, on_delete=models.SET_NULL, related_name="managed_offices"
    )
    name = models.CharField(max_length=100)
    city = models.CharField(max_length=60)
    directions = models.TextField()

    class Meta:
        ordering = ["id"]


class User(models.Model):
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="users")
    name = models.CharField(max_length=100)
    email = models.EmailField()

    class Meta:
        ordering = ["id"]

    @property
    def active_address(self):
        return self.addresses.filter(active=True).first()


class Address(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="addresses")
    active = models.BooleanField(default=True)
    street = models.CharField(max_length=100)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=60)


class Order(models.Model):
    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="orders")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="orders")
    approved_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="approved_orders"
    )
    number = models.CharField(max_length=20, unique=True)
    placed_at = models.DateTimeField(db_index=True)
    total = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["-placed_at"]
