"""The hooks that a generator calls, each in the adapter of its generator.

An adapter is imported when a hook is called: importing `macros` needs no package, for the commands
of `python3 -m macros` begin with none.
"""

from typing import Any


def define_env(env: Any) -> None:
    """Read all that is written, check it and register the macros."""
    # The one place that asks which generator it is.
    if type(env).__module__.startswith("zensical."):
        from macros.plugin import zensical as adapter
    else:
        from macros.plugin import mkdocs as adapter
    adapter.define_env(env)


def on_pre_page_macros(env: Any) -> None:
    """In the preview, show the mistakes of the page at hand."""
    from macros.plugin import mkdocs

    mkdocs.on_pre_page_macros(env)


def on_post_page_macros(env: Any) -> None:
    """End the page at hand with its date."""
    from macros.plugin import mkdocs

    mkdocs.on_post_page_macros(env)


def on_post_build(env: Any) -> None:
    """Write what is published beside the pages."""
    from macros.plugin import mkdocs

    mkdocs.on_post_build(env)
