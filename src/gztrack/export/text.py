"""Board, detail, history and ledger as aligned text, for terminals, pipes and mail.

Whatever asks for text finds it here; how each is laid out is told in its own module.
"""

from __future__ import annotations

from gztrack.export.board_text import board_text, summary_text
from gztrack.export.detail_text import detail_text, history_text
from gztrack.export.ledger_text import ledger_text
from gztrack.services.board.ledger import ledger_counts

__all__ = ["board_text", "detail_text", "history_text", "ledger_counts", "ledger_text", "summary_text"]
