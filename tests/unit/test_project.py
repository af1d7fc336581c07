"""The front door, .ci/project.py: an installation is whole or it does not count, and each refusal says why."""

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from support.published import git, make_repository
from support.sites import ROOT

from macros.publish.dates import last_changes

PROGRAM = ROOT / ".ci" / "project.py"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program, for an empty project in a folder of its own, with every command a success that does nothing."""
    spec = importlib.util.spec_from_file_location("project", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements.txt").write_text("a==1\n")
    ran: list[str] = []

    def run(command: list) -> int:
        ran.append(" ".join(map(str, command[1:4])))
        if "venv" in command:
            (tmp_path / ".venv").mkdir(exist_ok=True)
        return 0

    for name, value in {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "run": run, "ran": ran}.items():
        monkeypatch.setattr(module, name, value, raising=False)
    return module


def test_packages_are_installed_once(project: ModuleType) -> None:
    project.install_packages()
    assert [one.split()[1] for one in project.ran] == ["venv", "pip"]
    project.install_packages()
    assert len(project.ran) == 2


@pytest.mark.parametrize("change", ["packages", "version", "place"])
def test_other_packages_or_another_python_are_installed_anew(change: str, project: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    project.install_packages()
    if change == "packages":
        (project.ROOT / "requirements.txt").write_text("a==2\n")
    elif change == "version":
        monkeypatch.setattr(project.sys, "version", "3.99.0 (main)")
    else:
        monkeypatch.setattr(project, "BASE", shutil.which("true"))
    project.install_packages()
    assert len(project.ran) == 4 and "--clear" in project.ran[2]


@pytest.mark.parametrize("ends", [KeyboardInterrupt, SystemExit, "failure"])
def test_an_interrupted_installation_does_not_count(ends, project: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    project.install_packages()
    (project.ROOT / "requirements.txt").write_text("a==2\n")
    whole = project.run

    def interrupted(command: list) -> int:
        if "pip" not in command:
            return whole(command)
        if ends == "failure":
            return 1
        raise ends

    monkeypatch.setattr(project, "run", interrupted)
    with pytest.raises((KeyboardInterrupt, SystemExit)):
        project.install_packages()
    # The packages wanted before are no longer there either.
    (project.ROOT / "requirements.txt").write_text("a==1\n")
    monkeypatch.setattr(project, "run", whole)
    project.ran.clear()
    project.install_packages()
    assert len(project.ran) == 2


def test_a_folder_that_cannot_be_written_is_named(project: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                   capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(SystemExit) as ended:
        project.install_packages()
    assert ended.value.code == 1 and not project.ran
    said = capsys.readouterr().err
    assert f"The folder {project.ROOT} cannot be written" in said and "venv module" not in said


def test_the_packages_of_another_folder_are_left_alone(project: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    other = tmp_path / "other"
    other.mkdir()
    project.VENV.symlink_to(other)
    with pytest.raises(SystemExit):
        project.install_packages()
    assert not project.ran and "is a link" in capsys.readouterr().err


def test_ctrl_c_ends_with_130(tmp_path: Path) -> None:
    """The command that is interrupted ends well itself, as the preview does."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(PROGRAM, tmp_path / ".ci")
    (tmp_path / "wait.py").write_text(
        "import signal, sys, time\nsignal.signal(signal.SIGINT, lambda *_: sys.exit(0))\nprint('ready', flush=True)\ntime.sleep(60)\n")
    code = ("import runpy, sys; sys.argv = ['project.py', 'serve']; import subprocess\n"
            f"module = runpy.run_path({str(tmp_path / '.ci' / 'project.py')!r}, run_name='project')\n"
            "space = module['main'].__globals__\n"
            "space['install_packages'] = lambda: space['run']([sys.executable, 'wait.py'])\n"
            "space['start']()\n")
    process = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, start_new_session=True)
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in said


def test_an_older_python_is_refused_with_its_version(project: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                      capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(project.sys, "version_info", (3, 11, 1, "final", 0))
    assert project.main(["check"]) == 1
    assert "Python 3.11.2 or later (this is 3.11.1)" in capsys.readouterr().err


def test_the_packages_are_locked_by_the_oldest_python_alone(project: ModuleType, monkeypatch: pytest.MonkeyPatch,
                                                             capsys: pytest.CaptureFixture) -> None:
    monkeypatch.setattr(project.sys, "version_info", (3, 11, 7, "final", 0))
    assert project.main(["lock"]) == 1
    assert "Python 3.11.2, the oldest" in capsys.readouterr().err and not project.ran


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


def test_a_clone_of_another_user_is_named(tmp_path: Path) -> None:
    project = make_repository(tmp_path / "pro ject")
    # As git itself tests it, for only root can give files away.
    done = subprocess.run([sys.executable, ".ci/publish", "build"], cwd=project, capture_output=True, text=True, env={
        **{name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"},
        "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "de_DE.UTF-8",
    })
    assert done.returncode == 1
    assert "belongs to another user" in done.stderr and f"safe.directory '{project}'" in done.stderr
    assert "no commit here" not in done.stderr
