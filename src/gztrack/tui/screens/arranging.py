"""How the board arranges its list: filter, only off track, archived, grouping, sort, folded groups."""

from __future__ import annotations

from collections.abc import Sequence

from gztrack.language import tr
from gztrack.services.views import Board, Row
from gztrack.tui.choosing import Chooser
from gztrack.tui.geometry import Plan
from gztrack.tui.grouping import GROUPINGS, SORTS, Order, group_of, line_count
from gztrack.tui.screens.filtering import Filtering
from gztrack.tui.screens.travel import Traveller
from gztrack.tui.widgets.board_list import BoardList


class Arranging(Filtering, Traveller):
    """The actions that choose, order and fold rows; none of them changes a fact."""

    list: BoardList

    def __init__(self) -> None:
        """Look at everything, as listed."""
        super().__init__()
        self.board: Board | None = None
        self.plan: Plan | None = None
        self.off_track = False
        self.order = Order()
        self._chooser = Chooser()
        self._counted_lines: tuple[object, str, int] = ((), "", 0)

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self.list.selected

    def with_row(self) -> Row | None:
        """Return the row under the cursor; where there is none, say what to do."""
        group = self.list.folded_group
        if self.row is None and self.board is not None:
            if group is not None:
                said = tr("{group} is folded: {key} opens it", group=group.text, key=self.key_of("fold"))
            elif self.board.rows:
                said = tr("no row is shown: {key} shows everything again", key=self.key_of("clear"))
            elif self.glyphs.may("board.new"):
                said = tr("there is no indicator yet: {key} adds one", key=self.key_of("new"))
            else:
                said = tr("there is no indicator yet")
            self.say(said, "muted")
        return self.row

    # What is shown

    def chosen_rows(self) -> Sequence[Row]:
        """The rows to show, in order, those of folded groups among them."""
        rows = self.board.rows if self.board else ()
        if self._chooser.rows is not rows:
            self._chooser = Chooser(rows)
        return self._chooser.chosen(words=self.words, off_track=self.off_track, order=self.order)

    def list_lines(self) -> int:
        """Lines of the whole list, nothing folded or filtered: the screen is arranged by them."""
        rows = self.board.rows if self.board else ()
        known, grouping, _ = self._counted_lines
        if known is not rows or grouping != self.order.grouping:
            ordered = Chooser(rows).ordered(self.order)
            self._counted_lines = (rows, self.order.grouping, line_count(ordered, self.order.grouping))
        return self._counted_lines[2]

    def fill_list(self) -> None:
        """Show the rows that are chosen, where the list stands."""
        if self.board is None or self.plan is None:
            return
        self.list.show(
            self.board.rows,
            self.chosen_rows(),
            order=self.order,
            folded=self.folded,
            words=self.words,
            blanks=self.plan.blanks,
            nothing=self.nothing(),
        )

    def nothing(self) -> str:
        """What to say where no row is shown."""
        if self.off_track and not self.words:
            return tr("nothing is off track; {key} shows everything again", key=self.key_of("off_track"))
        if self.words:
            return tr("no name matches; {key} clears the filter", key=self.key_of("clear"))
        if not self.glyphs.may("board.import"):
            return tr("nothing is tracked yet")
        return tr(
            "nothing is tracked yet: {new} adds an indicator, {bring} imports a file",
            new=self.key_of("new"),
            bring=self.key_of("import"),
        )

    def action_clear(self) -> None:
        """Clear the filter, or only-off-track."""
        if self.words or self.off_track:
            self.words, self.off_track = "", False
            self.lay_out()

    def action_off_track(self) -> None:
        """Show only what is off track, or everything again."""
        self.off_track = not self.off_track
        self.lay_out()

    def action_archived(self) -> None:
        """Show archived indicators too, or no longer."""
        self.desk.lens.archived = not self.desk.lens.archived
        self.later(self._look_for_archived, "board")

    async def _look_for_archived(self) -> None:
        await self.catch_up()
        if not self.desk.lens.archived:
            self.say(tr("archived indicators are off the board"), "muted")
            return
        many = sum(row.archived for row in self.board.rows) if self.board else 0
        if many:
            key = self.key_of("archive")
            said = tr("{n:,} archived on the board; {key} brings one back", n=many, key=key)
            if not self.glyphs.may("board.archive"):
                said = tr("{n:,} archived on the board", n=many)
            self.say(said, "muted")
        else:
            self.say(tr("nothing is archived"), "muted")

    # The order

    def action_sort(self) -> None:
        """Sort by the next of the orders."""
        sort = SORTS[(SORTS.index(self.order.sort) + 1) % len(SORTS)]
        self._order(self.order._replace(sort=sort, reverse=False))
        self.say(tr("sorted: {sort}", sort=self.order.sort_said or tr("as listed")), "muted")

    def action_reverse(self) -> None:
        """Turn the order round."""
        if not self.order.sort_said:
            said = tr("rows stand as listed: {key} sorts them first", key=self.key_of("sort"))
            self.say(said, "muted")
            return
        self._order(self.order._replace(reverse=not self.order.reverse))
        self.say(tr("sorted: {sort}", sort=self.order.sort_said), "muted")

    def action_group(self) -> None:
        """Put the rows under the next kind of headings."""
        grouping = GROUPINGS[(GROUPINGS.index(self.order.grouping) + 1) % len(GROUPINGS)]
        self._order(self.order._replace(grouping=grouping))
        self.say(self.order.grouping_said, "muted")

    def _order(self, order: Order) -> None:
        untouched = self.list.cursor == 0
        self.order = order
        self.lay_out()
        if untouched:
            # Nobody has chosen a row yet: the first one of the new order is the one to look at.
            self.list.move_to(0)
            self.show_pane()

    # Folded groups

    @property
    def filtered(self) -> bool:
        """Only some rows are shown; what was looked for is never hidden in a folded group."""
        return bool(self.words) or self.off_track

    @property
    def folded(self) -> frozenset[str]:
        """Names of the groups that are folded now."""
        return frozenset() if self.filtered else self.host_app.folds.of(self.order.grouping)

    def action_fold(self) -> None:
        """Fold the group of the row, or unfold the one under the cursor."""
        group = self.list.folded_group
        if group is not None:
            self._fold((group.key,), folded=False)
        elif self._can_fold() and (row := self.with_row()) is not None:
            key = group_of(row, self.order.grouping)
            if key:
                self._fold((key,), folded=True)
            else:
                self.say(tr("this row stands in no group"), "muted")

    def action_fold_all(self) -> None:
        """Fold every group; where all are folded, unfold them."""
        if not self._can_fold():
            return
        keys = {group_of(row, self.order.grouping) for row in self.chosen_rows()} - {""}
        if not keys:
            self.with_row()
        elif keys <= self.folded:
            self._fold(None, folded=False)
        else:
            self._fold(keys, folded=True)

    def on_board_list_heading_clicked(self, event: BoardList.HeadingClicked) -> None:
        """A click on a heading folds or unfolds its group."""
        if event.group and not self.occupied and self._can_fold():
            self._fold((event.group,), folded=event.group not in self.folded)

    def _can_fold(self) -> bool:
        if self.filtered:
            said = tr("what a filter found stays open: {key} shows everything", key=self.key_of("clear"))
        elif self.order.grouping == "none":
            said = tr("there are no groups: {key} makes some", key=self.key_of("group"))
        else:
            return True
        self.say(said, "muted")
        return False

    def _fold(self, groups: tuple[str, ...] | set[str] | None, *, folded: bool) -> None:
        folds, grouping = self.host_app.folds, self.order.grouping
        if folded:
            folds.fold(grouping, groups or ())
        else:
            folds.unfold(grouping, groups)
        self.fill_list()
        self.show_pane()

    def reveal(self, indicator: str) -> None:
        """Unfold the group of an indicator, which is about to be shown."""
        for row in self.board.rows if self.board else ():
            if row.id == indicator and (key := group_of(row, self.order.grouping)) in self.folded:
                self.host_app.folds.unfold(self.order.grouping, (key,))

    def show_pane(self) -> None:
        """Show the detail of the row under the cursor."""
        raise NotImplementedError
