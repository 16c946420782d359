#!/bin/sh
# Splits a published program into the layers of its image, from what changes seldom to what changes daily: libtorch (half a gigabyte),
# packages, our own files (a megabyte). Changing code then ships the last one only.
# Usage: image-layers.sh PUBLISHED LAYERS
set -eu
published=$1 layers=$2
native=runtimes/linux-x64/native
mkdir -p "$layers/torch/$native" "$layers/packages" "$layers/ours"

# The image runs on one platform.
find "$published/runtimes" -mindepth 1 -maxdepth 1 ! -name linux-x64 ! -name linux ! -name unix -exec rm -r {} +
rm -f "$published"/*.pdb "$published"/BatchXai.*.xml
find "$published/$native" -type f ! -name 'libSkiaSharp*' ! -name 'libe_sqlite3*' -exec mv -t "$layers/torch/$native" {} +
find "$published" -mindepth 1 -maxdepth 1 \( -name 'BatchXai.*' -o -name '*.json' \) -exec mv -t "$layers/ours" {} +
find "$published" -mindepth 1 -maxdepth 1 -exec mv -t "$layers/packages" {} +
# The same files are the same layer, whenever they were built.
find "$layers" -exec touch -h -d @0 {} +
