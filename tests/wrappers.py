"""The places a sentence can stand in: each wrapper makes a file of one text."""

import re
from collections.abc import Callable, Mapping

import docxmaker as d

Wrapper = Callable[[str], tuple[str, bytes]]


def markdown(text: str) -> tuple[str, bytes]:
    """A Markdown paragraph, or heading, whose characters all mean themselves."""
    level, plain = heading(text)
    comments = "".join(comment[0] for comment in _COMMENT.finditer(plain))
    escaped = re.sub(r"([\\`*_\[\]<>&#|~])", r"\\\1", _COMMENT.sub("", plain))
    escaped = re.sub(r"^(\d+)([.)])", r"\1\\\2", escaped)
    escaped = re.sub(r"^([-+=])", r"\\\1", escaped)
    return "a.md", f"{'#' * level}{' ' if level else ''}{escaped}{comments}\n".encode()


_COMMENT = re.compile(r"<!--(.*?)-->")


def heading(text: str) -> tuple[int, str]:
    """The level of a text that begins with "# " (0: it is no heading), and the text itself."""
    plain = text.lstrip("#")
    return (len(text) - len(plain), plain.strip()) if plain != text else (0, text)


def _paragraph(text: str, inner: Callable[[str], str]) -> str:
    level, plain = heading(text)
    return d.p(inner(plain), style=f"Heading{level}" if level else "")


def _word(body: Callable[[str], str]) -> Wrapper:
    def wrapped(text: str) -> tuple[str, bytes]:
        # A comment of the example becomes a Word comment anchored on the whole of it.
        comments = [comment[1].strip() for comment in _COMMENT.finditer(text)]
        made = body(_COMMENT.sub("", text).strip())
        for number in range(len(comments)):
            made = made.replace("<w:r>", f'<w:commentRangeStart w:id="{number}"/><w:r>', 1)
            made = f'<w:commentRangeEnd w:id="{number}"/></w:p>'.join(made.rsplit("</w:p>", 1))
        return "a.docx", d.docx(made, styles=d.heading_styles(), comments=[d.p(d.r(words)) for words in comments])

    return wrapped


WORD: Mapping[str, Wrapper] = {
    "one run": _word(lambda text: _paragraph(text, d.r)),
    "a run for each letter": _word(lambda text: _paragraph(text, d.letters)),
    "tracked insertion": _word(lambda text: _paragraph(text, lambda plain: d.ins(d.r(plain)))),
    "content control": _word(lambda text: _paragraph(text, lambda plain: d.control(d.r(plain)))),
    "hyperlink": _word(lambda text: _paragraph(text, lambda plain: d.link(d.r(plain), anchor="x"))),
}
"""Wrappers in the body of a Word file; a heading stays one."""

ELSEWHERE: Mapping[str, Wrapper] = {
    "table cell": _word(lambda text: d.tbl(d.tr(d.tc(d.p(d.r(text)))))),
    "header": lambda text: ("a.docx", d.docx(d.p(d.r("Body.")), header=d.p(d.r(text)))),
    "footnote": lambda text: ("a.docx", d.docx(d.p(d.r("Body.")), footnotes=[d.p(d.r(text))])),
}
"""Wrappers in which nothing is a heading."""

ALL: Mapping[str, Wrapper] = {"Markdown": markdown, **WORD, **ELSEWHERE}
