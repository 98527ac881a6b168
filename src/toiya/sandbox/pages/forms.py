"""Forms of the pages: placing an order, cancelling a line, signing in at the seller console."""

from django import forms

LINES_PER_ORDER = 3
MOST_PIECES = 999


class OrderForm(forms.Form):
    """An order as a buyer places it: up to three lines, one receiver."""

    PAID = (("300", "five minutes ago"), ("0", "just now"), ("", "not yet"))

    paid = forms.ChoiceField(choices=PAID, required=False, label="Paid", initial="300")
    name = forms.CharField(max_length=100, label="Receiver")
    kana = forms.CharField(max_length=100, required=False, label="Receiver in kana")
    zip_code = forms.RegexField(
        r"^\d{3}-\d{4}$",
        label="Post code",
        error_messages={"invalid": "The post code is not like 273-0005. Write three digits, a hyphen, four digits."},
    )
    address1 = forms.CharField(max_length=100, label="Prefecture and city")
    address2 = forms.CharField(max_length=200, label="Town, block, building")
    mobile = forms.CharField(max_length=30, required=False, label="Mobile phone")
    message = forms.CharField(max_length=200, required=False, label="Message to the shop")

    def __init__(self, *args: object, goods: list[tuple[str, str]], **kwargs: object) -> None:
        """Add one choice of goods and one quantity per line."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for number in range(1, LINES_PER_ORDER + 1):
            is_first = number == 1
            choices = goods if is_first else [("", "—"), *goods]
            self.fields[f"goods{number}"] = forms.ChoiceField(
                choices=choices, required=is_first, label=f"Item {number}"
            )
            self.fields[f"quantity{number}"] = forms.IntegerField(
                min_value=1, max_value=MOST_PIECES, initial=1, required=is_first, label=f"Pieces {number}"
            )
        lines = [f"{part}{n}" for n in range(1, LINES_PER_ORDER + 1) for part in ("goods", "quantity")]
        self.order_fields(lines)

    def chosen_lines(self) -> list[tuple[str, int]]:
        """Return the goods chosen and how many of each."""
        numbers = range(1, LINES_PER_ORDER + 1)
        pairs = [(self.cleaned_data[f"goods{n}"], self.cleaned_data[f"quantity{n}"] or 1) for n in numbers]
        return [(goods, quantity) for goods, quantity in pairs if goods]

    def receiver(self) -> dict[str, str]:
        """Return the receiver's fields."""
        names = ("name", "kana", "zip_code", "address1", "address2", "mobile")
        return {name: self.cleaned_data[name] for name in names}


class ConsoleForm(forms.Form):
    """The seller's log-in at the console."""

    user_id = forms.CharField(max_length=50, label="QSM ID", widget=forms.TextInput({"autocomplete": "username"}))
    pwd = forms.CharField(
        max_length=100,
        label="Password",
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
