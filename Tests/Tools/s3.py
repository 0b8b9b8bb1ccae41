"""Puts files into an object store and fetches them, by Django's storages with settings as they are rendered.

usage: s3.py FOLDER ENDPOINT; prints the buckets that were used, or says what went wrong.
"""

import logging
import os
import sys
import urllib.error
import urllib.request

import boto3
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.module_loading import import_string
from moto.server import ThreadedMotoServer

folder, endpoint = sys.argv[1:]
logging.getLogger("werkzeug").setLevel(logging.ERROR)
os.environ.update(S3_ACCESS_KEY="learner", S3_SECRET_KEY="secret of the learner", NO_PROXY="127.0.0.1")
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
here = "http://%s:%d" % server.get_host_and_port()

# What the platform and shared.py have set before.
table = {
    "os": os,
    "STORAGES": {"default": {}, "staticfiles": {}},
    "VIDEO_IMAGE_SETTINGS": {"STORAGE_KWARGS": {"location": "/openedx/media/"}},
    "VIDEO_TRANSCRIPTS_SETTINGS": {"STORAGE_KWARGS": {"location": "/openedx/media/"}},
    "GRADES_DOWNLOAD": {"STORAGE_TYPE": "", "STORAGE_KWARGS": {"location": "/openedx/media/grades"}},
    "PROFILE_IMAGE_BACKEND": {"options": {"location": "/openedx/media/profile-images/"}},
    "OPENEDX_LEARNING": {"MEDIA": {}},
}
for name in ["with-s3.py", "lms-with-s3.py"]:
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        text = file.read()
    # The store's port is known only now.
    exec(compile(text.replace(endpoint, here), name, "exec"), table)
assert table["AWS_S3_ENDPOINT_URL"] == here, "the settings name another endpoint"
settings.configure(**{key: value for key, value in table.items() if key.isupper()})

client = boto3.client(
    "s3", endpoint_url=here, aws_access_key_id="a", aws_secret_access_key="b", region_name="us-east-1")
backend = import_string(settings.STORAGES["default"]["BACKEND"])
profiles = settings.PROFILE_IMAGE_BACKEND
storages = [
    backend(),
    backend(**settings.VIDEO_IMAGE_SETTINGS["STORAGE_KWARGS"]),
    backend(**settings.VIDEO_TRANSCRIPTS_SETTINGS["STORAGE_KWARGS"]),
    backend(**settings.GRADES_DOWNLOAD["STORAGE_KWARGS"]),
    import_string(settings.OPENEDX_LEARNING["MEDIA"]["BACKEND"])(**settings.OPENEDX_LEARNING["MEDIA"]["OPTIONS"]),
    import_string(profiles["class"])(**profiles["options"]),
    backend(bucket_name=settings.FILE_UPLOAD_STORAGE_BUCKET_NAME),
]
buckets = sorted({storage.bucket_name for storage in storages})
for bucket in buckets:
    client.create_bucket(Bucket=bucket)
for number, storage in enumerate(storages):
    content = b"file %d\n" % number
    name = storage.save("folder/Müller's file.txt", ContentFile(content))
    with storage.open(name) as file:
        assert file.read() == content, "another content came back"
    address = storage.url(name)
    assert address.startswith(f"{here}/{storage.bucket_name}/"), f"{address} does not have the bucket in its path"
    assert ("X-Amz-Signature=" in address) == storage.querystring_auth, f"{address} is signed otherwise"
    if storage.querystring_auth:
        assert "X-Amz-Expires=604800" in address and "campus-1" in address, address
        assert urllib.request.urlopen(address).read() == content, "another content was fetched"
    assert storage.exists(name)
    storage.delete(name)
    assert not storage.exists(name), "it is still there"
server.stop()
print(*buckets)
