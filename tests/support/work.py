"""What scripts do, as a number that is the same in every run: how busy the machine is does not change it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page
from support.cores import ASSETS, core_of

# Without them, a function that is called often becomes a part of those that call it, and is no longer counted.
AS_WRITTEN = "--js-flags=--no-opt --no-maglev"
# The browser's own search of a list is one step, however long the list is; these take one for each value.
SEARCHES = """
for (const [name, none, found] of [["includes", false, () => true], ["indexOf", -1, (at) => at]])
    Array.prototype[name] = function (value, from = 0) {
        for (let at = from; at < this.length; at++) if (this[at] === value) return found(at);
        return none;
    };
"""


def work_of(page: Page, part: str = "") -> Callable[[], int]:
    """Gives how many steps (blocks of code that were run) there were on the page since it was last asked, not in its workers: of every script loaded
    from now on with this part in its address. The page's browser runs code AS_WRITTEN.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("Profiler.enable")
    devtools.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})

    def steps() -> int:
        scripts = devtools.send("Profiler.takePreciseCoverage")["result"]
        return sum(block["count"] for script in scripts if part in script["url"] for function in script["functions"] for block in function["ranges"])

    return steps


@contextmanager
def counted_core_of(browser: Browser, *scripts: str) -> Iterator[tuple[Page, Callable[[str], int]]]:
    """An empty page with these scripts, and what gives how many steps an expression takes there, which has to give something true."""
    with core_of(browser) as page:
        steps = work_of(page)
        page.evaluate(SEARCHES)
        for script in scripts:
            page.add_script_tag(path=str(ASSETS / script))

        def work(expression: str) -> int:
            steps()
            assert page.evaluate(expression)
            return steps()

        yield page, work
