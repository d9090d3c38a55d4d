"""Where the sections of a Word document begin: its headings with their computed numbers, also those only typed."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from qmsr_lint.formats.docx.numbering import Numbering
from qmsr_lint.formats.docx.styles import Font, Style, StyleSheet, outline_level
from qmsr_lint.formats.docx.text import Paragraph, Story, W, whole
from qmsr_lint.model import FEW_HEADINGS

if TYPE_CHECKING:
    from qmsr_lint.formats.outline import Line

_HEADING_LENGTH = 250
"""Characters; a longer paragraph is text that wears an outline level, as numbered clauses of contracts do."""


_FEWEST = 4
"""Paragraphs; fewer make no two sections."""


def heading_level(paragraph: Paragraph, style: Style) -> int:
    """The level, 1 to 9, that a paragraph outside tables has as a heading; 0 where it is made as none."""
    level = style.heading if paragraph.outline is None else outline_level(paragraph.outline)
    return level if level and len(paragraph.text) <= _HEADING_LENGTH and paragraph.text.strip() else 0


def typed_levels(story: Story, styles: StyleSheet) -> Mapping[int, int]:
    """The levels of the headings that are only typed, by the identity of their paragraphs."""
    made: list[str] = []
    lines: list[Paragraph | None] = []
    for item in story.items:
        if not isinstance(item, Paragraph) or item.cell is not None or item.box is not None:
            if lines and lines[-1] is not None:
                lines.append(None)
        elif heading_level(item, styles.of(item.style)):
            made.append(item.text)
            if len(made) == FEW_HEADINGS:
                return {}
            lines.append(None)
        elif item.text.strip():
            lines.append(item)
    if sum(line is not None for line in lines) < _FEWEST:
        return {}
    from qmsr_lint.formats.outline import names_sections, typed_headings

    if names_sections(made):
        return {}
    body = _font_of_the_text([line for line in lines if line is not None], styles)
    found = typed_headings([None if line is None else _line(line, styles, body) for line in lines])
    return {id(lines[at]): level for at, level in found.items()}


def heading_numbers(
    story: Story, styles: StyleSheet, typed: Mapping[int, int], numbering: Callable[[], Numbering]
) -> Mapping[int, str]:
    """The computed numbers of the headings, by the identity of their paragraphs. Lists count outside text boxes."""
    numbered: list[tuple[Paragraph, str]] = []
    of_headings: set[str] = set()
    for item in story.items:
        if isinstance(item, Paragraph) and item.box is None:
            style = styles.of(item.style)
            number = list_of(item, style)
            if number is not None:
                numbered.append((item, number))
                if style.heading or item.outline is not None or id(item) in typed:
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


def _line(paragraph: Paragraph, styles: StyleSheet, body: Font) -> "Line":
    from qmsr_lint.formats.outline import LONGEST, Line

    text, style = paragraph.text, styles.of(paragraph.style)
    if len(text) > LONGEST:
        return Line(text)
    if style.look.caps and not paragraph.calm:
        text = text.upper()
    number = list_of(paragraph, style)
    level = whole(paragraph.level if paragraph.level is not None else style.level, 0)
    fonts = set(_fonts(paragraph, styles))
    look = ",".join(map(str, fonts.pop())) if len(fonts) == 1 and body not in fonts else ""
    return Line(text, look, None if number is None else (number, max(0, level)))


def _font_of_the_text(paragraphs: Iterable[Paragraph], styles: StyleSheet) -> Font:
    """The font of most of the text."""
    letters: Counter[Font] = Counter()
    for paragraph in paragraphs:
        letters[next(_fonts(paragraph, styles), Font())] += len(paragraph.text)
    return max(letters, key=letters.__getitem__, default=Font())


def _fonts(paragraph: Paragraph, styles: StyleSheet) -> Iterator[Font]:
    """The fonts of a paragraph's words; of words in two looks, as the number and the name of a heading, both."""
    font = styles.of(paragraph.style).font
    for element, text, _ in paragraph.pieces:
        if text.strip():
            run = element.getparent()
            properties = None if run is None else run.find(f"{W}rPr")
            if properties is None:
                yield font
                continue
            style = properties.find(f"{W}rStyle")
            own = font if style is None else _over(font, styles.of(style.get(f"{W}val")).font)
            yield own.with_properties(properties)


def _over(font: Font, style: Font) -> Font:
    """The font of a paragraph's style with a character style on it."""
    return Font(
        font.bold or style.bold,
        font.italic or style.italic,
        font.underlined or style.underlined,
        style.size or font.size,
        style.colour or font.colour,
    )
