"""Stands in for the settings of the platform that ours start from (and Tutor's, in the tests that compare both): what
they change in place, what the platform makes of its YAML file, and what Django needs to run in the lab."""

import os

import yaml


def base(variant):
    """The settings of `lms` or `cms`."""
    with open(os.environ[f"{variant.upper()}_CFG"], encoding="utf-8") as file:
        tokens = yaml.safe_load(file) or {}
    names = start(variant)
    names.update({key: value for key, value in tokens.items() if key not in ("FEATURES", "JWT_AUTH")})
    names.update(tokens.get("FEATURES") or {})
    names["JWT_AUTH"].update(tokens.get("JWT_AUTH") or {})
    names["ENV_TOKENS"] = names["AUTH_TOKENS"] = tokens
    names["BROKER_URL"] = "{}://{}:{}@{}/{}".format(
        *(names.get(f"CELERY_BROKER_{part}", "") for part in ("TRANSPORT", "USER", "PASSWORD", "HOSTNAME", "VHOST")))
    queue = f"edx.{variant}.core.default"
    names["CELERY_QUEUES"] = {
        f"edx.{other}.core.default": {} for other in [variant, *names.get("ALTERNATE_WORKER_QUEUES", "").split()]
    }
    names.setdefault("ACE_ROUTING_KEY", queue)
    # In the release itself a feature is a setting of its own, whichever way it is written.
    names["FEATURES"] = {}
    return names


def start(variant):
    """What the settings of Tutor and ours add to or remove from."""
    store = {"NAME": "split", "DOC_STORE_CONFIG": {}, "OPTIONS": {"fs_root": None}}
    return {
        "MODULESTORE": {"default": {"OPTIONS": {"stores": [store]}}},
        "INSTALLED_APPS": [
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", "django.contrib.sites",
            "waffle", "stand_in", "lms.djangoapps.coursewarehistoryextended"],
        "MIDDLEWARE": ["django.middleware.common.CommonMiddleware"],
        "ROOT_URLCONF": "stand_in.urls",
        "DEFAULT_AUTO_FIELD": "django.db.models.AutoField",
        "USE_TZ": True,
        "DATABASE_ROUTERS": [
            "openedx.core.lib.django_courseware_routers.StudentModuleHistoryExtendedRouter"],
        "VIDEO_IMAGE_SETTINGS": {"STORAGE_KWARGS": {}},
        "VIDEO_TRANSCRIPTS_SETTINGS": {"STORAGE_KWARGS": {}},
        "PROFILE_IMAGE_BACKEND": {"options": {}},
        "LOGGING": {
            "version": 1,
            "disable_existing_loggers": False,
            "handlers": {
                "console": {"class": "logging.StreamHandler"},
                "local": {"class": "logging.StreamHandler"},
            },
            "loggers": {"": {"handlers": ["console", "local"]}, "tracking": {}},
        },
        "JWT_AUTH": {},
        "REGISTRATION_EXTRA_FIELDS": {},
        "IDA_LOGOUT_URI_LIST": [],
        "LOGIN_REDIRECT_WHITELIST": [],
        "CORS_ORIGIN_WHITELIST": [],
        "CSRF_TRUSTED_ORIGINS": [],
        "TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": []}],
        "PIPELINE": {"JAVASCRIPT": {"base_vendor": {"source_filenames": []}}},
        "STATIC_ROOT": "/openedx/staticfiles" + ("/studio" if variant == "cms" else ""),
        "CACHES": {},
        "STORAGES": {"default": {}, "staticfiles": {}},
    }
