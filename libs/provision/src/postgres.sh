# Creates the database cluster in this folder if there is none yet, then becomes the server.
# Arguments: the folder of the programs; the password file; the further option of initdb, or nothing; those of postgres.
bin=$1 password=$2 option=$3
shift 3
# Held by whatever is started here until the last of it has gone: a start that was given up may still be at work, and this
# one waits for it.
exec 9>lock && flock 9 || exit
if [ ! -d cluster ]; then
    # Made under another name and moved when whole: a killed run leaves no half of a cluster.
    rm -rf new-*
    # In a session of its own, out of reach of the signals that end a start given up: broken off, it would leave shared
    # memory behind; it is done in a second, and the server after it hears the signal.
    setsid "$bin/initdb" -D "new-$$" --username=motcua --pwfile="$password" --auth=scram-sha-256 \
        --encoding=UTF8 --locale=C.UTF-8 $option || exit
    mv -T "new-$$" cluster || exit
fi
exec "$bin/postgres" -D cluster "$@"
