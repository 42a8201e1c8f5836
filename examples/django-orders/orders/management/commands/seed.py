import datetime
import time
from decimal import Decimal

from django.core.management.base import BaseCommand
from django.db import connection, transaction

from orders.models import Address, Company, Office, Order, User

# Name and number of offices. The first company is the one whose pages never load.
COMPANIES = [("Northwind Facilities", 312), ("Harbour Hotels", 48), ("Oak Street Clinics", 12), ("Luna Bakery", 3)]
USERS_PER_OFFICE = 4
ORDERS_PER_OFFICE = 6
PAGE = 20
CITIES = ["Boston", "Chicago", "Denver", "Houston", "Oakland", "Portland", "Seattle", "Tucson"]
NEWEST = datetime.datetime(2024, 5, 31, 17, 0, tzinfo=datetime.timezone.utc)
PROSE = "Deliver between eight and noon to the loading bay behind the building; ring twice. " * 12


class Command(BaseCommand):
    help = "Fills an empty database: always the same rows, with the same ids."

    def handle(self, *args, **options):
        if Company.objects.exists():
            self.stdout.write("Already seeded.")
            return
        started = time.monotonic()
        with transaction.atomic():
            for company, (name, size) in enumerate(COMPANIES, start=1):
                self.seed_company(company, name, size)
            self.reset_sequences()
        self.stdout.write(
            "Seeded %d companies, %d offices, %d users, %d addresses and %d orders in %.1f s."
            % (
                Company.objects.count(),
                Office.objects.count(),
                User.objects.count(),
                Address.objects.count(),
                Order.objects.count(),
                time.monotonic() - started,
            )
        )

    def seed_company(self, company, name, size):
        base = company * 1000
        Company.objects.create(
            id=company, name=name, legal_name=name + " Inc.", tax_number="US-%07d" % base, terms=PROSE
        )
        offices = [
            Office(
                id=base + i,
                company_id=company,
                name="%s %03d" % (name.split()[0], i + 1),
                city=CITIES[i % len(CITIES)],
                directions=PROSE,
            )
            for i in range(size)
        ]
        Office.objects.bulk_create(offices)
        users = [
            User(
                id=office.id * 10 + k,
                office_id=office.id,
                name="User %d" % (office.id * 10 + k),
                email="user%d@example.com" % (office.id * 10 + k),
            )
            for office in offices
            for k in range(USERS_PER_OFFICE)
        ]
        User.objects.bulk_create(users)
        Address.objects.bulk_create(
            Address(
                user_id=user.id,
                active=active,
                street="%d %s Street" % (user.id % 900 + 1, "Main" if active else "Old"),
                postcode="%05d" % (user.id % 100000),
                city=CITIES[user.id % len(CITIES)],
            )
            for user in users
            for active in (False, True)
        )
        # About one office in three has a manager: 99 of 312.
        managed = [o for i, o in enumerate(offices) if (i + 1) * 99 // 312 > i * 99 // 312]
        for office in managed:
            office.manager_id = office.id * 10
        Office.objects.bulk_update(managed, ["manager"])
        Order.objects.bulk_create(self.orders_of(company, offices, users))

    def orders_of(self, company, offices, users):
        """Newest first: a page of orders that one purchasing clerk placed for as many offices, then everyone's."""
        for n in range(len(offices) * ORDERS_PER_OFFICE):
            office = offices[n * 7 % len(offices)]
            clerk = users[1] if n < PAGE else users[n * 13 % len(users)]
            yield Order(
                office_id=office.id,
                user_id=clerk.id,
                # One order in ten still waits for its approval.
                approved_by_id=None if n % 10 == 9 else users[n * 11 % len(users)].id,
                number="%d-%06d" % (company, 900000 - n),
                placed_at=NEWEST - datetime.timedelta(minutes=37 * n + company),
                total=Decimal(n * 791 % 90000 + 1000) / 100,
            )

    def reset_sequences(self):
        with connection.cursor() as cursor:
            for model in (Company, Office, User):
                table = model._meta.db_table
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), (SELECT max(id) FROM {})) ".format(table), [table]
                )
