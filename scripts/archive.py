"""Packs a folder into an archive that has the same bytes wherever it is made, and writes its check sum beside it.

    scripts/archive.py FOLDER ARCHIVE.tar.gz|ARCHIVE.zip SECONDS

SECONDS is the time that every file gets, since 1970. The files are those of FOLDER, below its last name.
"""

import gzip
import hashlib
import io
import pathlib
import sys
import tarfile
import time
import zipfile

folder, archive, seconds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
files = sorted(path for path in folder.rglob("*") if path.is_file())
packed = io.BytesIO()
if archive.suffix == ".zip":
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), time.gmtime(seconds)[:6])
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, path.read_bytes())
else:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as out:
        for path in files:
            entry = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
            entry.size, entry.mtime = path.stat().st_size, seconds
            entry.mode = 0o755 if path.stat().st_mode & 0o100 else 0o644
            with path.open("rb") as data:
                out.addfile(entry, data)
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=seconds, filename="") as out:
        out.write(plain.getvalue())
archive.write_bytes(packed.getvalue())
digest = hashlib.sha256(packed.getvalue()).hexdigest()
pathlib.Path(f"{archive}.sha256").write_text(f"{digest}  {archive.name}\n", newline="\n")
print(f"wrote {archive}")
