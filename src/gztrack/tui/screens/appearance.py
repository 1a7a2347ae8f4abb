"""The keys that change how every screen looks: the language of names, the theme."""

from __future__ import annotations

from gztrack import language
from gztrack.language import tr
from gztrack.tui.screens.host import Host


class Appearance(Host):
    """A screen on which names and theme can be changed; those behind it follow."""

    def action_names(self) -> None:
        """Show names in the other language, then in both, then in the first one again."""
        first = language.language()
        other = next(each for each in language.LANGUAGES if each != first)
        ways = ((first,), (other,), (first, other))
        now = language.names()
        language.use_names(ways[(ways.index(now) + 1) % len(ways)] if now in ways else ways[0])
        for screen in self.app.screen_stack:
            if isinstance(screen, Host):
                screen.show_names()

    def action_theme(self) -> None:
        """Go on to the next theme."""
        self.host_app.next_theme()
        name = self.host_app.palette.name
        if self.permit is not None:  # the settings are somebody else's
            self.say(tr("theme: {theme}", theme=name), "muted")
            return
        self.say(tr('theme: {theme} (theme = "{theme}" in config.toml keeps it)', theme=name), "muted")
