"""`plumbline models`."""

from __future__ import annotations

from typing import Annotated

import typer

models_app = typer.Typer(help="The pose models on this machine.", no_args_is_help=True)


@models_app.command("list")
def models_list() -> None:
    """Print the pose models and whether they are on this machine."""
    from plumbline.cli._tables import print_models

    print_models()


@models_app.command("fetch")
def models_fetch(name: Annotated[str, typer.Argument(help="lite or heavy.")]) -> None:
    """Download an official model over HTTPS and check its hash."""
    from plumbline.estimation import fetch

    typer.echo(f"ready: {fetch(name)}")


@models_app.command("verify")
def models_verify() -> None:
    """Check the hashes of the pose models on this machine."""
    from plumbline.estimation import verify

    results = verify()
    for name, good, why in results:
        typer.echo(f"{name}: {'ok' if good else 'WRONG'} ({why})")
    if not all(good for _, good, _ in results):
        raise typer.Exit(2)
