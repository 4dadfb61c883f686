"""The public list: generated from the register, compared with what is published, and what was published when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from audits.languages import LANGUAGES
from worker.cli.accounts import ACCOUNT, Typed, number_of
from worker.cli.import_told import notes_among
from worker.cli.numbers import NUMBER
from worker.cli.showing import (
    BadInput,
    Listing,
    NothingDone,
    as_json,
    deployed,
    print_json,
    print_json_lines,
    print_table,
    refuse,
    say,
)
from worker.cli.speaking import clock, headings, in_language, speak, spoken, word_for, words

if TYPE_CHECKING:
    from datetime import tzinfo

    from audits.listing import Difference, Entry, ReadList
    from audits.reconciling import Doubt
    from worker.ports.triage import ListCopy
    from worker.steps.public_list import Reading
    from worker.wiring.reconciling import Reconciling

language = click.option("--language", type=click.Choice(LANGUAGES), help="Language of the list; otherwise as set.")


@click.group("public-list", cls=Listing, lists="history")
def public_list() -> None:
    """Write the public list of accounts, and compare what is published with the register."""


@public_list.command()
@click.option(
    "--to", type=click.Path(file_okay=False, path_type=Path), default=Path("out/public-list"), show_default=True
)
@click.option("--vouch", "accounts", type=ACCOUNT, multiple=True, help="List it, and vouch for it, anyway.")
@language
@as_json
def generate(to: Path, accounts: Sequence[Typed], language: str | None, json_out: bool) -> None:
    """Write the list as an HTML fragment, JSON, CSV, trust.txt and schema.org JSON-LD.

    Names of functions, never of persons, and no mailboxes: give an office's account its office as purpose. An account
    that is confirmed gone, moved or another's stays on the list, but no program is told that it is the city's. A
    person's own profile is left out until the register says that it is an office's.
    """
    if language:
        speak(language)
    with deployed() as deployment:
        wired, vouch = _wired(deployment), [number_of(deployment, each) for each in accounts]
        count, asked = len(wired.published(vouch)), wired.asked(vouch)
        doubtful, news = wired.doubtful(vouch), wired.news(str(to), vouch)
        if not count and not asked and not doubtful:
            raise NothingDone(words("list.empty"))
        purposes = [each.purpose for each in wired.published(vouch) if each.purpose]
        written = wired.publication(language or deployment.settings.language, vouch)
        _write(written, to)
        unkept = wired.keep_generated(str(to), vouch)
    if json_out:
        told = {"to": str(to), "files": list(written), "accounts": count, "remembered": not unkept}
        first, changed = news == "first", news != "same"
        doubts = [_doubt_row(each, doubt, vouch) for each, doubt in doubtful]
        persons = [{"account": each.account_id, "url": each.url} for each in asked]
        print_json({**told, "changed": changed, "first": first, "doubtful": doubts, "asked": persons})
        return
    say(words("list.written", count=count, folder=to, files=", ".join(written)))
    if purposes:
        say(words("list.purposes", named=notes_among(purposes)))
    for each in asked:
        say(words("list.asked", account=each.account_id, url=each.url))
    say_doubts(doubtful, vouch)
    say(words(f"list.{news}"))
    if unkept:
        say(words("list.unkept", why=unkept))


def say_doubts(doubtful: Sequence[tuple[Entry, Doubt]], vouch: Sequence[int]) -> None:
    """Why each should not stand on the list as in use, whether it is vouched for, and the way to have it otherwise."""
    for each, doubt in doubtful:
        say(words(f"list.doubtful.{doubt}", name=each.name, url=each.url))
        if doubt.forbids_naming and each.account_id not in vouch:
            say(words("list.left_out", account=each.account_id))
        elif doubt.forbids_vouching:
            is_vouched = "vouched" if each.account_id in vouch else "unvouched"
            say(words(f"list.{is_vouched}", account=each.account_id))


def _doubt_row(each: Entry, doubt: Doubt, vouch: Sequence[int]) -> dict[str, Any]:
    is_vouched = not doubt.forbids_vouching or each.account_id in vouch
    return {"account": each.account_id, "url": each.url, "why": doubt.value, "vouched": is_vouched}


def _write(forms: Mapping[str, str], to: Path) -> None:
    from worker.replacing import write_together

    to.mkdir(parents=True, exist_ok=True)
    write_together(to, forms)


@public_list.command()
@click.option("--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A saved copy of the page.")
@click.option("--remember", is_flag=True, help="From now on this counts as what is published.")
@click.option(
    "--confirm-removals", type=NUMBER, metavar="N", help="With --remember: it is right that this many are missing."
)
@click.option("--yes", is_flag=True, help="With --remember: the file is the published list; do not ask.")
@in_language
@as_json
def diff(file: Path | None, remember: bool, confirm_removals: int | None, yes: bool, json_out: bool) -> None:
    """Read the published list (config/public-list.toml says where it is) and compare it with the register.

    It only compares. With --remember, the list is recorded as published, as happens every night anyway; kanalkoll
    public-list forget reverses that. If a fifth of the list disappears at once, nothing counts as removed until that
    is confirmed.
    """
    if confirm_removals is not None and not remember:
        raise BadInput(words("list.confirms_nothing"))
    with deployed() as deployment:
        wired = _wired(deployment)
        read, source = _read(wired, file)
        difference = wired.compare(read)
        if remember and file is not None and not yes:
            _agreed(file, len(read.listed), len(read.listed) - len(difference.unknown))
        reading = _taken(wired, read, source, confirm_removals, keeps=remember)
    if json_out:
        print_json({**_as_values(reading, difference), "remembered": remember})
        return
    _show(reading, difference, spoken())
    say(words("list.remembered" if remember else "list.not_remembered"))


@public_list.command()
@in_language
@as_json
def forget(json_out: bool) -> None:
    """Forget the list last recorded as published; the one recorded before it counts again."""
    with deployed() as deployment:
        forgotten, zone = _wired(deployment).forget_list(), deployment.settings.zone
    if forgotten is None:
        raise NothingDone(words("list.nothing_remembered"))
    if json_out:
        print_json(_copy_row(forgotten))
        return
    since, source = clock(forgotten.first_at, zone), forgotten.source
    say(words("list.forgotten", source=source, since=since, count=len(forgotten.named)))


def _agreed(file: Path, accounts: int, registered: int) -> None:
    """Ask whether the file is the published list, with what was recognised on it: any page links to accounts."""
    from worker.cli.asking import Desk

    desk = Desk(spoken())
    if not desk.confirm("terminal.list.is_it", default=False, file=file, count=accounts, registered=registered):
        raise NothingDone(words("list.not_remembered"))


def _wired(deployment: Any) -> Reconciling:
    from worker.wiring.reconciling import Reconciling

    return Reconciling(deployment)


def _read(wired: Reconciling, file: Path | None) -> tuple[ReadList, str]:
    from audits.listing import BadList
    from config.public_list import BadPublicList

    try:
        if file is None and not wired.declared.url:
            raise BadInput(words("list.nowhere"))
        return wired.read_list(file)
    except (BadList, BadPublicList) as error:
        refuse(error)


def _taken(wired: Reconciling, read: ReadList, source: str, confirmed: int | None, *, keeps: bool) -> Reading:
    from audits.listing import BadList

    try:
        return wired.take_list(read, source, confirmed, keeps=keeps)
    except BadList as error:
        refuse(error)


def _as_values(reading: Reading, difference: Difference) -> dict[str, Any]:
    followed = reading.followed
    return {
        "listed": len(reading.read.listed),
        "unread": [asdict(each) for each in reading.read.unread],
        "added": [each.key for each in followed.added],
        "returned": [each.sighting.key for each in followed.returned],
        "missing_once": [each.sighting.key for each in followed.doubted],
        "removed": [each.sighting.key for each in followed.removed],
        "held": list(followed.held) if followed.held else None,
        "to_add": [{**asdict(each), "state": each.state.value} for each in difference.to_add],
        "to_remove": [asdict(each) for each in difference.to_remove],
        "unknown": [asdict(each) for each in difference.unknown],
        "disowned": [asdict(each) for each in difference.disowned],
        "may_stand": [{**asdict(each), "state": each.state.value} for each in difference.may_stand],
        "to_change": {key: [asdict(each) for each in found] for key, found in difference.to_change.items()},
        "same": difference.same,
    }


def _show(reading: Reading, difference: Difference, language: str) -> None:
    from audits.wording import phrase

    held = reading.followed.held
    if held is not None:
        say(phrase("reconcile.held", language, count=held[0], standing=held[1]))
    rows = list(_differing(reading, difference))
    if rows:
        print_table(words("list.title", count=len(rows)), headings("act", "account", "address", "what"), rows)
    for each in reading.read.unread:
        say(words("list.unread", number=each.number, value=each.value, why=each.why))
    if difference.may_stand:
        say(words("list.may_stand", count=len(difference.may_stand)))
    say(words("list.agrees") if difference.is_empty else words("list.right", count=difference.same))


def _differing(reading: Reading, difference: Difference) -> Iterator[tuple[str, ...]]:
    """What would have to change on the list, a row each."""
    names = {each.key: each.name for each in reading.read.listed}
    for each in difference.to_add:
        yield words("list.add"), each.name, each.url, each.administration
    for listed in difference.to_remove:
        yield words("list.remove"), listed.name, listed.url, words("list.closed")
    for listed in difference.disowned:
        yield words("list.remove"), listed.name, listed.url, words("list.disowned")
    for listed in difference.unknown:
        yield words("list.unknown"), listed.name, listed.url, listed.administration
    for key, found in difference.to_change.items():
        for one in found:
            says = words(f"list.column.{one.column}", says=one.published)
            yield words("list.change"), names.get(key) or key, says, f"→ {one.generated}"


@public_list.command()
@in_language
@as_json
def history(json_out: bool) -> None:
    """What was published and what was generated, and from when until when it said the same."""
    with deployed() as deployment:
        copies, zone = _wired(deployment).list_copies(), deployment.settings.zone
    if not copies:
        raise NothingDone(words("list.none"))
    if json_out:
        print_json_lines(_copy_row(each) for each in copies)
        return
    columns = headings("what", "from", "until", "accounts", "source")
    print_table(words("list.history"), columns, (_copy_cells(each, zone) for each in copies))


def _copy_row(each: ListCopy) -> dict[str, Any]:
    return {
        "what": each.what.value,
        "source": each.source,
        "from": each.first_at.isoformat(timespec="minutes"),
        "until": each.last_at.isoformat(timespec="minutes"),
        "accounts": len(each.named),
        "held": list(each.held) if each.held else None,
        "lines": list(each.named),
        "short_links": list(each.short_links),
    }


def _copy_cells(each: ListCopy, zone: tzinfo) -> tuple[object, ...]:
    since, until = clock(each.first_at, zone), clock(each.last_at, zone)
    return word_for("list", each.what.value), since, until, len(each.named), each.source
