"""What the engines of the network are given, and what that costs: told before the first request, and asked for."""

import sys
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.desk import counted, print_json
from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.estimating import Estimate
    from pipeline.model import Bill, SpendingSettings


class Purse:
    """The consent of who runs the command: given in advance with --yes, else asked for above the show's limits.

    What one command has spoken adds up; after a yes it asks again when the limit and as much once more is reached.
    """

    def __init__(self, settings: "SpendingSettings", *, is_agreed: bool, is_quiet: bool) -> None:
        self._settings = settings
        self._is_agreed = is_agreed
        self._is_quiet = is_quiet
        self._since_asked: list[Bill] = []
        self._agreed: list[Bill] = []

    def require(self, bill: "Bill", *, engine: str) -> None:
        """Nothing, if ``engine`` may be given what ``bill`` says.

        Raises:
            ConfigError: it is more than show.toml allows, and nobody is there who could be asked.
            click.Abort: who was asked said no.
        """
        if not self._is_quiet:
            click.echo(f"  to be spoken by {engine}: {bill_in_words(bill)}", err=True)
        self._since_asked.append(bill)
        if not self._is_agreed and self._is_above():
            self._ask(sum(self._since_asked[1:], start=self._since_asked[0]))
            self._agreed, self._since_asked = self._since_asked, []

    def _ask(self, total: "Bill") -> None:
        limits = self._settings
        what = (
            f"with what this command has had spoken, {bill_in_words(total)}: above confirm_above_chars = "
            f"{limits.confirm_above_chars} or confirm_above_usd = {limits.confirm_above_usd:g} in show.toml"
        )
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise ConfigError(what, cure="run it again with --yes, look first with --dry-run, or raise the limit")
        click.confirm(f"  {what}. Go on?", abort=True, err=True)

    def _is_above(self) -> bool:
        """Whether it is more than the limits; of what has no known price the characters count alone."""
        characters = _characters(self._since_asked) - _characters(self._agreed)
        usd = _usd(self._since_asked) - _usd(self._agreed)
        return characters > self._settings.confirm_above_chars or usd > self._settings.confirm_above_usd


def _characters(bills: "Sequence[Bill]") -> int:
    return sum(bill.characters for bill in bills)


def _usd(bills: "Sequence[Bill]") -> float:
    return sum(bill.usd or 0.0 for bill in bills)


def bill_in_words(bill: "Bill") -> str:
    """ "42 utterances, 7,012 characters, about $0.21"."""
    parts = [counted(bill.utterances, "utterance"), f"{bill.characters:,} characters"]
    if bill.is_network:
        parts.append("at a price only the server knows" if bill.usd is None else _price(bill.usd))
    return ", ".join(parts)


def tell_estimates(estimates: "Sequence[Estimate]", *, as_json: bool) -> None:
    """What each episode would cost, and all of them."""
    from pipeline.model import Bill

    levels = {(one.engine, one.voice): one.level for one in estimates if one.level.utterances}
    total = sum((*(one.bill for one in estimates), *levels.values()), start=Bill())
    if as_json:
        print_json({"estimates": [_as_json(one) for one in estimates], "total": _bill_as_json(total)})
        return
    for one in estimates:
        _tell(one)
    for (engine, voice), level in levels.items():
        click.echo(f"Once, to find the level of {engine} {voice}: {bill_in_words(level)}")
    if len(estimates) + len(levels) > 1:
        click.echo(f"All of it: {bill_in_words(total)}")
    click.echo("Nothing was spoken, asked for or written.")


def _tell(one: "Estimate") -> None:
    from pipeline.units import clock

    click.echo(click.style(one.title, bold=True))
    click.echo(f"  about {clock(round(one.duration_s * 1000))}, read by {one.engine} {one.voice}")
    if one.bill.utterances:
        click.echo(f"  to be spoken: {bill_in_words(one.bill)}")
    else:
        click.echo(f"  nothing to be spoken: the cache has all {counted(one.utterances, 'utterance')}")


def _as_json(one: "Estimate") -> dict[str, Any]:
    return {
        "title": one.title,
        "engine": one.engine,
        "voice": one.voice,
        "utterances": one.utterances,
        "duration_s": round(one.duration_s, 1),
        **_bill_as_json(one.bill),
    }


def _bill_as_json(bill: "Bill") -> dict[str, Any]:
    return {
        "to_speak": bill.utterances,
        "characters": bill.characters,
        "usd": None if bill.usd is None else round(bill.usd, 4),
        "is_network": bill.is_network,
    }


def _price(usd: float) -> str:
    if usd == 0:
        return "free of charge"
    return f"about ${usd:.2f}" if usd >= 0.01 else "less than a cent"
