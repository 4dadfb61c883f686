"""Real servers for the tests marked `servers`: no double of Redis, PostgreSQL or a mail server.

    program on this machine (PATH, known folders) ─▶ else apt-get, as root on Debian ─▶ else the test is skipped
    private folder, private loopback port ─▶ start ─▶ answers? ─▶ the tests ─▶ end it by its own process id

`tests/conftest.py` makes fixtures of these; a test that stops and starts a server itself calls them directly.
"""

from tests.servers.postgres_server import PostgresServer, postgres_server
from tests.servers.programs import UnavailableError
from tests.servers.redis_server import RedisServer, redis_server
from tests.servers.smtp_server import Delivery, SmtpServer, smtp_server
