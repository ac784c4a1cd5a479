"""What a role cannot do is not offered: every link and every button of the demonstration, as everybody who can log in.

A label leads to the one field it belongs to: no id stands twice on a page.
"""

import html
import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from massline.desk.people.choices import Role
from massline.desk.people.models import Account, Organisation
from tests.conftest import DoorClient, at_desk
from tests.demo.test_demo import union  # noqa: F401 (a fixture)
from tests.open_forms import forms_of
from tests.wall.compartments import come_in
from tests.wall.declared_desk import DESK

LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
ID = re.compile(r'<[a-z][^>]*?\sid="([^"]+)"')
LEAVE_OUT = re.compile(r"/(log-out|come-in|language)/")
NUMBERS = re.compile(r"\d+|[0-9a-f]{8}-[0-9a-f-]{27}|v[0-9a-f-]{36}")
# So many pages of one kind are read, with every link and every button on them.
OF_A_KIND = 4


def route_name(path: str) -> str:
    try:
        found = resolve(path, urlconf="massline.urls_desk")
    except Resolver404:
        return ""
    return f"{found.namespace}:{found.url_name}" if found.namespace else str(found.url_name)


def dead_ends(door: DoorClient, start: str, role: Role) -> Iterator[str]:
    """Links that are not there for whoever follows them, buttons that this role may not press, ids that stand twice."""
    seen, waiting = {start: "the start"}, deque([start])
    kinds: Counter[str] = Counter()
    while waiting:
        path = waiting.popleft()
        answer = door.get(path)
        if answer.status_code not in {200, 302}:
            yield f"{answer.status_code} {path} from {seen[path]}"
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        page = answer.content.decode()
        for name, times in Counter(ID.findall(page)).items():
            if times > 1:
                yield f"the id {name} {times} times on {path}"
        for form in forms_of(page):
            name = route_name(urlsplit(urljoin(path, form.action or path)).path)
            if form.method == "post" and name in DESK and DESK[name].needed("POST") > role:
                yield f"a button for {name} on {path}"
        for link in LINK.findall(page):
            address = urlsplit(urljoin(f"http://testserver{path}", html.unescape(link)))
            onward = f"{address.path}?{address.query}" if address.query else address.path
            kind = NUMBERS.sub("N", address.path)
            ours = address.netloc == "testserver" and not LEAVE_OUT.search(address.path)
            if ours and onward not in seen and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                seen[onward] = path
                waiting.append(onward)


def test_no_link_leads_nowhere_and_no_button_is_offered_in_vain(union: Organisation) -> None:  # noqa: F811
    holder = Account.objects.filter(memberships__organisation=union, memberships__role=Role.HOLDER)[0]
    found = []
    for role in Role:
        account = holder if role == Role.HOLDER else come_in(union, holder, f"A {role.name.lower()}", role)
        found += [f"{role.name}: {what}" for what in dead_ends(at_desk(account), f"/{union.slug}/", role)]
    assert found == [], "\n".join(found)
