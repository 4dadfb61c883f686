"""Every page in a real browser: on a phone and a desk, in the light and the dark, without any script."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser

from audits.digest import Purpose
from console.app import make_app
from tests.browser import LOOKS, assert_accessible
from tests.servers.processes import free_port
from tests.telling.offices import CONSOLE, office


@contextmanager
def served(app: FastAPI, port: int) -> Iterator[str]:
    """The pages on a real server of this machine."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(5)


def test_axe_finds_nothing_on_any_page(browser: Browser, tmp_path):
    port = free_port()
    with office(tmp_path) as opened, served(make_app(opened.deployment), port) as url:
        paths = ["/", "/nowhere", *opened.links().values()]
        context = browser.new_context(bypass_csp=True)
        for path in paths:
            page = context.new_page()
            page.goto(url + path)
            assert_accessible(page, (LOOKS[0], LOOKS[3]))  # the phone in the light, the desk in the dark
        context.close()


def test_a_reader_answers_with_the_keyboard_alone_and_without_a_script(browser: Browser, tmp_path):
    with office(tmp_path) as opened, served(make_app(opened.deployment), free_port()) as url:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(url + opened.path(Purpose.FIX).removeprefix(CONSOLE))
        page.get_by_label("Vem är du?").fill("Bea")
        page.get_by_role("button", name="Vi fixar det").press("Enter")
        page.wait_for_url("**/undo/**")
        assert "Bea fixar" in page.get_by_role("status").inner_text()
        page.get_by_role("button", name="Ångra").press("Enter")
        page.wait_for_load_state()
        assert "Raden är öppen igen" in page.get_by_role("status").inner_text()
        context.close()
