#!/bin/sh
# Kubernetes in client mode: the driver runs here, where executors can reach it (in a pod of the cluster), and hands
# them the jar. KUBERNETES_MASTER is https://host:6443, TRISPIKE_IMAGE the image of deploy/container/cpu.Containerfile.
# Cluster mode does not go through submit.sh, whose jar is a file of this machine: deploy/kubernetes/ is for that.
#   deploy/spark-submit/kubernetes.sh -- run --config conf/shapes.conf --set data.triplets=s3a://BUCKET/shapes/triplets.csv --set run.dir=s3a://BUCKET/runs/shapes
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec "$here/../submit.sh" --master "k8s://${KUBERNETES_MASTER:?Environment: set it to https://host:6443}" --deploy-mode client \
  --conf "spark.kubernetes.container.image=${TRISPIKE_IMAGE:?Environment: set it to the image of executors}" \
  --conf "spark.kubernetes.namespace=${KUBERNETES_NAMESPACE:-default}" \
  --conf "spark.kubernetes.executor.podTemplateFile=$here/../kubernetes/executor-pod.yaml" \
  --driver-memory "${DRIVER_MEMORY:-4g}" --executor-memory "${EXECUTOR_MEMORY:-6g}" "$@"
