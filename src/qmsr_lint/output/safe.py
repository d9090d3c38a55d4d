"""The boundary between what a document or a file name says and where it is shown: one function per sink.

Everything a document holds is untrusted. GitHub's runner obeys `::command::` at the start of a line, blanks before it
included, and `##[command]` anywhere in it; Azure's obeys `##vso[command]`.
"""

import re

from qmsr_lint.expression import Expression

# C0 and C1 controls, line and paragraph separators, bidirectional controls, surrogates, annotation and tag characters.
_UNPRINTABLE = Expression(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_COMMAND_ANYWHERE = Expression(r"##(?=\[|vso\[)", re.IGNORECASE)
_COMMAND_AT_START = Expression(r"^(\s*)(?=::)", re.MULTILINE)
_NOT_XML = Expression("[\ufffe\uffff]")
_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")  # the wide forms too: some spreadsheets take them for the same
_NARROW = frozenset("\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026")  # dashes, quotes, bullet, ellipsis
_LINE_BREAKS = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ", "\u2028": " ", "\xad": None})


def terminal(text: str) -> str:
    """Text for one line of a terminal: blanks for tabs and breaks, codes for characters that steer or hide."""
    if text.isprintable():
        return text
    text = text.translate(_LINE_BREAKS)
    return text if text.isprintable() else _UNPRINTABLE.sub(_code, text)


def log(line: str) -> str:
    """A line for standard output or error, where a CI runner may read it: no workflow command in it is live."""
    if "::" in line:
        line = _COMMAND_AT_START.sub(r"\1\\", line)
    return _COMMAND_ANYWHERE.sub(r"#\\#", line) if "##" in line else line


def json(text: str) -> str:
    """A JSON text whose strings hold no live workflow command; it still reads as the same value."""
    return _COMMAND_ANYWHERE.sub(r"\\u0023#", text) if "##" in text else text


def github_message(text: str) -> str:
    """The data of a GitHub workflow command, which ends at the line's end; no other command stands in it."""
    text = "\n".join(_UNPRINTABLE.sub(_code, line) for line in re.split("\r\n?|\n", text))
    text = _COMMAND_ANYWHERE.sub(r"#\\#", text)
    return text.replace("%", "%25").replace("\n", "%0A")


def github_property(text: str) -> str:
    """A property of a GitHub workflow command, which also ends at a comma or a colon."""
    return github_message(text).replace(":", "%3A").replace(",", "%2C")


def _code(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def columns(text: str) -> int:
    """The columns of a terminal that `text` takes: two for wide characters, none for combining ones."""
    # English text needs no table of all characters, and to import that takes 1 ms.
    if text.isascii() or ("\u00ad" not in text and all(one < "\u0300" or one in _NARROW for one in text)):
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(character) in {"Mn", "Me", "Cf"} else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )


def page(text: str) -> str:
    """Text for a page (HTML, Word, Excel) that escapes its own markup: one line of characters legal in XML."""
    return _NOT_XML.sub(_code, terminal(text))


def html(text: str) -> str:
    """A whole HTML page, also fit for a log: the characters of a workflow command as references."""
    return _COMMAND_ANYWHERE.sub("&#35;#", text)


def script_data(text: str) -> str:
    """A JSON text that may stand in a `script` element of an HTML page, whatever its strings hold."""
    return json(text).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def csv(text: str) -> str:
    """A cell of a CSV file, without its quotation marks: no spreadsheet takes it for a formula."""
    cell = log(page(text))
    return f"'{cell}" if cell.lstrip(" ")[:1] in _FORMULA else cell


def markdown(text: str) -> str:
    """Text as a code span of Markdown, in a table too: nothing in it is markup, a mention, an image or a link."""
    words = log(page(text)).strip()
    longest = max(map(len, re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if not words or "`" in (words[0], words[-1]) else ""
    return f"{fence}{blank}{words}{blank}{fence}".replace("|", "\\|")


def azure_message(text: str) -> str:
    """The message of an Azure Pipelines logging command, which ends at the line's end."""
    text = _COMMAND_ANYWHERE.sub(r"#\\#", "\n".join(terminal(line) for line in text.split("\n")))
    return text.replace("%", "%AZP25").replace("\n", "%0A")


def azure_property(text: str) -> str:
    """A property of an Azure Pipelines logging command, which also ends at a semicolon or a bracket."""
    return azure_message(text).replace(";", "%3B").replace("]", "%5D")
