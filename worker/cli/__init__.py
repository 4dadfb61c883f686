"""`kanalkoll …`: the same steps without a queue.

    identify · inspect · harvest      read what is given, look at nothing
    accuracy                          how right the readers are
    register                          the register in and out
    audit · recheck                   one run now
    discover                          walk the city's own sites for channels that nobody registered
    findings · timeline · case        what is held true, how it came about, what people decide of it
    held                              what waits for a person because too much changed at once
    report                            all of it as a page for people, and as tables
    paste · attest                    the latest post's link, and what only people can tell, where nobody may look
    rest · closing · pictures         planned silence, accounts being closed, profile pictures
    rules                             the city's routine, what a change would do, and what became of it
    reach                             how far the look comes today, and what would take it further
    public-list · reconcile           the list that everybody sees; the register held against it, the sites, Wikidata
    triage · report-account           what waits for a decision, and the door by which anybody reports
    whose                             is this account really the city's?
    look-alikes                       which accounts could be taken for the city's own, as a question
    digest                            what each administration is told: as files, or on its way
    init                              set up for a city: asks, shows, writes
    console                           the pages behind the buttons of letters
    up · doctor · migrate · demo      without a server; is everything in place; an invented city
    backup                            the database, whole, in one file

Every command that ends by itself takes `--json`. It then prints one JSON document, or one object a line for a list (an
empty list prints nothing), on standard output; everything else goes to standard error. A group passes `--json` on to
its command, and answers with its list where no command is named. Exit 0: done. 1: nothing could be done. 2: wrong
usage or bad input.

What the commands share: showing (tables, JSON), speaking (the language), helping (`--help`); naming, numbers, days
(what is typed); asking, init_answers, init_files (of init); demo_terminal (of demo). The parts of `register` are
importing, import_told, recipients, reorganising, refused, history and undoing; exempting is of `rules`.

Commands import what they need when they run, so that `--help` stays quick.
"""

from __future__ import annotations

import os
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from audits.refusal import Refused
from worker.cli.account_reports import report_account
from worker.cli.addresses import accuracy, identify, inspect
from worker.cli.attesting import attest
from worker.cli.auditing import audit, recheck
from worker.cli.backing_up import backup
from worker.cli.bounces import bounces
from worker.cli.closing import closing
from worker.cli.console import console
from worker.cli.deciding import case
from worker.cli.demo import demo
from worker.cli.digest import digest
from worker.cli.discovering import discover
from worker.cli.findings import findings
from worker.cli.harvesting import harvest
from worker.cli.helping import Group, Slip
from worker.cli.holding import held
from worker.cli.init import init
from worker.cli.pictures import pictures
from worker.cli.public_list import public_list
from worker.cli.reaching import reach
from worker.cli.reconciling import lookalikes, reconcile
from worker.cli.registering import register
from worker.cli.reporting import report
from worker.cli.resting import rest
from worker.cli.ruling import rules
from worker.cli.running import doctor, migrate, up
from worker.cli.showing import NothingDone, print_whatever_the_encoding, refuse, refuse_file
from worker.cli.speaking import foresee, words
from worker.cli.stating import paste
from worker.cli.timeline import timeline
from worker.cli.triage import triage
from worker.cli.whose import whose
from worker.logs import speak_plainly


class Commands(Group):
    """The whole command line: what goes wrong in any command is told here, in the terminal's language.

    A file, a folder, a setting or a database that cannot be used is bad input; a question that nobody answers means
    that nothing was done.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        foresee(ctx, args)
        return super().parse_args(ctx, args)

    def make_context(self, *given: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*given, **more)
        except NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Slip(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        speak_plainly()
        print_whatever_the_encoding()
        if os.environ.get("NO_COLOR"):  # https://no-color.org; rich heeds it by itself
            ctx.color = False
        try:
            return super().invoke(ctx)
        except NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            raise Slip(error) from error
        except Refused as error:
            refuse(error)
        except (click.Abort, KeyboardInterrupt, EOFError) as error:
            raise NothingDone(f"\n{words('aborted')}") from error
        except OSError as error:
            _refuse_file(error)
            raise
        except _not_to_be_had() as error:
            refuse(error)


def _refuse_file(error: OSError) -> None:
    """Tell a file's or a disk's error in words; any other is left as it is."""
    from config.files import is_of_a_file

    if is_of_a_file(error):
        refuse_file(error)


def _not_to_be_had() -> type[Exception]:
    """Looked up only where something went wrong, so that `--help` stays quick."""
    from worker.ports import StoreUnavailable

    return StoreUnavailable


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kanalkoll")
def main() -> None:
    """Check that a public body's social media accounts are what its register says."""


for heading, commands in (
    ("Start, and keep running", (init, demo, doctor, up, console, migrate, backup)),
    ("The register", (register, public_list, reconcile)),
    ("Check, and see what was found", (audit, recheck, findings, timeline, report, reach)),
    ("Decide", (case, held, triage, report_account, discover, lookalikes, whose)),
    ("Say what only people know", (attest, paste, rest, closing, pictures)),
    ("Letters", (digest, bounces)),
    ("The routine", (rules,)),
    ("Read what you give it", (identify, inspect, harvest, accuracy)),
):
    main.add_section(heading, commands)
