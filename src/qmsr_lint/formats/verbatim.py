"""Which lines of a text that is shown as it was typed are words, and not a program, data or the names of files.

Flow charts, forms and tables that were set by hand stand in blocks that Markdown has for code. A person reads them as
part of the procedure; a program, a path or a folder is none.
"""

from collections.abc import Sequence

from qmsr_lint.expression import Expression

LANGUAGES = frozenset({"", "text", "txt", "plain", "plaintext", "none", "ascii", "markdown", "md"})
"""What a block of code is said to be written in where that is no language of programs or data."""

_MANY = 4
"""Where one line of so many is code, the others are taken for it as well: a comment in it, what it prints."""
_BRANCHES = " \t\u00a0|+`-\u2500\u2502\u251c\u2514"
"""What a tree of folders is drawn with."""
_LONG = 1000
"""Characters of a line by which it is known for what it is."""
_FULL = 50
"""Characters of a line that may have been broken because it was full."""
_PROGRAM = (
    r"^\s*(?:\$\s|#!|//|/\*|\*/|<!|;;|--\s|@\w|\.{0,2}/\w|[\])}]+[,;]?$)",
    r"^\s*(?:sudo|git|cd|npm|npx|yarn|pip3?|python3?|docker|curl|wget|mkdir|chmod|cp|mv|rm|ls|echo|bash|sh)\s",
    r"^\s*(?:import\s+[\w.{*]+|from\s+\S+\s+import\s|def\s+\w+\(|class\s+[A-Z][a-z]\w+\s*[(:{])",
    r"^\s*(?:(?:const|let|var)\s+\w+\s*[=:;]|(?:export|async|public|private|static)\s+\w+\s+\w+|return\s[^\n]*;$)",
    r"^\s*(?:SELECT\s|INSERT\s+INTO\s|CREATE\s+TABLE\s|\}|[A-Za-z_][\w.]{0,80}\([^()\n]{0,200}\);?$)",
    r"[{\[(]$|[{}]\s*[,;)]+$|\\$|[\"']\)?\s*;$|\(\)\s*;?$|[=!]==\s|&&|::|</|/>|\$\{|\{\{|--+>\s*\w+$",
    r"<(?:p|div|span|a|b|i|br|td|tr|th|table|ul|ol|li|img|h\d|html|body|head)[\s/>]|@startuml|^\s*(?:graph|flowchart)\s",
    r"(?:^|\s)--[a-z][\w-]+|\b[a-z]+_[a-z_]+\b",
)
"""A command, a statement, a comment between statements, a call, an option."""
_DATA = (
    r"^\s*(?:-\s+)?[\"']?[a-z][\w.-]{0,80}[\"']?\s*(?::(?:\s|$)|=(?!=))",
    r"^\s*[\"'`][^\n]*[\"'`][\])]*,$|^\s*[\"'][^\"'\n]*[\"']\s*[:=]|^\s*\[[\w.-]+\]$",
)
"""A key with its value, a text in quotation marks with a comma behind it, the head of a section of settings."""
_CODE = Expression("|".join((*_PROGRAM, *_DATA)))
_ENTRY = Expression(r"([\w./\\][^\s]*)(\s{2,}|\s*$|\s(?=[#\u2190\u2014(-]|//))")
"""Begins an entry of a list of files: its name, and nothing behind it, or something set apart."""
_FILE = Expression(r"[^\s]*\.[a-z][a-z0-9]{1,4}")
_WORDS = Expression(
    r"(?<!\w)[^\W\d_]{2,}[,;:.]?[^\S\n]+(?:[\u2192>/&|\u2013\u2014-]{1,3}[^\S\n]+)?[(\"\u201c\u00a7]?[^\W_]"
)
_NUMBERED = Expression(r"(?<![\d.])(?:\d{1,3}\.){1,6}\s+[^\W\d_]{2,}|820\.\d{1,3}")
"""Holds words, or the number of a section with its heading."""
_CONTINUED = Expression(r"[a-z(]")


def words_in(lines: Sequence[str]) -> list[bool]:
    """Whether each of the lines of a block is words that a person reads; where much of it is code, none is."""
    seen = [line for line in lines if any(map(str.isalnum, line))]
    code = {line for line in seen if _is_code(line)}
    if sum(line in code for line in seen) * _MANY >= len(seen):
        return [False] * len(lines)
    words = {line for line in seen if line not in code and _reads(line)}
    if sum(line in words for line in seen) * 2 >= len(seen):  # among these, a word by itself is one
        words = {line for line in seen if line not in code}
    return [line in words for line in lines]


def goes_on(line: str, following: str) -> bool:
    """Whether a line of words was broken because it was full, and goes on in the following one."""
    return (
        len(line.rstrip()) >= _FULL
        and len(line) - len(line.lstrip()) == len(following) - len(following.lstrip())
        and _CONTINUED.match(following.lstrip()) is not None
    )


def _is_code(line: str) -> bool:
    line = line[:_LONG]
    return _CODE.search(line) is not None or _is_path(line)


def _is_path(line: str) -> bool:
    """Whether a line is the name of a file or a folder, with what a list of files says of it."""
    entry = _ENTRY.match(line.lstrip(_BRANCHES))
    if entry is None:
        return False
    name = entry[1].replace("\\", "/")
    folder, slash, _ = name.partition("/")
    return (
        name.endswith("/")
        or name.startswith(("/", "./", "../"))
        or name.count("/") > 1
        or (slash != "" and ("_" in folder or folder.islower()))
        or _FILE.fullmatch(name) is not None
    )


def _reads(line: str) -> bool:
    return _WORDS.search(line) is not None or _NUMBERED.search(line) is not None
