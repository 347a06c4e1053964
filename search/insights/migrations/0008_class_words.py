"""The class words that a site begins with."""

from django.db import migrations

from search.insights.questions.class_words import first_words


def fill(apps, schema_editor):
    model = apps.get_model("insights", "ClassWord")
    model.objects.bulk_create(
        [model(kind=kind, words=words, weight=weight) for kind, words, weight in first_words()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("insights", "0007_questions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
