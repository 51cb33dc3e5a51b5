"""Sphinx configuration: Markdown pages, one clean theme, nothing fetched from the network."""

import posolog

project = "posolog"
author = "The posolog authors"
copyright = "The posolog authors, Apache-2.0"
version = release = posolog.__version__

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_build"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"posolog {posolog.__version__}"
html_copy_source = False
html_show_sphinx = False
