"""Tabs of the browser that tests use one after the other, each as if it were new: a process for each takes longer than most tests."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

# What cannot be undone, or is so rare that it is not worth it: a tab to which it was done is not used again.
LASTING = {
    "page": ["add_init_script", "add_locator_handler", "expose_binding", "expose_function", "on_web_socket", "route", "route_web_socket",
             "set_default_navigation_timeout", "set_default_timeout", "set_extra_http_headers"],
    "context": ["add_cookies", "add_init_script", "clear_permissions", "expose_binding", "expose_function", "grant_permissions", "new_cdp_session",
                "on", "once", "route", "route_web_socket", "set_default_navigation_timeout", "set_default_timeout", "set_extra_http_headers",
                "set_geolocation", "set_offline"],
    "clock": ["install", "pause_at", "set_fixed_time", "set_system_time"],
    "keyboard": ["down"],
    "mouse": ["down"],
}
# How a page looks where its context does not say otherwise.
LOOK = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference", "contrast": "no-preference"}


class Tab:
    """A page in a context with these options, with a script of each document. Whoever has used it calls `renew`; where `spent`, it is not to be used again."""

    def __init__(self, browser: Browser, script: str, options: dict[str, Any]) -> None:
        self.context = browser.new_context(**options)
        if script:
            self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.attach = self.context.new_cdp_session
        self.size = self.page.viewport_size
        self.look = {name: options.get(name, usual) for name, usual in LOOK.items()}
        self.spent = False
        self.listeners: list[tuple[str, Callable[..., None]]] = []
        told(self.page, "on", lambda event, listener: self.listeners.append((event, listener)))
        for part, names in LASTING.items():
            thing = {"page": self.page, "context": self.context}.get(part) or getattr(self.page, part)
            for name in names:
                if hasattr(thing, name):
                    told(thing, name, self.spend)

    def spend(self, *_: object, **__: object) -> None:
        self.spent = True

    def renew(self) -> None:
        """Leave nothing of what was done to it."""
        if self.spent or self.page.is_closed():
            self.spend()
            self.context.close()
            return
        for other in self.context.pages:
            if other != self.page:
                other.close()
        for event, listener in self.listeners:
            self.page.remove_listener(event, listener)
        self.listeners.clear()
        self.page.goto("about:blank")
        self.page.evaluate("window.name = ''")
        self.page.set_viewport_size(self.size)
        self.page.emulate_media(media="null", **self.look)
        devtools = self.attach(self.page)  # while it is there, a navigation ends the paper that a test asks for
        devtools.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"})
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()


def told(thing: object, name: str, listener: Callable[..., None]) -> None:
    """From now on the listener hears of each call of this method first."""
    do = getattr(thing, name)

    def tell(*given: Any, **named: Any) -> Any:
        listener(*given, **named)
        return do(*given, **named)

    setattr(thing, name, tell)


class Tabs:
    """The tabs of a browser that are free, by what they are made with."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[str, list[Tab]] = defaultdict(list)

    @contextmanager
    def lend(self, script: str = "", **options: Any) -> Iterator[Page]:
        """A page as new, of a context with these options; the script runs in each document before its own."""
        free = self.free[repr((script, sorted(options.items())))]
        tab = free.pop() if free else Tab(self.browser, script, options)
        try:
            yield tab.page
        finally:
            tab.renew()
        if not tab.spent:
            free.append(tab)
