"""Packs: files of facts that travel, whole databases without loss or rows written by hand."""
