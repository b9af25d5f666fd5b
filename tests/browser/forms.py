"""What an editor does on a form of the admin."""

from playwright.sync_api import expect


def choose(window, field, typed, name=None):
    """Choose another object in a search field, by what one types and by the name one sees."""
    window.locator(f"#id_{field} + .select2").click()
    window.locator(".select2-search__field").last.fill(typed)
    window.locator(".select2-results__option", has_text=name or typed).first.click()


def chosen(window, field):
    """Return the name of what is chosen in a search field."""
    return window.locator(f"#id_{field} + .select2 .select2-selection__rendered").get_attribute("title")


def add_row(window, rows):
    """Add a row and wait until it is there; a form that is still moving may have slipped from the mouse."""
    there = window.locator(f"#{rows}-group .dynamic-{rows}")
    wanted = there.count() + 1
    for _try in range(3):
        window.locator(f"#{rows}-group .add-row a").click()
        try:
            expect(there).to_have_count(wanted)
        except AssertionError:
            continue
        return
    expect(there).to_have_count(wanted)


def switch_to(window, code):
    button = window.locator(f".language-bar button[value={code}]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def save(window, button="_save"):
    window.locator(f"input[name={button}]").last.click()
