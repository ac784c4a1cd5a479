"""What a process tells whoever watches it from outside, and what it keeps to itself."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.utils import timezone

from massline.jobs import health_checks, heartbeats
from massline.jobs.heartbeats import is_worker_alive, last_heartbeat, send_heartbeat
from massline.jobs.models import LAST_ATTEMPT, Job, WorkerHeartbeat, enqueue
from massline.jobs.queue_state import queue_state
from massline.web.log_format import JsonFormatter
from tests.conftest import DoorClient

TOKEN = "a-long-token-for-the-monitor"


def metrics(client: DoorClient, token: str = TOKEN) -> Any:
    return client.get("/metrics", headers={"authorization": f"Bearer {token}"})


def test_a_process_that_answers_is_alive_under_any_host_name(nobody: DoorClient) -> None:
    asked = nobody.get("/healthz", headers={"host": "10.0.0.7:8000"})
    assert (asked.status_code, asked.content) == (200, b"ok\n")
    assert "Set-Cookie" not in asked.headers
    assert asked.headers["Cache-Control"] == "no-store"
    assert nobody.post("/healthz").status_code == nobody.post("/nowhere").status_code


def test_a_door_is_ready_when_its_databases_answer(nobody: DoorClient) -> None:
    ready = nobody.get("/readyz", headers={"host": "10.0.0.7:8000"})
    assert ready.status_code == 200
    assert set(ready.json()["databases"].values()) == {"ok"}


def test_a_database_that_is_away_or_behind_is_named(
    nobody: DoorClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health_checks, "_migrated", set())
    monkeypatch.setattr(
        health_checks, "pending_migrations", lambda database: ["jobs.0003"] if database == "square" else []
    )
    behind = nobody.get("/readyz")
    assert behind.status_code == 503
    assert behind.json()["databases"]["square"] == "behind this version"

    def away() -> None:
        raise OperationalError("no such host")

    monkeypatch.setattr(connections["square"], "cursor", away)
    gone = nobody.get("/readyz")
    assert gone.status_code == 503
    assert gone.json() == {
        "ready": False,
        "databases": gone.json()["databases"] | {"square": "does not answer"},
    }


def test_figures_are_given_to_the_token_alone(nobody: DoorClient, settings: Any) -> None:
    nowhere = nobody.get("/nowhere").status_code
    assert nowhere in (301, 404)
    assert metrics(nobody).status_code == nowhere
    settings.METRICS_TOKEN = TOKEN
    assert metrics(nobody, "another").status_code == nowhere
    assert nobody.get("/metrics").status_code == nowhere
    assert metrics(nobody).headers["Content-Type"].startswith("text/plain; version=0.0.4")


def test_the_figures_are_counts_and_ages_by_lane(nobody: DoorClient, settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    enqueue("conversations.take_snapshot", using="square", delay=-timedelta(minutes=3), conversation=1)
    enqueue("conversations.take_snapshot", using="square", delay=timedelta(hours=3), conversation=2)
    enqueue("nobody.knows", using="square", conversation=3)
    Job.objects.using("square").filter(name="nobody.knows").update(attempts=LAST_ATTEMPT)
    send_heartbeat(["square"])
    lines = metrics(nobody).content.decode().splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    maps = '{database="square",lane="maps"}'
    assert figures[f"massline_jobs_due{maps}"] == "1"
    assert 170 < float(figures[f"massline_jobs_oldest_seconds{maps}"]) < 200
    assert figures['massline_jobs_given_up{database="square",lane="house"}'] == "1"
    assert figures['massline_database_up{database="square"}'] == "1"
    assert float(figures['massline_worker_seen_seconds{database="square"}']) < 5
    assert float(figures["massline_data_free_bytes"]) > 0
    named = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    assert named == {line.split("{")[0].split()[0] for line in lines if not line.startswith("#")}


def test_a_database_that_is_away_has_no_figures_and_is_down(
    nobody: DoorClient, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.METRICS_TOKEN = TOKEN

    def away(using: str) -> None:
        raise OperationalError

    monkeypatch.setattr("massline.jobs.metrics.queue_state", away)
    text = metrics(nobody).content.decode()
    assert 'massline_database_up{database="square"} 0' in text
    assert "massline_jobs_due{" not in text


def test_one_query_counts_a_queue(django_assert_num_queries: Any) -> None:
    enqueue("conversations.take_snapshot", using="square", conversation=1)
    with django_assert_num_queries(1, using="square"):
        assert sum(state.due for state in queue_state("square")) == 1


def test_a_worker_is_seen_in_every_database_and_forgotten_when_it_is_silent() -> None:
    assert last_heartbeat("square") is None
    assert not is_worker_alive("square")
    send_heartbeat(["square", "desk"])
    send_heartbeat(["square"])
    assert WorkerHeartbeat.objects.using("square").count() == 1
    assert is_worker_alive("square")
    assert is_worker_alive("desk")
    WorkerHeartbeat.objects.using("square").update(
        seen_at=timezone.now() - timedelta(seconds=heartbeats.MISSED * heartbeats.ALIVE_SECONDS + 1)
    )
    assert not is_worker_alive("square")


def test_a_database_that_takes_no_heartbeat_does_not_stop_the_worker(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def using(self, name: str) -> "Away":
            raise OperationalError

    monkeypatch.setattr(WorkerHeartbeat, "objects", Away())
    send_heartbeat(["square"])
    assert "does not take the worker's heartbeat" in caplog.text


def test_a_log_line_is_one_json_object_without_secrets() -> None:
    record = logging.LogRecord(
        "massline.web", logging.WARNING, "x", 1, "Refused /manage/%s/ for\n%s", ("s3cret", "é"), None
    )
    written = json.loads(JsonFormatter().format(record))
    assert written["message"] == "Refused /manage/…/ for\né"
    assert written["level"] == "WARNING"
    assert written["time"].endswith("+00:00")
    assert set(written) == {"time", "level", "logger", "message", "process"}


@pytest.mark.parametrize("way", ["manage", "come-in", "in", "riverside/tell-me", "riverside/tell-me/stop"])
def test_no_line_of_the_log_holds_a_link_that_is_a_key(way: str) -> None:
    record = logging.LogRecord("django", logging.WARNING, "x", 1, "Forbidden: /%s/%s/", (way, "s3cret"), None)
    assert "s3cret" not in JsonFormatter().format(record)
    assert way in JsonFormatter().format(record)
