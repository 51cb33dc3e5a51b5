"""Every `$ posolog ...` line that the pages show is run, and does what the page says it does.

In a fenced ```console block a command ends with `# exit 2` where it leaves with a status other than 0.
Lines under a command must stand in its output one after another; `...` alone skips any number of lines.
Blank lines do not count. Commands of one block share a folder, which starts with the repository's
`examples/` and `protocols/`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^(?P<indent> *)(?P<fence>`{3,})console *\n(?P<body>.*?)^ *(?P=fence) *$", re.M | re.S)
EXIT = re.compile(r"\s#\s*exit\s+(\d+)\s*$")
SKIP = "..."
SHELL = {"|", ">", ">>", "<", "&&", "||", ";", "&"}


@dataclass(frozen=True, slots=True)
class Example:
    """One command as a page shows it, with those of its block that come before it."""

    place: str
    words: tuple[str, ...]
    status: int
    shown: tuple[str, ...]
    before: tuple["Example", ...] = ()


def prompts(body: str, first_line: int) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Line number, command and shown output of each prompt; a backslash joins a command's lines."""
    current: tuple[int, str, list[str]] | None = None
    lines = iter(enumerate(body.splitlines(), start=first_line))
    for number, line in lines:
        text = line.strip()
        if text.startswith("$ "):
            if current:
                yield current[0], current[1], tuple(current[2])
            while text.endswith("\\"):
                text = text[:-1] + next(lines, (0, ""))[1].strip()
            current = (number, text[2:].strip(), [])
        elif text and current:
            current[2].append(text)
    if current:
        yield current[0], current[1], tuple(current[2])


def examples(text: str, page: str) -> list[Example]:
    """The posolog commands of a page, in order."""
    found: list[Example] = []
    for block in BLOCK.finditer(text):
        before: tuple[Example, ...] = ()
        first_line = text.count("\n", 0, block.start("body")) + 1
        for number, command, shown in prompts(block["body"], first_line):
            if command.split()[0] != "posolog":
                continue
            status = EXIT.search(command)
            words = tuple(shlex.split(EXIT.sub("", command)))
            place = f"{page}:{number}"
            assert not SHELL & set(words), f"{place}: write the command so that it needs no shell: {command}"
            example = Example(place, words, int(status[1]) if status else 0, shown, before)
            before = (*before, example)
            found.append(example)
    return found


def pages() -> list[Path]:
    """README.md and every page under docs/, built ones left out."""
    docs = [page for page in (ROOT / "docs").rglob("*.md") if "_build" not in page.parts]
    return [page for page in (ROOT / "README.md", *sorted(docs)) if page.exists()]


def first_not_shown(shown: Sequence[str], output: str) -> str | None:
    """The first run of shown lines that is not in the output at its place; None where all are."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    at = 0
    for chunk in chunks(shown):
        starts = range(at, len(lines) - len(chunk) + 1)
        start = next((s for s in starts if tuple(lines[s : s + len(chunk)]) == chunk), None)
        if start is None:
            return "\n".join(chunk)
        at = start + len(chunk)
    return None


def chunks(shown: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The shown lines cut at each `...`."""
    chunk: list[str] = []
    for line in (*shown, SKIP):
        if line != SKIP:
            chunk.append(line)
        elif chunk:
            yield tuple(chunk)
            chunk = []


def run(example: Example, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed command as a reader would, with plain 110-column output."""
    program = Path(sysconfig.get_path("scripts"), example.words[0])
    return subprocess.run(
        [str(program), *example.words[1:]],
        cwd=folder,
        env={**os.environ, "COLUMNS": "110", "NO_COLOR": "1", "PYTHONUTF8": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


EXAMPLES = [e for page in pages() for e in examples(page.read_text("utf-8"), str(page.relative_to(ROOT)))]

if EXAMPLES:

    @pytest.mark.parametrize("example", EXAMPLES, ids=[e.place for e in EXAMPLES])
    def test_documented_command_does_what_the_page_says(example: Example, tmp_path: Path) -> None:
        for name in ("examples", "protocols"):
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tmp_path / name)
        for earlier in example.before:
            run(earlier, tmp_path)
        done = run(example, tmp_path)
        command = shlex.join(example.words)
        said = f"{example.place}: {command}\nexit {done.returncode}\n{done.stdout}"
        assert done.returncode == example.status, said
        missing = first_not_shown(example.shown, done.stdout)
        assert missing is None, f"{said}\nnot in the output, or not in this order:\n{missing}"


PAGE = """\
# A page

```console
$ posolog check a.yaml  # exit 1
P001 one
...
3 findings
$ ls
a.yaml
$ posolog plan a.yaml \\
    --patient 'b c.yaml'
```

```sh
$ posolog not-run
```
"""


def test_commands_are_found_with_status_and_output() -> None:
    check, plan = examples(PAGE, "page.md")
    assert (check.place, check.words, check.status) == ("page.md:4", ("posolog", "check", "a.yaml"), 1)
    assert check.shown == ("P001 one", "...", "3 findings")
    assert (plan.words, plan.status) == (("posolog", "plan", "a.yaml", "--patient", "b c.yaml"), 0)
    assert plan.before == (check,)


def test_a_command_that_needs_a_shell_is_refused() -> None:
    with pytest.raises(AssertionError, match=r"page\.md:2: .* needs no shell"):
        examples("```console\n$ posolog plan a.yaml > out.txt\n```\n", "page.md")


@pytest.mark.parametrize(
    ("shown", "missing"),
    [
        ((), None),
        (("one", "two"), None),
        (("two",), None),
        (("one", "...", "three"), None),
        (("one", "three"), "one\nthree"),
        (("two", "...", "one"), "one"),
        (("four",), "four"),
    ],
)
def test_shown_lines_must_stand_in_the_output(shown: tuple[str, ...], missing: str | None) -> None:
    assert first_not_shown(shown, "one\n\n  two\nthree\n") == missing
