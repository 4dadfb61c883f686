"""What a register's file held and no import took, as it is remembered."""

from __future__ import annotations

from datetime import timedelta

from audits.register_lines import Rejected
from audits.wording.said import as_values, from_values, said, told_in
from tests.builders import NIGHT
from worker.storage import SqlStore
from worker.storage.refused import SqlRefused

REASON, REMEDY = said("import.mailbox"), said("import.mailbox_as")
ROW = Rejected(line=7, value="inte-en-adress", reason=REASON, remedy=REMEDY, column="Mottagare", sheet="Blad1")


def test_a_refused_row_is_kept_with_its_place_and_told_in_any_language(store: SqlStore):
    SqlRefused(store.db).keep_refused("lista.csv", [ROW], NIGHT)
    kept = SqlRefused(store.db).refused()[0]
    assert (kept.source, kept.at, kept.row) == ("lista.csv", NIGHT, ROW)
    assert told_in("sv", kept.row.reason) == told_in("sv", REASON) != REASON


def test_a_later_import_of_the_same_file_replaces_what_it_did_not_take(store: SqlStore):
    refused = SqlRefused(store.db)
    refused.keep_refused("lista.csv", [ROW], NIGHT)
    refused.keep_refused("skolor.csv", [ROW], NIGHT)
    refused.keep_refused("lista.csv", [], NIGHT + timedelta(days=1))
    assert [each.source for each in refused.refused()] == ["skolor.csv"]


def test_a_sentence_in_a_sentence_is_kept_too():
    told = said("declared.on_line", file="rules.toml", line=3, what=said("declared.missing", key="title.sv"))
    assert told_in("sv", from_values(as_values(told))) == "rules.toml, rad 3: title.sv saknas"


def test_a_sentence_that_no_catalogue_holds_any_more_stays_in_english():
    assert from_values({"key": "import.once", "facts": {}, "text": "it was once"}) == "it was once"
