#!/bin/sh
# A standalone cluster. SPARK_MASTER_URL is spark://host:7077; a file that only its user can read holds
# spark.authenticate.secret and goes to --properties-file (deploy/README.md).
#   deploy/spark-submit/standalone.sh --properties-file secret.conf -- run --config conf/shapes.conf --set data.triplets=/shared/shapes/triplets.csv --set run.dir=/shared/runs/shapes
set -eu
exec "$(dirname -- "$0")/../submit.sh" --master "${SPARK_MASTER_URL:?Environment: set it to spark://host:7077}" \
  --driver-memory "${DRIVER_MEMORY:-4g}" --executor-memory "${EXECUTOR_MEMORY:-6g}" "$@"
