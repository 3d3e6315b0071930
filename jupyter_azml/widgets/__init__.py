"""Views in a notebook's output (anywidget). Imported when one is shown: anywidget alone takes 0.2 s."""
