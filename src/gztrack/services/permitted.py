"""Which actions of the registries there are for somebody behind a gate, and what is said of the others.

Each `Action` says itself what it needs; here that is held against the permit. No screen, footer, help,
palette or key shows or does what is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gztrack.errors import RefusedError
from gztrack.language import tr
from gztrack.services.actions import FILES, WHOLE, Action
from gztrack.services.screens import SCREENS

if TYPE_CHECKING:
    from gztrack.services.permits import Permit


def permitted(actions: tuple[Action, ...], permit: Permit | None) -> tuple[Action, ...]:
    """Return what of a registry is there; commands that are not allowed are not named either.

    Args:
        actions: The registry of a screen, or that with other keys.
        permit: What the person may do; None for everything, which returns the registry itself.
    """
    if permit is None:
        return actions
    return tuple(_named(action, permit) for action in actions if is_permitted(action.needs, permit))


def without_keys(actions: tuple[Action, ...], permit: Permit | None) -> tuple[Action, ...]:
    """Return a registry in which what is not there has no key: the help shares lines among actions."""
    return tuple(
        action if is_permitted(action.needs, permit) else action._replace(keys=()) for action in actions
    )


def is_permitted(needs: str, permit: Permit | None, indicator: str = "") -> bool:
    """Return whether somebody may do what needs this.

    Args:
        needs: As `Action.needs` has it.
        permit: What the person may do; None for everything.
        indicator: Id of the indicator that it is about; empty for whether it is allowed for any.
    """
    if permit is None or not needs:
        return True
    return any(_allows(permit, each, indicator) for each in needs.split())


def refusal(needs: str, permit: Permit | None, indicator: str = "") -> str:
    """Return in one line why that is refused, and what is allowed; empty where it is not refused."""
    if permit is None or is_permitted(needs, permit, indicator):
        return ""
    if needs == FILES:
        return tr("files are neither read nor written here")
    command = needs.split()[0]
    if not permit.allows(command.removesuffix(WHOLE)):
        command = command.removesuffix(WHOLE)  # else it says itself that it is about everything
    try:
        permit.check(command, indicator or None)
    except RefusedError as refused:
        return str(refused)
    return ""


def action_of(name: str) -> Action:
    """Return the action of a name with its screen: ``board.log``."""
    screen, _, wanted = name.partition(".")
    return next(action for action in SCREENS[screen] if action.name == wanted)


def _allows(permit: Permit, needed: str, indicator: str) -> bool:
    command = needed.removesuffix(WHOLE)
    if needed == FILES or (command != needed and permit.is_limited(command)):
        return False
    return permit.allows(command, indicator or None)


def _named(action: Action, permit: Permit) -> Action:
    """The action, without its command line where that would be refused."""
    first = action.command.partition(" ")[0]
    return action if not first or permit.allows(first) else action._replace(command="")
