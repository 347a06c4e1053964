"""Makes a token for the API."""

from argparse import ArgumentParser

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from cms.tokens.access import create


class Command(BaseCommand):
    help = "Make an API token for a user and print it, once; it sees what the user may see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="user name of the owner")
        parser.add_argument("--name", default="command line", help="what the token is for")

    def handle(self, *, user: str, name: str, **options) -> None:
        owner = get_user_model().objects.filter(username=user, is_active=True).first()
        if owner is None:
            raise CommandError(f"There is no active user “{user}”; no token was made.")
        self.stdout.write(create(owner, name))
        self.stderr.write("Keep it safe: it is shown this once.")
