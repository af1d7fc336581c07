"""What `python3 -m macros` can do: each command with its help."""

import argparse
import socket
import sys
import tempfile

from macros.door.environment import PUBLISH, PYTHON, SITE, TESTS, install, lock
from macros.door.programs import install_browser, install_pdf_libraries, install_programs
from macros.door.run import INTERRUPTED, ROOT, Stop, need, run

ADDRESS = "127.0.0.1"
# Not among the packages: only `links` needs it.
LINK_CHECKER = "LinkChecker==10.6.0"
# The address in `site_url` is not asked: the pages checked are those built here.
OWN_ADDRESS = "^https://ha-management\\.example/"
SETTINGS_ARE_READ = [PYTHON, "-m", "macros.plugin", "settings"]


def main(arguments: list[str]) -> int:
    """Carry out a command; its exit code: 0, 1 for what is wrong, 2 for a wrong call, 130 after Ctrl+C."""
    options, rest = parser().parse_known_args(arguments)
    if rest and not options.passes_on:
        parser().error(f"{options.command} does not know: {' '.join(rest)}")
    try:
        return options.do(options, rest)
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    whole = argparse.ArgumentParser(
        prog="python3 -m macros", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Preview the site, check it, test it or publish it.",
        epilog="Each command installs what it needs into .venv/ beside the README, once.\n"
               "`python3 -m macros COMMAND --help` says more about one.",
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name, do, short, more="", passes_on=""):
        made = commands.add_parser(name, help=short, description=f"{short[0].upper()}{short[1:]}. {more}".strip(),
                                   usage=f"python3 -m macros {name} [options]{' ' + passes_on if passes_on else ''}")
        made.set_defaults(do=do, passes_on=passes_on)
        return made

    made = add("serve", serve, "show the site while you write",
               "The pages follow every edit. A mistake is shown on its page and here. Ctrl+C ends it.", "[options of mkdocs serve]")
    made.add_argument("--port", type=port, default=8000, help="the port on this machine (default: 8000)")
    add("check", check, "run the quick checks, before a commit",
        "Pages, data, words, links and the parts of the machinery that need no browser.", "[words for pytest]")
    add("test", test, "run every check and test, also in a real browser",
        "Takes some minutes. Installs Chromium, nginx and the manual's libraries where it may.", "[words for pytest]")
    made = add("renew", renew, "write the schemas and the route reviews anew", "It names each file that changed: review it.")
    made.add_argument("--publish", action="store_true", help="keep the trees as the version in mkdocs.yml, so that the addresses of today stay checked")
    made = add("build", build, "build all that is published",
               "The site, the offline copy (zip) and the printed manual (PDF). SITE_URL in the environment is its address.")
    made.add_argument("folder", nargs="?", help="where to put the site (default: site/)")
    add("deploy", deploy, "build all and keep it as a version on the branch gh-pages",
        "With --push the branch is pushed.", "[options of mike deploy]")
    made = add("nginx", nginx, "print an nginx configuration for a built site",
               "It names each inline script of the pages by its hash: print it again after each build.")
    made.add_argument("site", help="the folder of the built site")
    made.add_argument("address", nargs="?", default="127.0.0.1:8080", help="where to listen (default: 127.0.0.1:8080)")
    add("links", links, "follow every link, also those out of the site", "Needs the internet.")
    add("benchmark", benchmark, "measure reading and building, try the decision tables, and keep the results in docs/contributing/benchmark.md",
        passes_on="[reading] [building] [tables] [lighthouse] [--runs N] [--pages N …]")
    add("lock", lock_packages, "choose the versions of all packages anew",
        "Writes the three locks from their inputs; with --upgrade to the newest versions.", "[options of pip-compile]")
    return whole


def port(text: str) -> int:
    """The number of a port. Raises argparse's error for anything else."""
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no port: write a number from 1 to 65535")


def serve(options: argparse.Namespace, rest: list[str]) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, options.port))
        except PermissionError:
            raise Stop(f"Port {options.port} is for root alone. Choose one from 1024: "
                       "python3 -m macros serve --port 8000") from None
        except OSError:
            raise Stop(f"Port {options.port} is in use, perhaps by another preview. "
                       f"End that one, or choose another port: python3 -m macros serve --port {options.port + 1}") from None
    install(SITE)
    settings_are_read()
    return run([PYTHON, "-m", "mkdocs", "serve", "--no-strict", "--dev-addr", f"{ADDRESS}:{options.port}", *rest])


def settings_are_read() -> None:
    """Raises Stop where MkDocs could not read its settings."""
    need(SETTINGS_ARE_READ, "Fix what is named above, and run this again.")


def check(_: argparse.Namespace, rest: list[str]) -> int:
    install(SITE)
    colour = ["--color=yes"] if sys.stdout.isatty() else []  # the tests themselves see no terminal
    with tempfile.TemporaryDirectory() as folder:
        code = run(
            SETTINGS_ARE_READ,
            # Every rule for pages and data is part of the build.
            [PYTHON, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
            [PYTHON, "-m", "pytest", "-m", "not slow", *colour, *rest],
        )
    if code == 1:
        raise Stop("Fix what is named above, and run this again.")
    return code


def test(_: argparse.Namespace, rest: list[str]) -> int:
    install(SITE, PUBLISH, TESTS)
    install_browser()
    install_programs({"nginx": "nginx-light"})
    install_pdf_libraries()
    return run([PYTHON, "-m", "pytest", *rest])


def renew(options: argparse.Namespace, rest: list[str]) -> int:
    install(SITE)
    return run([PYTHON, "-m", *(["macros.publish", "keep"] if options.publish else ["macros.content", "renew"])])


def build(options: argparse.Namespace, rest: list[str]) -> int:
    install(SITE, PUBLISH)
    install_pdf_libraries()
    settings_are_read()
    return run([PYTHON, "-m", "macros.publish", "build", *([options.folder] if options.folder else [])])


def deploy(_: argparse.Namespace, rest: list[str]) -> int:
    install(SITE, PUBLISH)
    install_pdf_libraries()
    settings_are_read()
    return run([PYTHON, "-m", "macros.publish", "deploy", *rest])


def nginx(options: argparse.Namespace, rest: list[str]) -> int:
    return run([sys.executable, "-m", "macros.publish.nginx", options.site, options.address])


def links(_: argparse.Namespace, rest: list[str]) -> int:
    install(SITE)
    need([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", LINK_CHECKER],
         f"{LINK_CHECKER} could not be installed; pip says why above.")
    with tempfile.TemporaryDirectory() as folder:
        # As files, so that every link can be followed without a server; beside site/, which may hold the site to publish.
        need([PYTHON, "-m", "mkdocs", "build", "--no-directory-urls", "--site-dir", folder],
             "The site could not be built; the reason is above.")
        return run([PYTHON, "-m", "linkcheck", "--check-extern", "--no-robots", "--ignore-url", OWN_ADDRESS, f"{folder}/index.html"])


def benchmark(_: argparse.Namespace, rest: list[str]) -> int:
    install(SITE, PUBLISH, TESTS)
    install_programs({"chromium": "chromium", "npm": "npm", "nginx": "nginx-light"})
    return run([PYTHON, ROOT / "tests/benchmark", *rest])


def lock_packages(_: argparse.Namespace, rest: list[str]) -> int:
    lock(rest)
    return 0
