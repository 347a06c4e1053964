"""What tests ask of a page that shows the desk."""


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def chosen(page):
    return page.locator("[role=option][aria-selected=true]")


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")
