"""How the site looks: templates, styles, scripts and icons. No Python but the theme loader."""
