"""To come."""


def page() -> None:
    """Nothing yet."""
