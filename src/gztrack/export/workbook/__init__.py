"""A snapshot as an XLSX workbook: real numbers and dates, and no text that is ever a formula."""
