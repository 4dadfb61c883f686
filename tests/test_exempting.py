from __future__ import annotations

from audits.exempting import Unmet, unmet
from config.rules import read_rules
from tests.builders import an_account

RULES = (
    '[rule.private]\ncheck = "private"\ntitle.sv = "Privat"\n[[exemption]]\nrules = ["private"]\n'
    'reason = "beslut"\ndecided_by = "KA"\n'
)


def test_an_exemption_that_meets_no_account_is_named_with_the_nearest_keys():
    accounts = [an_account(key="tiktok:ungdomenshus.almestad"), an_account(id=2, key="x:almestad")]
    book = read_rules(RULES + 'accounts = ["tiktok:ungdomenshus", "x:almestad", "#35", 1]\n')
    assert unmet(book.routines, accounts) == [
        Unmet(named="35", rules=("private",), near=()),
        Unmet(named="tiktok:ungdomenshus", rules=("private",), near=("tiktok:ungdomenshus.almestad",)),
    ]
