"""The steps of attestation, wired to a deployment's database, rules and clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from audits.attesting import Questions
from audits.days import Now
from audits.stating import Word
from worker.ports.attesting import AskedRound, HandOver
from worker.steps.attesting import Answered, Reply, RoundPage, answer, hand_over, open_due_rounds, round_page
from worker.storage.attesting import SqlAttestations
from worker.wiring import Deployment


@dataclass(frozen=True, slots=True)
class Attesting:
    """What a command, a task or a page calls; each method raises what its step raises."""

    deployment: Deployment

    @property
    def questions(self) -> Questions:
        return self.deployment.instruments.rulebook.questions

    @property
    def now(self) -> Now:
        return self.deployment.now

    def open_due(self) -> Sequence[int]:
        return open_due_rounds(self.deployment.store, self._attestations(), self.questions, self.now)

    def rounds(self) -> Sequence[AskedRound]:
        """Every round, newest first."""
        return self._attestations().rounds()

    def page(self, round_id: int) -> RoundPage | None:
        return round_page(self.deployment.store, self._attestations(), self.questions, round_id)

    def answer(
        self,
        account_id: int,
        answers: Mapping[str, bool],
        *,
        by: str,
        link: str = "",
        on: date | None = None,
        note: str = "",
    ) -> Answered:
        from audits.platforms import GRAMMARS

        word = Word(by=by, at=self.deployment.clock(), zone=self.deployment.settings.zone, on=on)
        reply = Reply(account_id=account_id, word=word, answers=answers, link=link, note=note)
        return answer(self.deployment.store, self._attestations(), self.deployment.instruments, GRAMMARS, reply)

    def hand_over(self, round_id: int, *, to: str, by: str, account_id: int | None = None) -> HandOver:
        given = HandOver(to=to.strip(), by=by.strip(), at=self.deployment.clock(), account_id=account_id)
        hand_over(self._attestations(), round_id, given)
        return given

    def _attestations(self) -> SqlAttestations:
        return SqlAttestations(self.deployment.store.db)
