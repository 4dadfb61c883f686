"""A round of questions: each channel on one page, with what the machine knows beside what only people can tell.

GET /round/TOKEN ─▶ the channels with their questions ─POST▶ answers kept in somebody's name; the rest waits
                                                      └────▶ what cannot be kept stands there as it was typed, and why
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from audits.digest import Purpose, address_of
from audits.reading.scrub import one_line
from audits.stating import StatementRefused
from console.asking import LINK_LIMIT, NAME_LIMIT, Form, answers_of, day_sent, link_for, page, wrong_link
from worker.steps.answering import Link
from worker.steps.attesting import AnswerRefused, Channel, RoundPage
from worker.wiring.answering import Answers

router = APIRouter()
_SINCE: Final = "page.round.since"
_FIELD: Final = re.compile(r"answer-(\d{1,18})-([a-z0-9-]{1,60})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a form says of one channel: `ticked` is "yes" or "no" by the question's id."""

    ticked: Mapping[str, str]
    post: str
    on: str

    def __bool__(self) -> bool:
        return bool(self.ticked or self.post)


_NOTHING: Final = Typed(ticked={}, post="", on="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a form held, and what became of it.

    `wrong` and `wrongs` (by account) are keys of wording, `handed` is who was asked to answer the rest, `thanks` says
    whether anything was kept.
    """

    by: str = ""
    to: str = ""
    typed: Mapping[int, Typed] = field(default_factory=dict)
    wrong: str = ""
    wrongs: Mapping[int, str] = field(default_factory=dict)
    handed: str = ""
    thanks: bool = False


NOTHING_SENT: Final = Sent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One channel as the page shows it: its name, what the machine knows, and its open questions by id.

    `wrong` says why its answers were not kept, as a key of wording; then `typed` is what was typed.
    """

    id: int
    name: str
    url: str
    known: str
    asks: Mapping[str, str]
    takes_link: bool
    typed: Typed = _NOTHING
    wrong: str = ""


Asked: TypeAlias = Annotated[Link, Depends(link_for(Purpose.ROUND, used=True))]


@router.get("/round/{token}")
def show_round(request: Request, link: Asked) -> Response:
    return _round(answers_of(request), link)


@router.post("/round/{token}")
def answer_round(request: Request, link: Asked, form: Form) -> Response:
    """Answers what was ticked, and leaves the rest for later or for a colleague."""
    answers = answers_of(request)
    by, to = _line(form, "by", NAME_LIMIT), _line(form, "to", NAME_LIMIT)
    typed = {each: _typed(form, each) for each in _asked(answers, link)}
    if not by:
        return _refused(answers, link, Sent(to=to, typed=typed, wrong="page.missing.by"))
    if not answers.may_press(link):
        return _round(answers, link, Sent(by=by, to=to, typed=typed, wrong="page.often"), status=429)
    wrongs = answers.together(lambda mine: _taken(mine, link, typed, by, to))
    if wrongs:
        wrong = _SINCE if set(wrongs.values()) == {_SINCE} else "page.round.some"
        return _refused(answers, link, Sent(by=by, typed=typed, wrongs=wrongs, wrong=wrong, handed=to))
    if not (to or any(typed.values())):
        is_late = any(map(_FIELD.fullmatch, form))  # all that it asked has been answered meanwhile
        return _refused(answers, link, Sent(by=by, wrong=_SINCE if is_late else "page.round.nothing"))
    return _round(answers, link, Sent(by=by, thanks=any(typed.values()), handed=to))


def _asked(answers: Answers, link: Link) -> list[int]:
    return sorted({channel.account.id for each in answers.rounds(link) for channel in each.channels})


def _taken(answers: Answers, link: Link, typed: Mapping[int, Typed], by: str, to: str) -> dict[int, str]:
    """What was answered, and then what is left to be handed over."""
    wrongs = _kept(answers, link, typed, by)
    if to:
        _hand_over(answers, link, to, by)
    return wrongs


def _kept(answers: Answers, link: Link, typed: Mapping[int, Typed], by: str) -> dict[int, str]:
    """Keep every answer that can be kept; why the others were not, as a key of wording by account."""
    free = answers.unanswered(link, by)
    parted = {each: _free_of(said, free.get(each, frozenset()), answers.linked) for each, said in typed.items()}
    wrongs = {each: _SINCE for each, said in parted.items() if said != typed[each]}
    for account_id, said in parted.items():
        if said:
            given = {question: answer == "yes" for question, answer in said.ticked.items()}
            try:
                answers.attest(link, account_id, given, by=by, post=said.post, on=day_sent(said.on))
            except StatementRefused as refused:
                wrongs[account_id] = wrong_link(refused)
            except AnswerRefused:
                wrongs[account_id] = "page.round.contradicts"
    return wrongs


def _free_of(said: Typed, free: frozenset[str], linked: frozenset[str]) -> Typed:
    """What was typed, without answers to what somebody else has answered since the page was drawn; the link of a post
    answers what is `linked`.
    """
    ticked = {each: answer for each, answer in said.ticked.items() if each in free}
    return replace(said, ticked=ticked, post=said.post if free & linked else "")


def _hand_over(answers: Answers, link: Link, to: str, by: str) -> None:
    for each in answers.rounds(link):
        for channel in _open(each):
            answers.hand_over(link, each.round.id, channel.account.id, to=to, by=by)


def _typed(form: FormData, account_id: int) -> Typed:
    ticked = dict(_ticked(form, account_id))
    return Typed(
        ticked=ticked, post=_line(form, f"link-{account_id}", LINK_LIMIT), on=_line(form, f"on-{account_id}", 10)
    )


def _ticked(form: FormData, account_id: int) -> Iterator[tuple[str, str]]:
    for name, value in form.items():
        field = _FIELD.fullmatch(name)
        if field and int(field[1]) == account_id and value in ("yes", "no"):
            yield field[2], str(value)


def _line(form: FormData, name: str, limit: int) -> str:
    return one_line(str(form.get(name, "")), limit)


def _round(answers: Answers, link: Link, sent: Sent = NOTHING_SENT, *, status: int = 200) -> Response:
    open_ones = [each for page_ in answers.rounds(link) for each in _open(page_)]
    told = {
        "channels": [_shown(answers, link, each, sent) for each in open_ones],
        "by": sent.by,
        "to": sent.to,
        "wrong": sent.wrong,
        "wrongs": len(sent.wrongs),
        "thanks": sent.thanks,
        "handed": sent.handed,
        "today": answers.today(),
    }
    return page("round.html", link.language, status=status, **told)


def _refused(answers: Answers, link: Link, sent: Sent) -> Response:
    """The page again, with what was typed and why it, or some of it, was not kept."""
    return _round(answers, link, sent, status=422)


def _open(round_: RoundPage) -> list[Channel]:
    return [channel for channel in round_.channels if channel.open]


def _shown(answers: Answers, link: Link, channel: Channel, sent: Sent) -> Shown:
    speaking = answers.speaking(link.language)
    asked = [each for each in channel.questions if each.id in channel.open]
    return Shown(
        id=channel.account.id,
        name=speaking.channel(channel.account),
        url=address_of(channel.account),
        known=speaking.last_read(channel.last_seen_at),
        asks={each.id: each.title.get(link.language, each.id) for each in asked},
        takes_link=any(each.takes_link for each in asked),
        typed=sent.typed.get(channel.account.id, _NOTHING),
        wrong=sent.wrongs.get(channel.account.id, ""),
    )
