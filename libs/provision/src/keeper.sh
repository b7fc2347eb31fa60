# Runs one server and outlives its parent by as long as it takes to stop it.
# Arguments: the signals that stop the server, mildest first; the folder to delete at the end, or nothing; the log;
# the command. Standard input is held open by the parent and never written: its end is the order to stop, whether the
# parent asked for it, crashed or was killed. Standard output tells the parent the server's pid and how it exited.
signals=$1 remove=$2 log=$3
shift 3
umask 077
# What ends the parent must not end its keeper.
trap '' HUP INT TERM PIPE
exec 3<&0 </dev/null

setsid "$@" 3<&- >"$log" 2>&1 &
server=$!
echo "$server"

released() { while read -r _ <&3; do :; done; }

stop() {
    for signal in $signals; do
        ticks=0
        while [ $ticks -lt 600 ] && kill -0 "$server"; do
            # Said again every second: whoever was just becoming the server did not hear it.
            [ $((ticks % 10)) -ne 0 ] || kill -s "$signal" -- "-$server" || kill -s "$signal" "$server"
            sleep 0.1
            ticks=$((ticks + 1))
        done
    done
}

(released; stop) >/dev/null &
stopper=$!
wait "$server"
status=$?
kill -s KILL "$stopper"
echo "exited $status"
released
[ -z "$remove" ] || rm -rf -- "$remove" || { sleep 1; rm -rf -- "$remove"; }
