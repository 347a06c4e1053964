from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("content", "0005_editions")]

    operations = [
        migrations.RemoveField("edition", "number"),
        migrations.AddField(
            "edition",
            "created",
            models.DateTimeField(auto_now_add=True, default=timezone.now),
            preserve_default=False,
        ),
    ]
