"""Folders of results: each is replaced as a whole, and never costs anybody a file of theirs."""

from comity.folders.replacing import check_ours, read_settled, replace_folder

__all__ = ["check_ours", "read_settled", "replace_folder"]
