"""What an account has put off on Today, or handed to somebody."""

from django.db import models

from massline.core.expiry import ExpiresAfter
from massline.desk.people.models import Account, Organisation
from massline.desk.people.scope import ScopedManager


class PutOff(models.Model):
    """An item of Today that one account does not see before a day; `given_to` sees it at once, as given to them."""

    lives = ExpiresAfter(since="until", days=1, held=False)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    item = models.CharField(max_length=32, help_text="key of the item, which names no person")
    until = models.DateField()
    given_to = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")

    objects = ScopedManager("organisation")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "account", "item"], name="one_put_off_of_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.item} until {self.until}"
