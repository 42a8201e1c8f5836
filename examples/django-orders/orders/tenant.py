from rest_framework.exceptions import ValidationError


def company_of(request):
    """The company whose data is asked for: ?company=<id>, the biggest customer unless told."""
    company = request.query_params.get("company", "1")
    if not company.isdigit():
        raise ValidationError({"company": "must be a number"})
    return int(company)
