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

    What one command has spoken adds up; after a yes it asks again when as much once more is reached.
    """

    def __init__(self, settings: "SpendingSettings", *, is_agreed: bool, is_quiet: bool) -> None:
        self._settings = settings
        self._is_agreed = is_agreed
        self._is_quiet = is_quiet
        self._since_asked: list[Bill] = []

    def require(self, bill: "Bill", *, engine: str) -> None:
        """Nothing, if ``engine`` may be given what ``bill`` says.

        Raises:
            ConfigError: it is more than show.toml allows, and nobody is there who could be asked.
            click.Abort: who was asked said no.
        """
        if not self._is_quiet:
            click.echo(f"  {engine} is asked for {bill_in_words(bill)}", err=True)
        self._since_asked.append(bill)
        total = sum(self._since_asked[1:], start=self._since_asked[0])
        if not self._is_agreed and self._is_above(total):
            _ask(total, engine=engine)
            self._since_asked.clear()

    def _is_above(self, bill: "Bill") -> bool:
        limits = self._settings
        return bill.characters > limits.confirm_above_chars or (bill.usd or 0) > limits.confirm_above_usd


def bill_in_words(bill: "Bill") -> str:
    """ "42 utterances, 7,012 characters, about $0.21"."""
    parts = [counted(bill.utterances, "utterance"), f"{bill.characters:,} characters"]
    if bill.is_network:
        parts.append("at a price only the server knows" if bill.usd is None else _price(bill.usd))
    return ", ".join(parts)


def tell_estimates(estimates: "Sequence[Estimate]", *, as_json: bool) -> None:
    """What each episode would cost, and all of them."""
    from pipeline.model import Bill

    total = sum((one.bill for one in estimates), start=Bill())
    if as_json:
        print_json({"estimates": [_as_json(one) for one in estimates], "total": _bill_as_json(total)})
        return
    for one in estimates:
        _tell(one)
    if len(estimates) > 1:
        click.echo(f"All of them: {bill_in_words(total)}")
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


def _ask(bill: "Bill", *, engine: str) -> None:
    what = f"{engine} would be given {bill_in_words(bill)}"
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise ConfigError(
            f"{what}, which is more than [spending] in show.toml lets pass without a word",
            cure="run it again with --yes, look first with --dry-run, or raise the limit",
        )
    click.confirm(f"  {what}. Go on?", abort=True, err=True)
