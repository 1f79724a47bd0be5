#!/bin/sh
# Hands a verb to spark-submit: ./trispike submit [options of spark-submit] -- VERB [options]
# SPARK_HOME is a Spark 3.5 (Scala 2.12) distribution. Builds the runnable jar when it is missing or old.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)

fail() {
  echo "$1" >&2
  exit "$2"
}

[ -n "${SPARK_HOME:-}" ] && [ -x "$SPARK_HOME/bin/spark-submit" ] ||
  fail "Environment: SPARK_HOME names no Spark distribution (bin/spark-submit is wanted there)" 4

found=no
for argument in "$@"; do
  [ "$argument" = -- ] && found=yes
done
[ $found = yes ] || fail "Usage: ./trispike submit [options of spark-submit] -- VERB [options]" 2

newest_jar() {
  ls -t "$home"/jobs/target/trispike-jobs-*-dist.jar 2>/dev/null | head -n 1
}

jar=$(newest_jar)
if [ -z "$jar" ] || [ -n "$(find "$home/pom.xml" "$home/jobs" "$home/datasets" "$home/pipeline" -name target -prune -o \
  \( -name '*.java' -o -name pom.xml -o -path '*/src/main/resources/*' \) -newer "$jar" -print | head -n 1)" ]; then
  echo "Building the runnable jar (mvn -Pdist package) …" >&2
  commit=$(git -C "$home" rev-parse --short HEAD 2>/dev/null || true)
  (cd "$home" && mvn -B -q -Pdist -DskipTests "-Dtrispike.commit=$commit" package </dev/null >&2) || fail "Environment: the build failed" 4
  jar=$(newest_jar)
fi

# Everything before "--" is spark-submit's, the settings of conf/spark-defaults.conf first, so that an
# option given by hand wins; everything after it is ours.
options=$#
while IFS= read -r line; do
  case $line in '' | '#'*) continue ;; esac
  key=${line%%[[:space:]]*}
  value=$(printf '%s' "${line#"$key"}" | sed 's/^[[:space:]]*//')
  set -- "$@" --conf "$key=$value"
done <"$home/conf/spark-defaults.conf"

# Turns [theirs -- ours, ours of the file] into [ours of the file, theirs, jar, ours].
total=$#
given=0
passed=no
while [ $given -lt $options ]; do
  argument=$1
  shift
  if [ "$argument" = -- ] && [ $passed = no ]; then
    passed=yes
    set -- "$@" "$jar"
  else
    set -- "$@" "$argument"
  fi
  given=$((given + 1))
done
export TRISPIKE_HOME="$home"
exec "$SPARK_HOME/bin/spark-submit" --class org.trispike.jobs.Main "$@"
