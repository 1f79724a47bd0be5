#!/bin/sh
# Tells Jupyter of the kernel that runs Java on Trispike's class path: ./trispike notebook install [--prefix DIR]
# Without a prefix it is there for this user. The kernel is the launcher itself, which knows the flags that the JVM needs.
set -eu

home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)

fail() {
  echo "$1" >&2
  exit "$2"
}

case $#:${1:-} in
  0:) data=${JUPYTER_DATA_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/jupyter} ;;
  2:--prefix) data=$2/share/jupyter ;;
  *) fail "Usage: ./trispike notebook install [--prefix DIR]" 2 ;;
esac

command -v jupyter >/dev/null ||
  fail "Environment: Jupyter is not there (jupyter); install it, e.g. by 'pip install jupyterlab' or 'apt install jupyter-notebook'" 4

case $home in
  *[\"\\]*) fail "Environment: the kernel cannot be named in JSON, since $home has a quote or a backslash in it" 4 ;;
esac

kernel=$data/kernels/trispike
mkdir -p "$kernel" || fail "Environment: cannot write to $data" 4
cat >"$kernel/kernel.json" <<END
{
  "argv": ["$home/trispike", "notebook", "kernel", "{connection_file}"],
  "display_name": "Java (Trispike)",
  "language": "java",
  "interrupt_mode": "message"
}
END
echo "Jupyter knows the kernel 'trispike' now ($kernel). Open a notebook: jupyter notebook $home/notebooks"
