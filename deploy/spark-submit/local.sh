#!/bin/sh
# One JVM on this machine, through spark-submit; ./trispike VERB does the same without a Spark distribution.
#   deploy/spark-submit/local.sh -- run --config conf/shapes.conf --set data.triplets=shapes/triplets.csv --set run.dir=runs/shapes
set -eu
exec "$(dirname -- "$0")/../submit.sh" --master 'local[*]' --driver-memory "${DRIVER_MEMORY:-8g}" "$@"
