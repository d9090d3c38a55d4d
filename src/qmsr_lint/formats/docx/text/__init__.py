"""What the text of a Word document is: the one definition that the reader and the redliner share.

`walk` goes through a story (the body, a header, the footnotes …) once, in document order, and fills a `Paragraph` for
each `w:p`. A paragraph's text is its pieces joined; a piece is one element with the characters it shows. `pieces`
gives the same pieces with their offsets. Everything is decided by what encloses an element:

========================================  ==============================================================================
w:t, m:t                                  its characters as typed; w:caps and w:vertAlign are marks of them
w:tab, w:ptab; w:br, w:cr                 "\\t"; "\\n"
w:noBreakHyphen; w:softHyphen             U+2011; U+00AD
w:sym                                     the character it names; of a font that holds no letters, a private one
wp:inline, w:object                       U+FFFC behind a letter, if more follows: a picture in the line ends words
m:t                                       a blank before it where letters would touch those of another place of the
                                          formula: the two halves of a fraction
w:ins, w:moveTo, w14:conflictIns          shown, with their author
w:del, w:moveFrom, deleted rows, cells    not shown; a paragraph whose mark is deleted runs on into the next, so does
                                          one whose mark is hidden (a style separator), and a drop cap
w14:conflictDel                           not shown
field codes, w:delText, w:instrText       not shown; a field's result is, and a MACROBUTTON's words. A field that never
                                          ends hides nothing
mc:AlternateContent                       the first choice that Word knows how to show, else the fallback, of those that
                                          hold anything to read
w:ruby                                    its base text
hidden text (w:vanish)                    not shown, for neither print nor screen shows it, nor are its notes and boxes
w:ddList, w:checkBox of a form field      its chosen entry; U+2612 or U+2610
w:dataBinding of a plain-text control     what the data say as well, apart, where the control says something else
placeholder of an empty content control   shown, for it is printed
white space at the edges of w:t           kept, also without xml:space="preserve": rather a blank too many than a miss
========================================  ==============================================================================

names                           the names of the XML
story                           what a walk gives: blocks, their pieces, and what surrounds these
scope                           how an element changes what holds inside it
walker                          the state of a walk, and where the text of a run goes
paragraphs runs fields marks    what a walk does at each element, by tag
walk                            the walk
"""

from qmsr_lint.formats.docx.text.marks import drawing_text
from qmsr_lint.formats.docx.text.names import W_NS, Element, W, is_on, whole
from qmsr_lint.formats.docx.text.story import (
    UNREMARKABLE,
    Paragraph,
    Piece,
    State,
    Story,
    StyleLook,
    Thing,
    bound,
    locked,
    pieces,
    twin,
    twins,
)
from qmsr_lint.formats.docx.text.walk import walk

__all__ = [
    "UNREMARKABLE",
    "W_NS",
    "Element",
    "Paragraph",
    "Piece",
    "State",
    "Story",
    "StyleLook",
    "Thing",
    "W",
    "bound",
    "drawing_text",
    "is_on",
    "locked",
    "pieces",
    "twin",
    "twins",
    "walk",
    "whole",
]
