"""Where the sections of a Word document begin: its headings with their computed numbers, also those only typed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from qmsr_lint.formats.docx.numbering import Numbering
from qmsr_lint.formats.docx.styles import Font, Style, StyleSheet, outline_level
from qmsr_lint.formats.docx.text import Paragraph, Story, Thing, W, whole
from qmsr_lint.formats.docx.text.names import PICTURES
from qmsr_lint.model import FEW_HEADINGS

if TYPE_CHECKING:
    from qmsr_lint.formats.outline import Line

_HEADING_LENGTH = 250
"""Characters; a longer paragraph is text that wears an outline level, as numbered clauses of contracts do."""

_UNKNOWN = "unknown"
"""Stands for a look that was not asked for."""
_SAMPLE = 200
"""Paragraphs that tell the font of a text."""


def heading_level(paragraph: Paragraph, style: Style) -> int:
    """The level, 1 to 9, that a paragraph outside tables has as a heading; 0 where it is made as none."""
    level = style.heading if paragraph.outline is None else outline_level(paragraph.outline)
    return level if level and len(paragraph.text) <= _HEADING_LENGTH and paragraph.text.strip() else 0


def typed_headings(story: Story, styles: StyleSheet) -> frozenset[int]:
    """The identities of the paragraphs that are headings and only typed."""
    made: list[str] = []
    lines: list[Paragraph | None] = []
    for item in story.items:
        if isinstance(item, Thing) and item.kind == "data":
            continue  # stands in a paragraph
        if not isinstance(item, Paragraph) or item.cell is not None or item.box is not None:
            if lines and lines[-1] is not None:
                lines.append(None)
        elif heads := [each for each in _parts(item) if heading_level(each, styles.of(each.style))]:
            made += [head.text for head in heads]
            if len(made) >= FEW_HEADINGS:
                return frozenset()
            lines.append(None)
        elif item.text.strip():
            lines.append(item)
    from qmsr_lint.formats import outline

    plain = [None if line is None else _line(line, styles) for line in lines]
    if not outline.may_be_typed(line for line in plain if line is not None):
        return frozenset()  # to ask all runs for their looks takes a fifth of the time of reading
    body = _font_of_the_text([line for line in lines if line is not None], styles)
    dressed = [
        line if line is None or paragraph is None else line._replace(look=_look(paragraph, styles, body))
        for line, paragraph in zip(plain, lines, strict=True)
    ]
    return frozenset(id(lines[at]) for at in outline.typed_headings(dressed, made))


def heading_numbers(
    story: Story, styles: StyleSheet, typed: frozenset[int], numbering: Callable[[], Numbering]
) -> Mapping[int, str]:
    """The computed numbers of the headings, by the identity of their paragraphs. Lists count outside text boxes."""
    numbered: list[tuple[Paragraph, str]] = []
    of_headings: set[str] = set()
    for item in story.items:
        if isinstance(item, Paragraph) and item.box is None:
            for each in _parts(item):
                style = styles.of(each.style)
                number = list_of(each, style)
                if number is not None:
                    numbered.append((each, number))
                    if style.heading or each.outline is not None or id(each) in typed:
                        of_headings.add(number)
    if not of_headings:
        return {}
    lists = numbering()
    definitions = {lists.definition(number) for number in of_headings}
    return {
        id(paragraph): lists.number(number, list_level(lists, paragraph, number, styles))
        for paragraph, number in numbered
        if lists.definition(number) in definitions
    }


def _parts(paragraph: Paragraph) -> Iterable[Paragraph]:
    """A paragraph with those that run on into it as they are, which may be headings and count in lists."""
    return (*paragraph.leads, paragraph) if paragraph.leads else (paragraph,)


def list_of(paragraph: Paragraph, style: Style) -> str | None:
    """The id of the list that a paragraph is an item of, None where it is none."""
    number = paragraph.numbering if paragraph.numbering is not None else style.numbering
    return None if number == "0" else number


def list_level(numbering: Numbering, paragraph: Paragraph, number: str, styles: StyleSheet) -> int:
    """The level, from 0, at which a paragraph stands in its list."""
    level = paragraph.level if paragraph.level is not None else styles.of(paragraph.style).level
    if level is None and paragraph.numbering is None:
        return numbering.level_of_style(number, paragraph.style or styles.default)
    return whole(level, 0)


def _line(paragraph: Paragraph, styles: StyleSheet) -> "Line":
    """A paragraph as a line whose look is not known."""
    from qmsr_lint.formats.outline import LONGEST, Line

    text = paragraph.text
    if len(text) > LONGEST:
        return Line(text)
    style = styles.of(paragraph.style)
    words = [piece for piece in paragraph.pieces if piece[1].strip()]
    if all(state.caps for _, _, state in words) or (style.look.caps and not paragraph.calm):
        text = text.upper()
    number = list_of(paragraph, style)
    level = whole(paragraph.level if paragraph.level is not None else style.level, 0)
    return Line(text, _UNKNOWN, None if number is None else (number, level))


def _look(paragraph: Paragraph, styles: StyleSheet, body: Font) -> str:
    """How the whole of a short paragraph looks beside the text."""
    from qmsr_lint.formats.outline import LONGEST

    if len(paragraph.text) > LONGEST:
        return ""
    looks = {font.beside(body) for font, _ in _fonts(paragraph, styles)}
    return looks.pop() if len(looks) == 1 else ""


def _font_of_the_text(paragraphs: Sequence[Paragraph], styles: StyleSheet) -> Font:
    """The font of most letters of the text; short lines may be headings, and are asked where there is nothing else."""
    long = [paragraph for paragraph in paragraphs if paragraph.text.rstrip().endswith((".", ";", ":"))]
    letters: Counter[Font] = Counter()
    for paragraph in (long or paragraphs)[:_SAMPLE]:
        for font, text in _fonts(paragraph, styles):
            letters[font] += len(text)
    return max(letters, key=letters.__getitem__, default=Font())


def _fonts(paragraph: Paragraph, styles: StyleSheet) -> Iterator[tuple[Font, str]]:
    """The fonts of a paragraph's words, with these."""
    font = styles.of(paragraph.style).font
    for element, text, _ in paragraph.pieces:
        if text.strip() and element.tag not in PICTURES:
            run = element.getparent()
            properties = None if run is None else run.find(f"{W}rPr")
            own = font
            if properties is not None:
                style = properties.find(f"{W}rStyle")
                own = font if style is None else font.under(styles.of(style.get(f"{W}val")).font)
                own = own.with_properties(properties)
            yield own._replace(size=own.size or styles.size), text
