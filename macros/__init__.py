"""What the macros plugin calls: each hook is in `macros.plugin.hooks`.

They are imported when they are called, so that importing `macros` needs no package: the commands
of `python3 -m macros` begin with none.
"""

from typing import Any


def define_env(env: Any) -> None:
    """Read all that is written, check it and register the macros."""
    from macros.plugin import hooks

    hooks.define_env(env)


def on_pre_page_macros(env: Any) -> None:
    """Show the mistakes of a page in the preview."""
    from macros.plugin import hooks

    hooks.on_pre_page_macros(env)


def on_post_page_macros(env: Any) -> None:
    """End each page with its date."""
    from macros.plugin import hooks

    hooks.on_post_page_macros(env)


def on_post_build(env: Any) -> None:
    """Write what is published beside the pages."""
    from macros.plugin import hooks

    hooks.on_post_build(env)
