"""The page that `plumbline app` runs."""

from plumbline.app import main

main()
