"""One set of texts and file names that do harm where they arrive as they are, and results made of each of them."""

from builders import HOSTILE, finding, unreadable, word

from qmsr_lint.model import DocumentResult, Identity, Place, Suppression

TEXTS = [
    *HOSTILE,
    # HTML and scripts
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "<!--<script>",
    "]]><svg onload=alert(1)>",
    '"><a href="javascript:alert(1)">x</a>',
    "' onmouseover='alert(1)",
    "{{ 7 * 7 }}{% raw %}${7*7}",
    "&lt;b&gt; &amp;",
    # Markdown
    "a | b | c",
    "`code` ``more`` ```",
    "```\n# heading\n```",
    "![x](https://example.org/x.png)",
    "[x](javascript:alert(1))",
    "@everyone #1 GH-1",
    "<img src=https://example.org/x.png>",
    "~~~\n<details>",
    "\\`\\|\\",
    # spreadsheets
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    " =1+1",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    '=HYPERLINK("https://example.org","x")',
    '"; =1+1; "',
    "https://example.org/",
    "mailto:x@example.org",
    "internal:Findings!A1",
    "file:///etc/passwd",
    "{=1+1}",
    # XML, encodings, control
    "\x00\x01\x0b\x1f",
    "\ufffe\uffff",
    "\ud83d\ude00\udc00",
    "a\x85b\x0cc",
    "_x0041_",
    "\u200f\u061cowned\u2069",
    "\U000e0041\U000e0042",
    # paths and sizes
    "../../etc/passwd",
    "C:\\Users\\x",
    "a;b]c%d",
    "%2e%2e/%00",
    "x" * 40_000,
    "",
    " ",
]
"""Every text goes through every output as a file name, a term, a sentence, a message, a section and a reason."""


def results(text: str) -> tuple[DocumentResult, ...]:
    """A Markdown document, a Word document and one that was not read, which say nothing but `text`."""
    hostile = finding(
        rule="cite-removed",
        text=text,
        message=text,
        replacement=text or None,
        alternatives=(text,),
        basis=text,
        excerpt=f"{text}{text}{text}",
        excerpt_start=len(text),
        excerpt_end=2 * len(text),
        place=Place(section=text),
        fingerprint=text,
    )
    silent = hostile._replace(suppressed=Suppression("config", text))
    identity = Identity(text, text, text)
    lines = DocumentResult(f"1{text}", "markdown", "cd" * 32, "checked", None, (hostile, silent), identity)
    return lines._replace(path=text), word(hostile, silent, path=f"{text}.docx"), unreadable(f"{text}.doc", text)
