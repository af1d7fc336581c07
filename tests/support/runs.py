"""What a reader does on the page of a run, as a reader finds it."""

from playwright.sync_api import Locator, Page
from support.sites import Server

NAMES = "#active=north&standby=south&standby=east&standby=west&first=south"
COUNT = ".runbook [data-part=count]"
NOW = ".runbook [data-part=now]"
ITEM = "[data-item]:visible"


# Before a document: what is looked at are attributes, and painting takes two thirds of the time.
UNPAINTED = """{
    const style = new CSSStyleSheet();
    style.replaceSync("article { content-visibility: hidden; }");
    document.adoptedStyleSheets = [style];
}"""


def open_unpainted(page: Page, run: Server, name: str = "run") -> Page:
    page.goto(f"{run.url}/{name}/")
    return begun(page)


def begun(page: Page) -> Page:
    """The page once its run has begun, painted or not."""
    page.locator(".runbook.is-live").wait_for(state="attached")
    return page


def open_run(page: Page, run: Server, fragment: str = "", answer: str = "", name: str = "run") -> Page:
    page.goto(f"{run.url}/{name}/{fragment}")
    page.locator(".runbook.is-live").wait_for()
    if answer:
        page.get_by_role("button", name=answer, exact=True).click()
    return page


def item(page: Page, words: str) -> Locator:
    """The first step, stop, check or warning with these words."""
    return page.locator(ITEM, has_text=words).first


def box(page: Page, words: str) -> Locator:
    return item(page, words).get_by_role("checkbox")


def tick(page: Page, words: str) -> None:
    box(page, words).check()


def ticked(page: Page) -> list[str]:
    """The bold beginnings of the steps that are ticked."""
    return page.eval_on_selector_all(
        "[data-step]:has(.step-tick:checked)", "all => all.filter((one) => !one.hidden).map((one) => one.querySelector('strong').textContent)"
    )


SHEET = "dialog[open]"


def sheet(page: Page, name: str) -> Locator:
    """Open a sheet from the menu."""
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator(SHEET).get_by_role("button", name=name, exact=True).click()
    return page.locator(SHEET)


def close(page: Page) -> None:
    page.locator(SHEET).get_by_role("button", name="Close", exact=True).click()


def accept(page: Page, words: str, initials: str = "AB") -> None:
    box(page, words).click()
    page.get_by_label("Your initials", exact=True).fill(initials)
    page.get_by_role("button", name="Accept", exact=True).click()


def use_names(page: Page, active: str, standby: list[str]) -> None:
    names = sheet(page, "Names")
    names.get_by_label("name or address").fill(active)
    names.get_by_label("Standby Servers, one per line").fill("\n".join(standby))
    choice = names.get_by_label("Which one is the")
    if choice.count() and not choice.input_value() and choice.locator("option").count() > 1:
        choice.select_option(index=1)
    names.get_by_role("button", name="Use these names").click()


def clear_names(page: Page) -> None:
    sheet(page, "Names").get_by_role("button", name="Clear the names").click()
