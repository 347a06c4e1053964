"""The one search service from the shell."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.conf import settings
from django.core.management import BaseCommand
from django.utils import translation

from content.audience import Audience
from search.lookup.query import MOST, Query
from search.lookup.results import Hit, Results
from search.lookup.service import search


class Command(BaseCommand):
    help = "Search as a reader of one audience would, with the same service."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query")
        parser.add_argument(
            "--locale", default=settings.LANGUAGE_CODE, choices=[c for c, _ in settings.LANGUAGES]
        )
        parser.add_argument("--audience", default=Audience.PUBLIC, choices=Audience.values)
        parser.add_argument("--limit", type=int, default=10, help=f"at most {MOST}")
        parser.add_argument("--explain", action="store_true", help="show tokens, steps and scores")
        parser.add_argument("--json", action="store_true", help="print JSON and nothing else")

    def handle(self, *, locale: str, audience: str, limit: int, explain: bool, **options) -> None:
        query = Query(
            text=options["query"],
            audience=Audience(audience),
            locale=locale,
            limit=limit,
            channel="test",
            explain=explain,
            facets=True,
            unhurried=True,
        )
        with translation.override(locale):
            results = search(query)
            self.show_json(results) if options["json"] else self.show(results)

    def show_json(self, results: Results) -> None:
        plain = asdict(results)
        plain["query"].pop("journey")
        self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1, default=str))

    def show(self, results: Results) -> None:
        state = "answered" if results.answered else "not answered"
        self.stdout.write(f"{results.total} hits, {state}, {results.took_ms:.1f} ms")
        if results.rescue:
            self.stdout.write(f"rescue: {results.rescue} {results.did_you_mean}".rstrip())
        for rank, hit in enumerate(results.hits, 1):
            self.show_hit(f"{rank:>2}", hit)
        if results.perhaps:
            self.stdout.write("Perhaps one of these:")
        for hit in results.perhaps:
            self.show_hit(" ·", hit)
        if results.explanation:
            self.stdout.write(json.dumps(results.explanation, ensure_ascii=False, indent=1))

    def show_hit(self, rank: str, hit: Hit) -> None:
        exact = " exact" if hit.exact else ""
        self.stdout.write(
            f"{rank}  {hit.title}  [{hit.id} {hit.locale} {hit.kind}{exact}"
            f" score {hit.score:.2f} coverage {hit.coverage:.2f}]"
        )
        if hit.url:
            self.stdout.write(f"    {hit.url}")
        if hit.passage:
            self.stdout.write(f"    {hit.passage.text}")
