"""The front door: an installation is whole or it does not count, and each refusal says why."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from support.published import git, make_small_repository
from support.sites import ROOT

from macros.door import commands, environment
from macros.door import run as running
from macros.door.run import Stop
from macros.publish import nginx
from macros.publish.dates import last_changes

# Runs programs in a folder of its own in place of the project's.
# Programs begun in the background ignore Ctrl+C; here it is not ignored.
BEGIN = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); from macros.door import run; run.ROOT = __import__('pathlib').Path(sys.argv[1]); "


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The programs that an installation runs, each a success that does nothing, for a project in a folder of its own."""
    for name in environment.LOCKS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("a==1\n")
    ran: list[str] = []

    def need(command: list, otherwise: str, **_: str) -> None:
        ran.append(f"{command[2]} {Path(str(command[-1])).relative_to(tmp_path)}")
        if "venv" in command:
            shutil.rmtree(tmp_path / ".venv", ignore_errors=True)
            (tmp_path / ".venv").mkdir()

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "need", need)
    return ran


def test_each_lock_is_installed_once_and_alone(installed: list[str]) -> None:
    environment.install(environment.SITE)
    assert installed == ["venv .venv", "pip requirements.txt"]
    environment.install(environment.SITE, environment.PUBLISH)
    assert installed[2:] == ["pip macros/publish/requirements.txt"]
    environment.install(environment.SITE, environment.PUBLISH)
    assert len(installed) == 3


