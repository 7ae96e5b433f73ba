"""The sentences people see, collected for translators: `make words` writes them, a test compares them."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from models.i18n import DOMAIN

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "bot" / "locales" / f"{DOMAIN}.pot"
PACKAGES = ("bot", "handlers", "models")
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "ngettext": (1, 2)}


def collected() -> Catalog:
    """Every sentence in the code as it is now, with the file it stands in."""
    catalog = Catalog(domain=DOMAIN)
    for package in PACKAGES:
        found = extract_from_dir(ROOT / package, keywords=KEYWORDS, comment_tags=("Translators:",))
        for name, _line, sentence, comments, context in found:
            catalog.add(sentence, locations=[(f"{package}/{name}", None)], auto_comments=comments, context=context)
    return catalog


def kept() -> Catalog:
    """Every sentence in the template as it was last written."""
    with TEMPLATE.open("rb") as file:
        return read_po(file, domain=DOMAIN)


def sentences(catalog: Catalog) -> set[str | tuple[str, ...]]:
    return {tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id for message in catalog} - {""}


def write() -> None:
    """Write the template; without a header, whose date would change at every run."""
    with TEMPLATE.open("wb") as file:
        write_po(file, collected(), omit_header=True, sort_output=True, width=100)


if __name__ == "__main__":
    write()
    print(f"{len(sentences(collected()))} sentences in {TEMPLATE.relative_to(ROOT)}")
