"""Plumbline in the browser: `uv run streamlit run app.py`."""

from plumbline.app import main

main()
