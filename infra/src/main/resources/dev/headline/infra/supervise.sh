# Runs one command and ends it when our standard input ends.
#
# The JVM that started us holds the other end of that pipe, and the kernel closes it however the JVM
# ends: a JVM killed with -9 runs no shutdown hook, and still leaves nothing behind.
#
# usage: bash -c "$(<supervise.sh)" supervise SIGNAL GRACE_SECONDS COMMAND [ARGUMENT...]
# First line of output: the command's process id. Exit status: the command's.

signal=$1 grace=$2
shift 2

"$@" </dev/null >&2 &
child=$!
echo "$child"
exec >&2

# The command has its own way to stop; a Ctrl-C in the terminal must not take its guard away.
trap '' HUP INT TERM

children() { cat "/proc/$child/task/$child/children"; }

# shellcheck disable=SC2046 # one word per child is what we want
stop() {
  kill -s "$signal" "$child"
  # Whoever was paused must run to see the signal, and a server's workers with it.
  kill -s CONT $(children) "$child"
  for ((tenth = 0; tenth < grace * 10; tenth++)); do
    kill -0 "$child" || return
    sleep 0.1
  done
  kill -s KILL $(children) "$child"
}

{
  while read -r _; do :; done
  stop
} <&0 2>/dev/null &
guard=$!
disown "$guard"

wait "$child"
status=$?
kill -s KILL "$guard" 2>/dev/null
exit "$status"
