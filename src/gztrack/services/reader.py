"""The reading half of the service: a register kept up with a store, and views of it.

A `Reader` catches up when asked and answers as of any date; it never writes. It may be called
from several threads (the board reads while a worker writes); calls wait for each other. What only
some questions need is imported when one of them is asked: ``status`` and ``log`` pay for themselves alone.
"""

from __future__ import annotations

from _thread import RLock
from datetime import date

from gztrack.domain import records
from gztrack.domain.register import Fact, Moment, Register
from gztrack.domain.text import clean
from gztrack.language import manner, named, tr
from gztrack.light import NamedTuple, wraps
from gztrack.services.board import rows
from gztrack.services.board.kept_rows import KeptRows
from gztrack.services.days import last_instant, time_in, today_in
from gztrack.services.entering.entries import GoalEntry, IndicatorEntry, LogEntry
from gztrack.services.entering.references import find_either, known_indicator
from gztrack.services.views import Board, Changes, Detail, News, Preview, ReadingView, TargetView
from gztrack.storage.store import Store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Concatenate, Literal, ParamSpec, TypeVar

    from gztrack.domain.packed import Kept
    from gztrack.services.board.alarms import Alarm, Patience
    from gztrack.services.board.board_file import BoardFile
    from gztrack.services.board.board_file import Kept as KeptBoard
    from gztrack.services.entering.suggestions import Suggestions, Usage
    from gztrack.services.explaining.views import Why
    from gztrack.services.permits import Permit

    Arguments = ParamSpec("Arguments")
    Answer = TypeVar("Answer")
    Own = TypeVar("Own", bound="Reader")


class Clocks(NamedTuple):
    """As of when a view is reckoned.

    Attributes:
        as_of: The date; None for today.
        logged_by: Only facts logged up to the end of this day.
        published_by: Only readings published up to this day.
    """

    as_of: date | None = None
    logged_by: date | None = None
    published_by: date | None = None


NOW = Clocks()

REMEMBERED = 5000
"""How much of what others wrote is remembered for forms that are open."""