@pytest.mark.parametrize(("change", "again"), [
    ("packages", ["venv .venv", "pip requirements.txt"]), ("version", ["venv .venv", "pip requirements.txt"]), ("place", ["venv .venv", "pip requirements.txt"]),
])
def test_other_packages_or_another_python_are_installed_anew(
    change: str, again: list[str], installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.install(environment.SITE)
    if change == "packages":
        (environment.ROOT / environment.SITE).write_text("a==2\n")
    elif change == "version":
        monkeypatch.setattr(environment.sys, "version", "3.99.0 (main)")
    else:
        monkeypatch.setattr(environment, "BASE", shutil.which("true"))
    environment.install(environment.SITE)
    assert installed[2:] == again


def test_no_package_of_a_former_lock_is_left(installed: list[str]) -> None:
    environment.install(environment.SITE, environment.PUBLISH)
    dropped = environment.VENV / "dropped"
    dropped.touch()
    (environment.ROOT / environment.PUBLISH).write_text("b==2\n")
    environment.install(environment.SITE)
    assert dropped.exists(), "what changed is not asked for"
    environment.install(environment.SITE, environment.PUBLISH)
    assert not dropped.exists() and installed[-3:] == ["venv .venv", "pip requirements.txt", "pip macros/publish/requirements.txt"]


@pytest.mark.parametrize("ends", [KeyboardInterrupt, SystemExit(143), Stop("no network")])
@pytest.mark.parametrize("at", ["venv", "pip"])
def test_an_interrupted_installation_does_not_count(
    at: str, ends: BaseException, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.install(environment.SITE)
    whole = environment.need
    (environment.ROOT / environment.SITE).write_text("a==2\n")
    if at == "venv":
        monkeypatch.setattr(environment.sys, "version", "3.99.0 (main)")

    def interrupted(command: list, otherwise: str, **more: str) -> None:
        if at in command:
            raise ends
        whole(command, otherwise, **more)

    monkeypatch.setattr(environment, "need", interrupted)
    with pytest.raises(type(ends) if isinstance(ends, BaseException) else ends):
        environment.install(environment.SITE)
    # The packages wanted before are no longer there either.
    (environment.ROOT / environment.SITE).write_text("a==1\n")
    monkeypatch.setattr(environment, "need", whole)
    installed.clear()
    environment.install(environment.SITE)
    assert installed[-1] == "pip requirements.txt"


@pytest.mark.parametrize("lock", list(environment.LOCKS))
def test_after_a_kill_within_pip_nothing_that_it_left_is_kept(
    lock: str, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """pip says of half a package that it is installed: a run that nothing could tidy up after begins anew."""
    environment.install(environment.SITE, environment.PUBLISH)
    whole, half = environment.need, environment.VENV / "half a package"
    (environment.ROOT / lock).write_text("a==2\n")

    def killed(command: list, otherwise: str, **_: str) -> None:
        half.touch()
        raise SystemExit(137)

    monkeypatch.setattr(environment, "need", killed)
    with pytest.raises(SystemExit):
        environment.install(lock)
    monkeypatch.setattr(environment, "need", whole)
    environment.install(lock)
    assert not half.exists() and installed[-2:] == ["venv .venv", f"pip {lock}"]


def test_a_folder_that_cannot_be_written_is_named(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.os, "access", lambda *_: False)
    with pytest.raises(Stop, match=f"The folder {environment.ROOT} cannot be written"):
        environment.install(environment.SITE)
    assert installed == []


@pytest.mark.parametrize("made_by_this_python", [False, True])
def test_packages_of_another_folder_are_left_alone(made_by_this_python: bool, installed: list[str], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    if made_by_this_python:
        (tmp_path / "other" / environment.MADE_BY).write_text(f"{sys.version}\n{environment.BASE}\n")
    environment.VENV.symlink_to(tmp_path / "other")
    with pytest.raises(Stop, match="is a link"):
        environment.install(environment.SITE)
    assert installed == []


def test_the_packages_are_locked_by_the_oldest_python_alone(installed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 99, 0, "final", 0))
    with pytest.raises(Stop, match=r"Run this with Python 3\.11\.2; this is"):
        environment.lock([])
    assert installed == []


def test_one_folder_can_hold_all_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each lock takes the versions of those before it."""
    compiled: list[list[str]] = []
    (tmp_path / ".cache" / "lock").mkdir(parents=True)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment.sys, "version_info", (*environment.OLDEST, "final", 0))
    monkeypatch.setattr(environment, "need", lambda command, *_, **__: compiled.append(command) if "compile" in command else None)
    environment.lock([])
    taken = [[after for word, after in zip(one, one[1:], strict=False) if word == "--constraint"] for one in compiled]
    assert taken == [[], [environment.SITE], [environment.SITE, environment.PUBLISH]]


def test_a_command_says_what_it_does_and_a_wrong_one_what_there_is(capsys: pytest.CaptureFixture) -> None:
    names = ["serve", "check", "test", "renew", "build", "deploy", "nginx", "links", "benchmark", "lock"]
    for words in [["--help"], *([name, "--help"] for name in names)]:
        with pytest.raises(SystemExit) as end:
            commands.main(words)
        said = capsys.readouterr().out
        assert end.value.code == 0 and "python3 -m macros" in said
        assert len(said.split()) > 15, words
    for words in (["sreve"], [], ["renew", "--all"]):
        with pytest.raises(SystemExit) as end:
            commands.main(words)
        assert end.value.code == 2 and "python3 -m macros" in capsys.readouterr().err


def test_a_port_in_use_is_said_with_another_one(capsys: pytest.CaptureFixture) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert commands.main(["serve", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert f"Port {port} is in use" in said and f"--port {port + 1}" in said


def test_the_links_are_those_of_a_build_that_leaves_the_built_site_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages that are followed stand in the folder of this build, which is there while they are and no longer."""
    ran: list[list[str]] = []

    def follow(command: list) -> int:
        assert Path(command[-1]).parent.is_dir()
        ran.append(command)
        return 0

    monkeypatch.setattr(commands, "install", lambda *_: None)
    monkeypatch.setattr(commands, "need", lambda command, _: ran.append(command))
    monkeypatch.setattr(commands, "run", follow)
    assert commands.main(["links"]) == 0
    [build] = [command for command in ran if "mkdocs" in command]
    folder = Path(build[build.index("--site-dir") + 1])
    assert folder.is_absolute() and not folder.is_relative_to(ROOT) and not folder.exists()
    assert ran[-1][-1] == str(folder / "index.html")


@pytest.mark.parametrize("unfit", ["$", '"', "\\"])
def test_a_path_that_nginx_reads_as_another_is_refused_by_name(unfit: str, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    for name in ("the site's; {#1}", f"a{unfit}n"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").touch()
    assert nginx.main([str(tmp_path / "the site's; {#1}")]) == 0
    assert f'root "{tmp_path}/the site\'s; {{#1}}";' in capsys.readouterr().out
    assert nginx.main([str(tmp_path / f"a{unfit}n")]) == 1
    out, said = capsys.readouterr()
    assert not out and f"{tmp_path}/a{unfit}n: it reads the {unfit} in it" in said and "Put the site into a folder without it." in said


@pytest.mark.parametrize("wrong", ["0", "65536", "80x", "-1"])
def test_what_is_no_port_is_said_in_one_line(wrong: str, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as end:
        commands.parser().parse_args(["serve", f"--port={wrong}"])
    assert end.value.code == 2 and f"{wrong} is no port: write a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_for_root_is_not_called_in_use(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "bind", refuse)
    assert commands.main(["serve", "--port", "80"]) == 1
    said = capsys.readouterr().err
    assert "for root alone" in said and "in use" not in said


WAIT = """import os, signal, sys, time
from pathlib import Path
signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
if sys.argv[1:]:
    Path("writing").write_text(str(os.getpid()))
    Path("writing").rename("beside")
else:
    while not Path("beside").exists(): pass
    print(os.getpid(), Path("beside").read_text(), flush=True)
time.sleep(60)
"""


@pytest.mark.slow
@pytest.mark.parametrize(("signals", "to", "code"), [
    (signal.SIGINT, "all", 130), (signal.SIGINT, "the door", 130), (signal.SIGTERM, "the door", 143),
])
def test_what_ends_a_command_ends_its_programs(signals: signal.Signals, to: str, code: int, tmp_path: Path) -> None:
    """Ctrl+C reaches all, a service manager the door alone; no server is left behind."""
    (tmp_path / "wait.py").write_text(WAIT)
    source = BEGIN + "run.PATIENCE = 0.2; sys.exit(run.run([sys.executable, 'wait.py'], [sys.executable, 'wait.py', 'beside']))"
    door = subprocess.Popen([sys.executable, "-c", source, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            text=True, start_new_session=True)
    programs = [int(word) for word in door.stdout.readline().split()]
    os.killpg(door.pid, signals) if to == "all" else os.kill(door.pid, signals)
    _, said = door.communicate(timeout=60)
    assert door.returncode == code and "Traceback" not in said
    assert len(programs) == 2
    for program in programs:
        with pytest.raises(ProcessLookupError):
            os.kill(program, 0)


EARLY = """import os, subprocess
run.PATIENCE = 0.2
whole = subprocess.Popen
def early(*given, **more):
    program = whole(*given, **more)
    os.kill(os.getpid(), signal.{signal})
    return program
subprocess.Popen = early
sys.exit(run.run([sys.executable, 'wait.py'], [sys.executable, 'wait.py']))
"""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGINT", 130)])
def test_what_ends_a_command_as_it_begins_ends_its_program(name: str, code: int, tmp_path: Path) -> None:
    """The signal comes as soon as there is a program, before the door knows of it."""
    (tmp_path / "wait.py").write_text("import os, signal; signal.pause()")
    door = subprocess.Popen([sys.executable, "-c", BEGIN + EARLY.replace("{signal}", name), tmp_path], cwd=ROOT,
                            stdout=subprocess.PIPE, start_new_session=True)
    try:
        # The program has the same output: it is at its end when both have ended.
        door.communicate(timeout=60)
        assert door.returncode == code
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(door.pid, signal.SIGKILL)


def test_the_code_of_a_program_is_passed_on(tmp_path: Path) -> None:
    assert running.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    with pytest.raises(Stop, match="in vain"):
        running.need([sys.executable, "-c", "raise SystemExit(1)"], "It was in vain.")


AFTER = """import sys
from pathlib import Path
while not Path(sys.argv[1]).exists(): pass
"""


def test_what_programs_say_side_by_side_is_shown_in_their_order(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    there = tmp_path / "there"
    first = [sys.executable, "-c", AFTER + "print('first')", there]
    other = [sys.executable, "-c", f"print('other'); open({str(there)!r}, 'w'); raise SystemExit(4)"]
    assert running.run(first, other) == 4
    assert capfd.readouterr().out.split() == ["first", "other"]


def test_a_program_that_fails_ends_those_after_it(tmp_path: Path, capfd: pytest.CaptureFixture) -> None:
    there = tmp_path / "there"
    first = [sys.executable, "-c", AFTER + "raise SystemExit(3)", there]
    # The file is there only when it is whole.
    written = f"open({str(tmp_path / 'part')!r}, 'w') as part: part.write(str(os.getpid()))\nos.rename({str(tmp_path / 'part')!r}, {str(there)!r})"
    other = [sys.executable, "-c", f"import os, signal; print('other', flush=True)\nwith {written}; signal.pause()"]
    assert running.run(first, other) == 3
    assert capfd.readouterr().out == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(there.read_text()), 0)


def test_the_door_needs_no_package() -> None:
    """An interpreter without site-packages can say what there is; importing `macros` needs none either."""
    for source in (["-m", "macros", "--help"], ["-c", "import macros; print(macros.define_env)"]):
        done = subprocess.run([sys.executable, "-S", *source], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0 and done.stdout, done.stderr


# ---- What git knows ----------------------------------------------------------------------------


def test_a_shallow_clone_dates_no_page(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    (whole / "docs").mkdir(parents=True)
    git(whole, "init", "--quiet", "--initial-branch=main")
    for name in ("a", "b", "c"):
        (whole / "docs" / f"{name}.md").write_text(f"# {name}\n")
        git(whole, "add", "--all")
        git(whole, "commit", "--quiet", f"--message={name}")
    assert last_changes(whole / "docs") == dict.fromkeys(["a.md", "b.md", "c.md"], "2026-03-04")
    for depth in ("1", "2"):
        git(tmp_path, "clone", "--quiet", f"--depth={depth}", whole.as_uri(), depth)
        assert last_changes(tmp_path / depth / "docs") == {}
    assert last_changes(tmp_path) == {}


@pytest.mark.slow
def test_a_clone_of_another_user_is_named(tmp_path: Path) -> None:
    project = make_small_repository(tmp_path / "pro ject")
    # As git itself tests it, for only root can give files away.
    done = subprocess.run([sys.executable, "-m", "macros.publish", "build"], cwd=project, capture_output=True, text=True, env={
        **{name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"},
        "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "de_DE.UTF-8",
    })
    assert done.returncode == 1
    assert "belongs to another user" in done.stderr and f"safe.directory '{project}'" in done.stderr
    assert "no commit here" not in done.stderr
