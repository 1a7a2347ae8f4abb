"""From facts to the rows a face shows: assessed cases, their figures, parts, alarms and the ledger's counts."""