def serialised(
    method: Callable[Concatenate[Own, Arguments], Answer],
) -> Callable[Concatenate[Own, Arguments], Answer]:
    """Let one call at a time into a reader: the register must not grow while it is being read."""

    @wraps(method)
    def alone(self: Own, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        with self.turn:
            return method(self, *args, **kwargs)

    return alone


class Reader:
    """Answers questions about one database.

    Args:
        store: Where the facts are.
        today: A fixed date in place of the clock's, for reproducible pictures and tests.
        permit: What this person may do; None for everything.
        board_file: Where a large database's board is kept; what it holds is answered before anything is read.

    Attributes:
        store: The store, for services that write in bulk.
        turn: Held by whoever is being answered.
        author: Who this session is; nobody for one that only reads.
    """

    author = ""

    def __init__(
        self,
        store: Store,
        *,
        today: date | None = None,
        permit: Permit | None = None,
        board_file: BoardFile | None = None,
    ) -> None:
        self.store = store
        self.permit = permit
        self._register = self._empty()
        self.turn = RLock()
        self._news = Changes()
        self._own: set[str] = set()
        self._arrived: list[News] = []
        self._forgotten = 0
        self._rows = KeptRows()
        self._usage: Usage | None = None
        self._fixed_today = today
        self._board_file = board_file
        self._kept = board_file.read(self.today) if board_file else None
        self.loaded = False
        self._behind = False
        if self._kept is None:
            self.refresh()

    def _empty(self) -> Register:
        found = Register(local_time=lambda at: time_in(self.store.tz, at))
        found.nameable = self._is_shown
        return found

    def _is_shown(self, slug: str) -> bool:
        return self.permit is None or self.permit.shows(slug)

    @property
    def register(self) -> Register:
        """The facts, for services that read on; read now where only a kept board was shown so far."""
        self.load()
        return self._register

    def put_off(self) -> None:
        """What was just written is taken in when somebody asks: who wrote a million facts may not want them back."""
        self._behind = True

    @serialised
    def load(self) -> None:
        """Read the facts, unless they have been, and take in what was put off."""
        if self._behind:
            self._news = self._news.and_then(self._catch_up())
        if self.loaded:
            return
        everything = self._catch_up()
        kept, now = self._kept, self.store.cursor
        if kept is None or now == kept.cursor:
            return
        # Somebody wrote since the board was looked at.
        if now.generation == kept.cursor.generation:
            tables: dict[str, list[Fact]] = {}
            for table, fact in self.store.facts(kept.cursor)[0]:
                tables.setdefault(table, []).append(fact)
            touched = {
                fact["indicator"] for facts in tables.values() for fact in facts if "indicator" in fact
            }
            everything = self._told(tables, touched)
        self._news = self._news.and_then(everything)

    @serialised
    def keep_board(self) -> bool:
        """Have the board of a large database kept, for whoever looks next; False where there is nothing to do."""
        if self._board_file is None or not self.loaded:
            return False
        from gztrack.services.board.board_file import Kept as KeptBoard
        from gztrack.services.board.board_file import as_kept

        board = self.board()  # which takes in what was put off
        cursor = self.store.cursor
        if (
            self._kept is not None
            and self._kept.cursor == cursor
            and self._kept.language == manner()
            and as_kept(self._kept.board) == as_kept(board)
        ):
            return False
        first = self.detail(board.rows[0].id, charted=True) if board.rows else None
        self._kept = KeptBoard(cursor, board, first, manner())
        return self._board_file.write(self._kept)

    @property
    def name(self) -> str:
        """What to call the database in messages."""
        return self.store.name

    @property
    def title(self) -> str:
        """The database's title."""
        return clean(self.register.setting("title", self.moment()) or self.store.title)

    @property
    def shown_title(self) -> str:
        """The title in the languages that names are shown in."""
        return named(self.title, self.title_zh)

    @property
    def title_zh(self) -> str:
        """The database's title in Chinese, or empty."""
        return clean(self.register.setting("title_zh", self.moment()))

    @property
    def today(self) -> date:
        """The date in the database's zone."""
        return self._fixed_today or today_in(self.store.tz)

    @property
    def notices(self) -> Sequence[str]:
        """What a person should hear about the store, each once."""
        return self.store.notices

    def moment(self, clocks: Clocks = NOW) -> Moment:
        """The clocks as the register takes them.

        Raises:
            InputError: ``as_of`` lies outside 1900 to 2200.
        """
        return Moment(
            records.day(clocks.as_of or self.today, tr("as of")),
            last_instant(clocks.logged_by, self.store.tz) if clocks.logged_by else "",
            clocks.published_by.isoformat() if clocks.published_by else "",
        )

    def changed(self) -> bool:
        """Whether there is something new to tell; only a stat of the file."""
        return bool(self._news) or (self.loaded and self.store.changed())

    @property
    def position(self) -> int:
        """How much others have written into what is known here; see `since`."""
        return self._forgotten + len(self._arrived)

    @serialised
    def since(self, position: int) -> tuple[News, ...]:
        """What others wrote after a `position`, in the order in which it came in."""
        return self._worded(self._arrived[max(0, position - self._forgotten) :])

    @serialised
    def refresh(self) -> Changes:
        """Read what is new; what others wrote since the last call, and who they are."""
        self.load()
        news, self._news = self._news.and_then(self._catch_up()), Changes()
        return news._replace(news=self._worded(news.news))

    def _worded(self, found: Sequence[News]) -> tuple[News, ...]:
        """News in the language of people's answers, whatever was spoken when it came in."""
        if all(each.language == manner() for each in found):
            return tuple(found)
        from gztrack.services import news

        return tuple(news.worded(self._register, each) for each in found)

    def _catch_up(self) -> Changes:
        """Take in what is new; what of it others wrote."""
        self._behind = False
        fresh = self.store.refresh()
        if fresh is None:
            self.loaded = True
            return Changes()
        touched: set[str] = set()
        if fresh.whole:
            touched = set(self._register.indicators)
            self._register = self._empty()
        kept, self._rows = self._rows, KeptRows()  # should it fail, nobody says which facts are in
        usage, self._usage = self._usage, None
        touched |= self._register.take(fresh.tables, fresh.readings)
        kept.forget(touched)
        self._rows = kept
        self.loaded = True
        if usage is not None:
            usage.forget(touched)
            self._usage = usage
        if fresh.whole:
            return Changes(frozenset(touched))
        return self._told(fresh.tables, touched)

    def _told(self, tables: Mapping[str, Sequence[Kept]], touched: set[str]) -> Changes:
        """Of what came in that which this session has not written itself."""
        from gztrack.services import news  # the first look, which is all that a command takes, has none

        found = news.told(tables, self._register, self._own, self.author)
        self._arrived += found
        excess = max(0, len(self._arrived) - REMEMBERED)
        del self._arrived[:excess]
        self._forgotten += excess
        if not found:
            return Changes()
        named = frozenset(each.indicator for each in found if each.indicator)
        # Where one of them is about many, and where none is our own, everything touched is theirs.
        own = sum(each.changes for each in found) < sum(map(len, tables.values()))
        return Changes(named if own else frozenset(touched), found)

    @serialised
    def board(
        self, clocks: Clocks = NOW, method: str = "", *, archived: bool = False, project: bool = False
    ) -> Board:
        """The whole list, in board order.

        Args:
            clocks: As of when.
            method: How every status is reckoned; empty for each indicator's own method.
            archived: Archived indicators too.
            project: Each row's forecast too, which costs more than all the rest of it.
        """
        usual = (clocks, method, archived, project) == (NOW, "", False, False)
        if usual and (shown := self._kept_now()) is not None:
            return shown.board
        moment = self.moment(clocks)
        standing = self.indicators(clocks, archived=archived)
        built = self._rows.board(self.register, standing, moment, method, project=project)
        return Board(
            title=self.title,
            rows=built,
            counts=rows.counts(built),
            as_of=moment.day,
            travelling=moment.day != self.today,
            method=method or self.register.usual_method(moment),
            usual=self.register.usual_method(moment),
            own=self._with_own_method(standing, moment),
            forced=bool(method),
            first_run=self.register.only_by(records.SEED_AUTHOR),
            title_zh=self.title_zh,
        )

    def _kept_now(self) -> KeptBoard | None:
        """What was kept, while it is all there is to show and holds for today and the language that is spoken."""
        kept = self._kept
        if self.loaded or kept is None or (kept.board.as_of, kept.language) != (self.today, manner()):
            return None
        return kept

    def _with_own_method(self, standing: Sequence[Fact], moment: Moment) -> int:
        usual = self.register.usual_method(moment)
        return sum(self.register.method(fact, moment) != usual for fact in standing)

    @serialised
    def indicators(self, clocks: Clocks = NOW, *, archived: bool = False) -> list[Fact]:
        """The indicators that stand, in the order in which they were first stated."""
        moment = self.moment(clocks)
        found = [self.register.indicator(slug, moment) for slug in self.register.slugs(moment)]
        return [fact for fact in found if fact is not None and (archived or not fact.get("archived"))]

    @serialised
    def detail(self, slug: str, clocks: Clocks = NOW, method: str = "", *, charted: bool = False) -> Detail:
        """Everything about one indicator, its chart only when asked for."""
        shown = self._kept_now() if (clocks, method) == (NOW, "") else None
        if shown is not None and shown.detail is not None and shown.detail.row.id == slug:
            return shown.detail
        from gztrack.services.board import details

        return details.detail(self.register, slug, self.moment(clocks), method, charted=charted)

    @serialised
    def why(self, slug: str, clocks: Clocks = NOW, method: str = "") -> Why:
        """Every figure behind one indicator's row, as a sum with its numbers and sources."""
        from gztrack.services.explaining.why import why

        return why(self.register, slug, self.moment(clocks), method)

    @serialised
    def history(self, slug: str, clocks: Clocks = NOW) -> tuple[ReadingView, ...]:
        """Every reading ever logged, in logging order, with what became of it."""
        from gztrack.services.board import details

        return tuple(details.history(self.register, slug, self.moment(clocks)))

    @serialised
    def ledger(
        self, slugs: Sequence[str] = (), clocks: Clocks = NOW, *, every: bool = False
    ) -> tuple[TargetView, ...]:
        """Every target ever stated, by due date.

        Args:
            slugs: Only of these indicators; of all when empty.
            every: Entry errors too, which are no promises.
        """
        from gztrack.services.board import details

        moment = self.moment(clocks)
        facts = [known_indicator(self.register, s, moment) for s in slugs] or self.indicators(
            clocks, archived=True
        )
        return tuple(details.ledger(self.register, facts, moment, every=every))

    @serialised
    def alarms(
        self,
        clocks: Clocks = NOW,
        method: str = "",
        *,
        kinds: Collection[str] | None = None,
        patience: Patience | Literal["usual"] | None = "usual",
    ) -> tuple[Alarm, ...]:
        """What wants attention, worst first; see `gztrack.services.board.alarms`.

        Args:
            clocks: As of when.
            method: How every status is reckoned; empty for each indicator's own method.
            kinds: Only alarms of these; of all when None.
            patience: After how long an open target without a reading is stale; None for never.
        """
        from gztrack.services.board.alarms import KINDS, USUAL, Watch, alarms

        watch = Watch(
            self.moment(clocks),
            self.store.tz,
            method,
            KINDS if kinds is None else kinds,
            USUAL if patience == "usual" else patience,
        )
        return tuple(alarms(self.register, self.indicators(clocks), watch))

    @serialised
    def cite(self, reference: str, clocks: Clocks = NOW) -> str:
        """One footnote line for a reading or a target: figure, source, page, dates."""
        from gztrack.services.board import details

        moment = self.moment(clocks)
        _, fact = find_either(self.register, reference, moment)
        return details.citation(self.register, fact, moment)

    @serialised
    def step(self, day: date, by: int) -> date:
        """The next (or previous) day on which a reading's period ends or a target falls due."""
        whole = self.moment()._replace(day=date.max)
        ends = {
            end
            for slug in self.register.readings
            for end in self.register.standing_readings(slug, whole).column("end")
        }
        stated = (f for slug in self.register.targets for f in self.register.stated_targets(slug, whole))
        ends |= {f["due_end"] for f in stated if "due_end" in f}
        here = day.isoformat()
        if by > 0:
            later = min((end for end in ends if end > here), default=None)
            return (
                min(date.fromisoformat(later), self.today)
                if later and day < self.today
                else max(day, self.today)
            )
        earlier = max((end for end in ends if end < here), default=None)
        return date.fromisoformat(earlier) if earlier else day

    @serialised
    def preview_log(self, entry: LogEntry, correcting: str = "", method: str = "") -> Preview:
        """What a log form, or a correction's, understood so far."""
        from gztrack.services.entering import previews

        return previews.preview_log(self.register, entry, self.moment(), method, correcting)

    @serialised
    def preview_goal(self, entry: GoalEntry, method: str = "") -> Preview:
        """What a goal form understood so far."""
        from gztrack.services.entering import previews

        return previews.preview_goal(self.register, entry, self.moment(), method)

    @serialised
    def preview_indicator(self, entry: IndicatorEntry, *, editing: bool = False) -> Preview:
        """What an indicator's form understood so far."""
        from gztrack.services.entering import previews

        return previews.preview_indicator(self.register, entry, self.moment(), editing=editing)

    @serialised
    def preview_batch(self, entries: Sequence[LogEntry], method: str = "") -> tuple[Preview, ...]:
        """What each of several readings, to be logged as one action, was understood as."""
        from gztrack.services.entering import batch

        return batch.preview_batch(self.register, entries, self.moment(), method)

    @serialised
    def suggestions(self, slug: str = "") -> Suggestions:
        """What a form about an indicator (empty: about a new one) can offer to complete."""
        from gztrack.services.entering.suggestions import Usage, suggest

        if self._usage is None:
            self._usage = Usage()
        return suggest(self.register, self._usage, self.indicators(archived=True), slug, self.moment())
