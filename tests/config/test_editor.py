"""Which command the editor is, the file that it gets, and what of the file is the text."""

import os
import resource
import shlex
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.config.editor import EditFile, Editor, EditorError


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory for temporary files, empty."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.mark.parametrize(
    ("environ", "command"),
    [
        ({}, "vi"),
        ({"EDITOR": "ed"}, "ed"),
        ({"VISUAL": "code -w", "EDITOR": "ed"}, "code -w"),
        ({"VISUAL": "", "EDITOR": "ed"}, "ed"),
        ({"VISUAL": "  ", "EDITOR": "\t"}, "vi"),
        ({"EDITOR": " ed -s\n"}, "ed -s"),
    ],
)
def test_visual_comes_before_editor_and_blank_ones_count_as_none(environ: dict[str, str], command: str) -> None:
    assert Editor.of(environ).command == command


@pytest.mark.parametrize(
    ("home", "command"),
    [
        *(("home", command) for command in (
            "{ed}", "{ed} -w", "'{ed}' -w", '"{ed}" "two words"', "X=1 {ed}", "X='a b' {ed} -w", "~/ed", "~/ed -w",
            "$HOME/ed", '"$HOME/ed" -w', "true; {ed}", "env X=1 {ed}", "exec {ed}", "command {ed} -w", "$(echo {ed})",
        )),
        *(("a home", command) for command in ("{ed}", "'{ed}' -w", '"{ed}"', "~/ed -w", '"$HOME"/ed', "X=1 '{ed}'")),
    ],
)  # fmt: skip
def test_a_command_means_what_it_means_to_the_shell(tmp_path: Path, home: str, command: str) -> None:
    """Each is really run; the program writes down which file it was given."""
    program, seen, path = tmp_path / home / "ed", tmp_path / "seen", tmp_path / "a file.md"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nfor last; do :; done\necho "$last" >{shlex.quote(str(seen))}\n')
    program.chmod(0o755)
    editor = Editor.of({"EDITOR": command.format(ed=program)})
    subprocess.run(editor.argv(path), check=True, env={**os.environ, "HOME": str(program.parent)})
    assert seen.read_text().strip() == str(path)


@pytest.mark.parametrize("command", ['vi "oops', "vi 'oops", "vi \\", '"', "''"])
def test_a_command_that_means_nothing_is_refused_in_one_sentence(command: str) -> None:
    with pytest.raises(EditorError, match=r"^Could not start EDITOR=.*\.$"):
        Editor.of({"EDITOR": command}).argv(Path("x"))


def test_what_an_exit_code_means() -> None:
    editor = Editor.of({"EDITOR": "ed"})
    assert editor.trouble(0) == ""
    assert editor.trouble(3) == "EDITOR=ed ended with code 3."
    assert editor.trouble(-9) == "EDITOR=ed was ended by signal 9."
    assert editor.trouble(127) == "Could not start EDITOR=ed: no such program."
    assert Editor.of({}).trouble(127) == "Could not start vi: no such program. Set EDITOR."


