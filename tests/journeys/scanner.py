"""A picker with a scanner, over HTTP: does what the screen says, and sends a scan again when no answer came."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable

import httpx

from toiya.domain.catalog.models import Sku
from toiya.domain.outbound.models import Parcel, PickTask, Slot
from toiya.domain.outbound.queries import slot_in_totes
from toiya.domain.warehouses.models import Bin, Warehouse

LONGEST_SECONDS = 30.0
MOST_STEPS = 300
BOX_GRAMS = 30
_STEP = re.compile(r'class="scan-box".*?name="step" value="([a-z]+)-(\d+)"', re.DOTALL)
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Scanner:
    """One person's device. Everything it knows it reads from the screen; what to scan, from the goods in the hall."""

    def __init__(self, address: str, warehouse: Warehouse, badge: str, pin: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=10, trust_env=False, follow_redirects=True)
        self._warehouse = warehouse
        self._token = ""
        self.repeats = 0
        self._look("/floor/sign-in/")
        self._send("/floor/sign-in/", {"badge": badge, "pin": pin})

    def close(self) -> None:
        self._http.close()

    def walk(self, code: str) -> None:
        """Pick a whole list."""
        self._scan("/floor/", "job-1", code)
        page = self._look(f"/floor/pick/{code}/")
        for _ in range(MOST_STEPS):
            step, number = self._asked(page)
            if step == "job":
                return
            page = self._scan(f"/floor/pick/{code}/", f"{step}-{number}", self._picked(step, number))
        raise AssertionError(f"{code} does not end")

    def pack(self, tote: str) -> None:
        """Pack and weigh what lies in a tote."""
        self._scan("/floor/pack/", "tote-1", f"TOTE-{tote}")
        slot = slot_in_totes(Bin.objects.filter(warehouse=self._warehouse, code=tote))
        if slot is None:  # sealed by the same hands a moment ago
            return
        parcel = Parcel.objects.get(order_id=slot.order_id)
        path = f"/floor/pack/{parcel.code}/"
        page = self._look(path)
        for _ in range(MOST_STEPS):
            step, number = self._asked(page)
            if step not in ("piece", "weigh"):
                return
            page = self._scan(path, f"{step}-{number}", self._packed(step, parcel))
        raise AssertionError(f"{parcel.code} does not end")

    def load(self, tracking_number: str) -> None:
        """Scan a label onto the truck."""
        self._scan("/floor/ship/", "load-1", tracking_number)

    def _picked(self, step: str, number: int) -> str:
        if step == "slot":
            taken = Slot.objects.filter(is_closed=False, tote__isnull=False).values("tote")
            totes = Bin.objects.filter(warehouse=self._warehouse, kind=Bin.Kind.TOTE).exclude(pk__in=taken)
            return f"TOTE-{totes.order_by('pk')[0].code}"
        task = PickTask.objects.select_related("bin", "sku").get(pk=number)
        return f"BIN-{task.bin.code}" if step == "bin" else str(task.sku.code)

    def _packed(self, step: str, parcel: Parcel) -> str:
        """The next piece in the tote that is not in the box, or what the scale says of all of them."""
        tasks = PickTask.objects.filter(order_id=parcel.order_id, picked__gt=0).select_related("sku")
        if step == "weigh":
            return f"{BOX_GRAMS + sum(task.picked * task.sku.weight_g for task in tasks)} g"
        left: dict[int, int] = {}
        for task in tasks:
            left[task.sku_id] = left.get(task.sku_id, 0) + task.picked
        for content in parcel.contents.all():
            left[content.sku_id] -= content.quantity
        return str(Sku.objects.get(pk=next(sku for sku, pieces in left.items() if pieces)).code)

    def _asked(self, page: str) -> tuple[str, int]:
        found = _STEP.search(page)
        assert found, page
        return found[1], int(found[2])

    def _scan(self, path: str, step: str, scan: str) -> str:
        return self._send(path, {"scan": scan, "step": step, "scan_id": secrets.token_hex(8)})

    def _send(self, path: str, fields: dict[str, str]) -> str:
        """One scan; the same one again, with the same id, while nobody answers."""
        return self._answered(
            lambda: self._http.post(path, data=fields, headers={"X-CSRFToken": self._token, "X-Toiya-Floor": "1"})
        )

    def _look(self, path: str) -> str:
        return self._answered(lambda: self._http.get(path))

    def _answered(self, call: Callable[[], httpx.Response]) -> str:
        deadline = time.monotonic() + LONGEST_SECONDS
        while True:
            try:
                answer = call()
            except httpx.TransportError:
                self.repeats += 1
                assert time.monotonic() < deadline, "the pages did not come back"
                time.sleep(0.1)
                continue
            assert answer.status_code == httpx.codes.OK, f"{answer.status_code} {answer.url}: {answer.text[:2000]}"
            if token := _TOKEN.search(answer.text):
                self._token = token[1]
            return answer.text
