"""The tables of models.py."""
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first, and only."""

    initial = True
    dependencies = [("sites", "0002_alter_domain_unique")]
    operations = [
        migrations.CreateModel("SiteTheme", [
            ("id", models.AutoField(primary_key=True)),
            ("theme_dir_name", models.CharField(max_length=255)),
            ("site", models.ForeignKey(related_name="themes", on_delete=models.CASCADE, to="sites.site")),
        ]),
        migrations.CreateModel("Asked", [
            ("id", models.AutoField(primary_key=True)),
            ("words", models.CharField(max_length=255, unique=True)),
            ("runs", models.IntegerField(default=0)),
        ]),
        migrations.CreateModel("Done", [
            ("id", models.AutoField(primary_key=True)),
            ("key", models.CharField(max_length=255)),
            ("worker", models.CharField(max_length=255)),
        ]),
    ]
