"""The real servers behind the tests: fresh for each test, private, gone afterwards, and plain about being missing."""

from __future__ import annotations

import os
import smtplib
import socket
import stat
from contextlib import ExitStack
from email.message import EmailMessage
from pathlib import Path

import psycopg
import pytest

from tests.servers import PostgresServer, RedisServer, SmtpServer, redis_server
from tests.servers.processes import StartError, held_port, private_folder, running
from tests.servers.programs import find, folders, missing, nothing_started
from tests.servers.redis_server import patient


def connect(url: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://"))


def greeting() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "kanalkoll@example.org", "officer@example.org", "Hej"
    message.set_content("Räksmörgås")
    return message


@pytest.mark.servers
class TestRedis:
    @pytest.mark.parametrize("turn", ["first", "second"])
    def test_every_test_finds_it_empty(self, redis_url: str, turn: str) -> None:
        with patient(redis_url) as client:
            assert client.dbsize() == 0
            client.set(turn, 1)

    def test_it_refuses_rather_than_forgets_when_full(self, redis_url: str) -> None:
        with patient(redis_url) as client:
            assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}

    def test_it_is_reached_from_this_machine_alone(self, redis_url: str) -> None:
        with patient(redis_url) as client:
            assert client.config_get("bind") == {"bind": "127.0.0.1"}

    @pytest.mark.usefixtures("redis_process")
    def test_it_comes_back_on_the_same_port_and_is_gone_after_the_block(self) -> None:
        with held_port() as port:
            for _ in range(2):
                with redis_server(port) as server:
                    assert server.port == port
                with pytest.raises(ProcessLookupError):
                    os.kill(server.pid, 0)

    def test_the_session_shares_one_process(self, redis_process: RedisServer, redis_url: str) -> None:
        assert redis_url == redis_process.url


@pytest.mark.servers
class TestPostgres:
    @pytest.mark.parametrize("turn", ["first", "second"])
    def test_every_test_has_a_database_of_its_own(self, postgres_url: str, turn: str) -> None:
        with connect(postgres_url) as connection:
            connection.execute("CREATE TABLE account (name text)")
            connection.execute("INSERT INTO account VALUES (%s)", [turn])
            assert connection.execute("SELECT name FROM account").fetchall() == [(turn,)]

    def test_swedish_letters_are_kept(self, postgres_url: str) -> None:
        with connect(postgres_url) as connection:
            assert connection.execute("SELECT %s", ["Räddningstjänsten"]).fetchone() == ("Räddningstjänsten",)

    def test_a_copy_of_a_template_has_its_tables(self, postgres_process: PostgresServer) -> None:
        with postgres_process.database() as template:
            with connect(template) as connection:
                connection.execute("CREATE TABLE run (night date)")
            with postgres_process.database(template.rpartition("/")[2]) as copy, connect(copy) as connection:
                assert connection.execute("SELECT count(*) FROM run").fetchone() == (0,)

    def test_a_forgotten_connection_does_not_keep_the_database(self, postgres_process: PostgresServer) -> None:
        with postgres_process.database() as url:
            forgotten = connect(url)
        with pytest.raises(psycopg.OperationalError):
            connect(url)
        forgotten.close()

    def test_the_server_does_not_run_as_root(self, postgres_process: PostgresServer) -> None:
        assert Path(f"/proc/{postgres_process.pid}").stat().st_uid != 0


class TestSmtp:
    def test_what_is_sent_arrives_whole(self, smtp: SmtpServer) -> None:
        with smtplib.SMTP(smtp.host, smtp.port, "officer.example") as client:
            client.send_message(greeting())
        [delivery] = smtp.deliveries
        assert delivery.sender == "kanalkoll@example.org"
        assert delivery.recipients == ("officer@example.org",)
        assert b"Subject: Hej\r\n" in delivery.content

    def test_a_planned_refusal_is_said_once(self, smtp: SmtpServer) -> None:
        smtp.reply("RCPT", "450 4.7.1 Greylisted")
        with smtplib.SMTP(smtp.host, smtp.port, "officer.example") as client:
            with pytest.raises(smtplib.SMTPRecipientsRefused):
                client.send_message(greeting())
            client.send_message(greeting())
        assert len(smtp.deliveries) == 1

    @pytest.mark.parametrize(
        ("verb", "refused"), [("MAIL", smtplib.SMTPSenderRefused), ("DATA", smtplib.SMTPDataError)]
    )
    def test_every_stage_can_refuse(self, smtp: SmtpServer, verb: str, refused: type[Exception]) -> None:
        smtp.reply(verb, "554 5.7.1 Not here")
        with smtplib.SMTP(smtp.host, smtp.port, "officer.example") as client, pytest.raises(refused):
            client.send_message(greeting())
        assert smtp.deliveries == []


class TestPrograms:
    def test_a_program_outside_path_is_found_in_the_named_folders(self, tmp_path: Path) -> None:
        executable = tmp_path / "invented-server"
        executable.write_text("#!/bin/sh\n")
        executable.chmod(0o755)
        assert find("invented-server", [tmp_path]) == executable

    def test_a_missing_program_is_none_and_the_line_says_how_to_get_it(self, tmp_path: Path) -> None:
        assert find("invented-server", [tmp_path]) is None
        assert "apt-get install postgresql" in missing("postgres")

    def test_the_newest_postgresql_comes_first(self, tmp_path: Path) -> None:
        for version in ("9", "15", "common"):
            (tmp_path / version).mkdir()
        assert folders(tmp_path)[:2] == [tmp_path / "15" / "bin", tmp_path / "9" / "bin"]

    def test_no_service_may_start_while_a_package_is_installed(self, tmp_path: Path) -> None:
        policy = tmp_path / "policy-rc.d"
        with nothing_started(policy):
            assert policy.stat().st_mode & stat.S_IXUSR
            assert policy.read_text().endswith("exit 101\n")
        assert not policy.exists()

    def test_a_policy_that_was_there_stays(self, tmp_path: Path) -> None:
        policy = tmp_path / "policy-rc.d"
        policy.write_text("the machine's own")
        with nothing_started(policy):
            pass
        assert policy.read_text() == "the machine's own"


class TestProcesses:
    def test_a_server_that_ends_at_once_shows_its_last_words(self, tmp_path: Path) -> None:
        command = ["sh", "-c", "echo the disk is full >&2; exit 1"]
        with (
            pytest.raises(StartError, match="the disk is full"),
            running(command, folder=tmp_path, ready=lambda: False),
        ):
            pass

    def test_its_process_is_gone_after_the_block_even_when_the_block_fails(self, tmp_path: Path) -> None:
        pids: list[int] = []

        def fail_while_running() -> None:
            with running(["sleep", "60"], folder=tmp_path, ready=lambda: True) as pid:
                pids.append(pid)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail_while_running()
        with pytest.raises(ProcessLookupError):
            os.kill(pids[0], 0)

    def test_its_folder_is_removed(self) -> None:
        with private_folder(owner=None) as folder:
            (folder / "left").write_text("behind")
        assert not folder.exists()

    def test_a_held_port_refuses_everybody_until_a_server_that_names_it_listens(self) -> None:
        with held_port() as port:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", port))
            with socket.create_server(("127.0.0.1", port)), socket.create_connection(("127.0.0.1", port)) as client:
                assert client.getpeername() == ("127.0.0.1", port)

    def test_no_two_hold_one_port(self) -> None:
        with ExitStack() as stack:
            held = [stack.enter_context(held_port()) for _ in range(200)]
        assert len({*held}) == 200
