"""Writes the licences of every library that is in the program: name, version, licence and the texts that came with it.

    scripts/notices.py > THIRD-PARTY.txt

What is needed only to build or to test is left out. A library without a licence file of its own is named with its licence; the usual
texts are in this repository as LICENSE-MIT and LICENSE-APACHE.
"""

import json
import pathlib
import subprocess

NAMES = ("license", "licence", "copying", "notice", "unlicense", "copyright")


def cargo(*arguments: str) -> str:
    return subprocess.run(["cargo", *arguments], check=True, capture_output=True, text=True).stdout


metadata = json.loads(cargo("metadata", "--locked", "--format-version", "1"))
packages = {package["id"]: package for package in metadata["packages"]}
nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
root = metadata["resolve"]["root"]

found, todo = set(), [root]
while todo:
    for dependency in nodes[todo.pop()]["deps"]:
        # `None` is an ordinary dependency; the others are for builds and tests.
        is_in = any(kind["kind"] is None for kind in dependency["dep_kinds"])
        if is_in and dependency["pkg"] not in found:
            found.add(dependency["pkg"])
            todo.append(dependency["pkg"])

print("The libraries that benefit-map is made of, and their licences.\n")
print("benefit-map itself: MIT or Apache 2.0. Its typefaces have their licences in the folder fonts.")
for package in sorted((packages[one] for one in found), key=lambda one: (one["name"], one["version"])):
    folder = pathlib.Path(package["manifest_path"]).parent
    if not package["license"] and not package["license_file"]:
        raise SystemExit(f"{package['name']} {package['version']} names no licence")
    print("\n" + "=" * 80)
    print(f"{package['name']} {package['version']}: {package['license'] or package['license_file']}")
    if package["repository"]:
        print(package["repository"])
    texts = [file for file in sorted(folder.iterdir()) if file.is_file() and file.name.lower().startswith(NAMES)]
    for file in texts:
        print(f"\n--- {file.name}\n\n{file.read_text(encoding='utf-8', errors='replace').strip()}")
