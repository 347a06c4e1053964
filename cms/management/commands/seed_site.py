"""Makes a new site usable: languages, front pages and an administrator."""

from django.core.management import BaseCommand

from cms.new_site import lay_ground, make_administrator


class Command(BaseCommand):
    help = "Make what a new site needs: languages, front pages, an administrator. Safe to repeat."

    def handle(self, **options) -> None:
        fronts = lay_ground()
        codes = ", ".join(page.locale.language_code for page in fronts)
        self.stdout.write(f"Front pages: {codes}.")
        made = make_administrator()
        if made:
            name, password = made
            self.stdout.write(f"Administrator: {name} / {password} (shown this once; change it).")
