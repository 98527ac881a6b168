"""Where papers (certificates) lie: a folder of this installation, or an S3-compatible store by setting."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def storage(var: Path) -> dict[str, Any]:
    """The entry of STORAGES: S3 when TOIYA_PAPERS_S3_BUCKET is set, else a folder that only we can read."""
    bucket = os.environ.get("TOIYA_PAPERS_S3_BUCKET", "")
    if not bucket:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {
                "location": str(var / "papers"),
                "base_url": None,
                "file_permissions_mode": 0o600,
                "directory_permissions_mode": 0o700,
            },
        }
    options = {
        "bucket_name": bucket,
        "endpoint_url": os.environ.get("TOIYA_PAPERS_S3_ENDPOINT") or None,
        "region_name": os.environ.get("TOIYA_PAPERS_S3_REGION") or None,
        "access_key": os.environ.get("TOIYA_PAPERS_S3_KEY") or None,
        "secret_key": os.environ.get("TOIYA_PAPERS_S3_SECRET") or None,
        "location": "papers",
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
