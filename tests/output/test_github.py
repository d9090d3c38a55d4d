import io

from builders import RUN, finding, result, summary, unreadable, word

from qmsr_lint.model import DocumentResult, Position
from qmsr_lint.output import github


def written(*results: DocumentResult) -> list[str]:
    sink = io.StringIO()
    writer = github.open_writer(RUN, sink)
    for each in results:
        writer.document(each)
    writer.finish(summary(*results))
    return sink.getvalue().splitlines()


def test_a_markdown_finding_is_at_its_line() -> None:
    assert written(result(finding(basis="50 %"), path="a,b:c.md")) == [
        "::warning file=a%2Cb%3Ac.md,line=3,endLine=3,col=5,endColumn=8,title=term-dhf::“DHF” → design and development "
        "file%0AThe design history file is now the design and development file.%0ABasis: 50 %25"
    ]


def test_what_has_no_replacement_is_told_once() -> None:
    claim, comment = (finding(text=text, replacement=None, message="It is not so.", basis="b") for text in ("All", ""))
    assert [line.rpartition("::")[2] for line in written(result(claim), result(comment))] == [
        "“All”: It is not so.%0ABasis: b",
        "It is not so.%0ABasis: b",
    ]


def test_a_finding_over_two_lines_has_no_columns() -> None:
    (line,) = written(result(finding(position=Position(3, 70, 4, 5), certainty="possible", severity="note")))
    assert line.startswith("::notice file=sops/a.md,line=3,endLine=4,title=term-dhf (possible)::")


def test_a_word_document_has_one_annotation_of_its_worst_level() -> None:
    (line,) = written(word(finding(), finding(severity="error", text="QSR", replacement="QMSR")))
    assert line == (
        "::error file=sops/b.docx,title=qmsr-lint%3A 2 findings::"
        "5.2 Design transfer; paragraph 14 of the document: “QSR” → QMSR%0A"
        "5.2 Design transfer; paragraph 14 of the document: “DHF” → design and development file"
    )


def test_a_document_that_was_not_judged_is_an_error_and_a_skipped_one_is_not() -> None:
    assert written(unreadable(), result(status="skipped", error="owner file")) == [
        "::error file=sops/c.doc,title=qmsr-lint%3A document unreadable::no"
    ]


def test_the_limit_of_a_level_is_kept_worst_first() -> None:
    errors = [result(finding(severity="error", certainty="likely"), path=f"{n:03}.md") for n in range(500)]
    certain = result(finding(severity="error"), path="certain.md")
    notes = [result(finding(severity="note"), path=f"{n:03}.md") for n in range(10)]
    lines = written(*notes, *errors, certain, unreadable())
    assert [line.split("::")[1].split()[0] for line in lines] == ["error"] * 10 + ["notice"] * 10
    assert [line.split("file=")[1].split(",")[0] for line in lines[:4]] == [
        "sops/c.doc",
        "certain.md",
        "000.md",
        "001.md",
    ]
    assert lines[9] == "::error title=qmsr-lint::and 493 more of this level; the log has them all"


def test_findings_of_word_documents_left_out_are_counted_each() -> None:
    lines = written(*[word(finding(), finding(), path=f"{n}.docx") for n in range(11)])
    assert len(lines) == 10
    assert "and 4 more" in lines[-1]


def test_a_message_within_the_limit_of_the_runner() -> None:
    (line,) = written(word(*[finding()] * 400))
    message = line.rpartition("::")[2].replace("%0A", "\n")
    assert len(message) <= 4096
    shown = message.count("→")
    assert message.endswith(f"and {400 - shown} more lines")
    (line,) = written(result(error="x" * 9000, status="crashed"))
    assert len(line.rpartition("::")[2]) <= 4096
