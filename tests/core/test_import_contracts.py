"""Who may import whom is really kept: each contract breaks when somebody breaks it."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from django.conf import settings

PACKAGE = Path(settings.PACKAGE)
BREACHES = {
    "engine/votes/table.py": "import django",
    "tables/delimited_text.py": "import django",
    "engine/opinion/__init__.py": "from massline.engine import line",
    "square/conversations/actions.py": "from massline.desk.people import choices",
    "core/sealed_columns.py": "from massline.jobs import models",
    "square/envelopes/actions.py": "from massline.square.calls import models",
    "desk/people/querysets.py": "from massline.desk.learn import models",
    "square/conversations/models.py": "from massline.square.conversations import views",
    "files/votes_table.py": "from massline.square.conversations import models",
    "core/expiry.py": "from massline.web import charts",
    "desk/guard/keys/vault.py": "from massline.desk.guard.accounts import credential_actions",
    "desk/listen/rounds/actions.py": "from massline.desk.listen.paper import views",
    "desk/sumup/masking/personal_data.py": "from massline.desk.sumup.claims import actions",
    "desk/decide/ballots/refusal_reasons.py": "from massline.desk.decide.motions import actions",
    "desk/call/published_call.py": "from massline.desk.call import actions",
    "desk/act/events/actions.py": "from massline.desk.act.attendance import actions as attendance_actions",
    "desk/learn/sister_chapters.py": "from massline.desk.learn.lessons import actions",
    "square/conversations/map_request.py": "from massline.square.conversations.voting import vote_batch_writer",
}


def lint(folder: Path) -> str:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-cache",
            "--config",
            PACKAGE.parent / "pyproject.toml",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_every_contract_is_broken_by_a_breach(tmp_path: Path) -> None:
    copy = tmp_path / "massline"
    shutil.copytree(PACKAGE, copy, ignore=lambda _, names: {n for n in names if n == "__pycache__"})
    for name, line in BREACHES.items():
        path = copy / name
        path.write_text(path.read_text() + f"\n{line}\n")
    said = lint(tmp_path)
    contracts = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    assert len(contracts) == len(BREACHES)
    assert re.search(rf"Contracts: 0 kept, {len(contracts)} broken", said), said
