#!/bin/sh
# YARN, which makes the secret of the application itself. HADOOP_CONF_DIR names the cluster.
#   deploy/spark-submit/yarn.sh --num-executors 8 -- run --config conf/shapes.conf --set data.triplets=hdfs:///shapes/triplets.csv --set run.dir=hdfs:///runs/shapes
set -eu
: "${HADOOP_CONF_DIR:?Environment: set it to the folder of core-site.xml and yarn-site.xml}"
exec "$(dirname -- "$0")/../submit.sh" --master yarn --deploy-mode client \
  --driver-memory "${DRIVER_MEMORY:-4g}" --executor-memory "${EXECUTOR_MEMORY:-6g}" --executor-cores "${EXECUTOR_CORES:-4}" "$@"