def test_the_file_is_private_in_a_folder_of_its_own_that_goes_with_all_that_is_in_it(own_folder: Path) -> None:
    before = os.umask(0)
    try:
        file = EditFile("reply-to-Ada Löve/../lace\x1b[2J", "Hello")
    finally:
        os.umask(before)
    assert file.path.parent == file.folder
    assert file.folder.parent == own_folder
    assert stat.S_IMODE(file.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.path.name == "reply-to-Ada-Löve-lace-2J.md"
    for name in (".reply.swp", "reply.md~", "#reply.md#"):
        (file.folder / name).write_text("the customer's words")
    (file.folder / "backup").mkdir()
    (file.folder / "backup" / "one").write_text("more of them")
    file.remove()
    assert list(own_folder.iterdir()) == []


def test_what_a_crash_left_long_ago_is_removed(own_folder: Path) -> None:
    old, new = EditFile("one", "x"), EditFile("two", "y")
    os.utime(old.folder, (1, 1))
    strange = own_folder / "intercom-tui-edit-link"
    strange.symlink_to("/")
    EditFile("three", "z")
    assert not old.folder.exists()
    assert new.folder.exists()
    assert strange.is_symlink()


def test_where_the_disk_is_full_no_folder_is_left(own_folder: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            EditFile("reply", "x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert list(own_folder.iterdir()) == []


QUOTE = "Where is my parcel?\n\nIt was due > 3 days ago.\n# urgent"


def offered(text: str = "Hello") -> EditFile:
    return EditFile("reply", text, quote=QUOTE, quoted_from="Ada Lovelace")


def test_the_customers_words_stand_below_the_scissors_and_are_never_text() -> None:
    file = offered()
    whole = file.path.read_text()
    assert whole.startswith("Hello\n\n# ---")
    assert "# Ada Lovelace wrote:\n> Where is my parcel?\n>\n> It was due > 3 days ago.\n> # urgent\n" in whole
    assert file.unchanged()
    assert file.read() == ("Hello", "", "")


@given(st.text(alphabet=st.sampled_from("ab >#-8\n<"), max_size=40), st.text(alphabet="xy >#-8\n", max_size=40))
def test_whatever_is_written_above_the_line_is_the_text_and_nothing_below_it_ever_is(above: str, quote: str) -> None:
    file = EditFile("reply", "", quote=quote, quoted_from="Ada")
    whole = file.path.read_text()
    file.path.write_text(above + "\n" + whole)
    text = file.read().text
    assert text in above
    file.remove()


def test_a_line_that_is_indented_or_wrapped_again_still_cuts() -> None:
    file = offered()
    for line in ("   # ------------------------ >8 ------------------------  ", "----- >8 -----", "# --- 8< ---"):
        file.path.write_text(f"New words\n{line}\nanything at all\n")
        assert file.read().text == "New words"


def test_without_the_line_the_quote_is_left_out_and_the_persons_words_stay() -> None:
    file = offered("")
    lines = file.path.read_text().split("\n")
    kept = [line for line in lines if ">8" not in line]
    at = kept.index("> Where is my parcel?")
    file.path.write_text("\n".join(["Above", *kept[: at + 1], "On its way!", *kept[at + 1 :], "Below"]))
    written = file.read()
    assert [line for line in written.text.split("\n") if line] == ["Above", "On its way!", "Below"]
    assert "scissors" in written.remark


def test_words_below_the_line_are_no_text_and_are_said_to_be_left_out() -> None:
    file = offered()
    file.path.write_text(file.path.read_text() + "\nMy answer below\n")
    assert file.read().text == "Hello"
    assert file.read().left_out


def test_a_draft_with_scissors_of_its_own_gets_no_quote() -> None:
    text = "Cut here:\n# --- >8 ---\nand send the rest"
    file = EditFile("reply", text, quote=QUOTE, quoted_from="Ada")
    assert file.read().text == text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfHi\r\nthere\r\n", "Hi\nthere"),
        ("Grüße".encode("utf-16"), "Grüße"),
        (b"caf\xe9", "caf\ufffd"),
        (b"  indented\n\nend  \n\n", "  indented\n\nend  "),
        (b"\x1b[31mred", "[31mred"),
        (b"", ""),
    ],
)
def test_what_editors_leave(data: bytes, text: str) -> None:
    file = EditFile("reply", "was")
    file.path.write_bytes(data)
    assert file.read().text == text
    assert not file.unchanged()


def test_a_file_that_is_none_any_more_is_an_error_and_nothing_waits() -> None:
    file = EditFile("reply", "was")
    file.path.unlink()
    with pytest.raises(OSError, match="No such file"):
        file.read()
    assert file.unchanged()
    os.mkfifo(file.path)
    with pytest.raises(OSError, match="not a file any more"):
        file.read()
    file.path.unlink()
    file.path.mkdir()
    with pytest.raises(OSError):  # noqa: PT011 - Is a directory, or as above
        file.read()


def test_a_save_is_noticed_once_also_one_that_renames() -> None:
    file = EditFile("reply", "was")
    assert not file.moved()
    other = file.folder / "new"
    other.write_text("was")
    other.rename(file.path)
    assert file.moved()
    assert not file.moved()
