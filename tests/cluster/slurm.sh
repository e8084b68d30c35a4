#!/bin/sh
# A real Slurm on loopback with four nodes: an evaluation of generated data in parts, a node killed with SIGKILL in the
# middle, and the bytes of one run. Needs slurmctld slurmd slurm-client munge, and root. slurm.sh [PROJECTS] [PARTS]
set -eu
projects=${1:-20000} parts=${2:-24} nodes=4
here=$(cd "$(dirname "$0")/../.." && pwd)
PERFEVAL=${PERFEVAL:-$here/build/perfeval}
export PERFEVAL
for program in slurmctld slurmd sbatch scontrol munged; do
	PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || { 
		echo "$program is missing: apt-get install slurmctld slurmd slurm-client munge" >&2
		exit 1
	}
done
PATH=$PATH:/usr/sbin
[ "$(id -u)" = 0 ] || { echo "only root can start the daemons" >&2; exit 1; }
work=$(mktemp -d)
chmod 755 "$work"
pids=
stop() {
	for pid in $pids; do kill "$pid" 2>/dev/null || :; done
	sleep 1
	for pid in $pids; do kill -9 "$pid" 2>/dev/null || :; done
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# ---- the daemons
mkdir -p "$work/state" "$work/munge"
chmod 700 "$work/munge"
dd if=/dev/urandom of="$work/munge/key" bs=1024 count=1 2>/dev/null
chmod 400 "$work/munge/key"
munged --foreground --force --socket="$work/munge.socket" --key-file="$work/munge/key" --log-file="$work/munge.log" \
	--pid-file="$work/munge.pid" --seed-file="$work/munge.seed" >/dev/null 2>&1 &
pids="$pids $!"
host=$(hostname -s)
{
	cat <<END
ClusterName=perfeval
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
CredType=cred/munge
SlurmctldPort=26817
SlurmctldPidFile=$work/slurmctld.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdPidFile=$work/slurmd-%n.pid
SlurmdLogFile=$work/slurmd-%n.log
SlurmdSpoolDir=$work/spool-%n
StateSaveLocation=$work/state
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
ReturnToService=2
SlurmdTimeout=5
SlurmctldTimeout=10
KillWait=2
MinJobAge=300
SlurmdParameters=config_overrides
DefMemPerNode=0
END
	for i in $(seq $nodes); do
		mkdir -p "$work/spool-n$i"
		echo "NodeName=n$i NodeHostname=$host NodeAddr=127.0.0.1 Port=$((26817 + i)) CPUs=2 State=UNKNOWN"
	done
	echo "PartitionName=all Nodes=n[1-$nodes] Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO"
} >"$work/slurm.conf"
SLURM_CONF=$work/slurm.conf
export SLURM_CONF
sleep 1
slurmctld -D >/dev/null 2>&1 &
pids="$pids $!"
for i in $(seq $nodes); do
	slurmd -D -N "n$i" >/dev/null 2>&1 &
	pids="$pids $!"
	eval "node$i=$!"
done
tries=0
until [ "$(sinfo -h -t idle -o %D 2>/dev/null | paste -sd+ | bc 2>/dev/null || echo 0)" = $nodes ]; do
	tries=$((tries + 1))
	[ $tries -lt 40 ] || { sinfo >&2 || :; tail -n 5 "$work"/*.log >&2; exit 1; }
	sleep 0.5
done
echo "slurm: $nodes nodes up"

# ---- the data, the one run, the parts
cp -r "$here/rules" "$here/scripts" "$work/"
awk -v projects="$projects" 'BEGIN {
	print "bureau,department,project,indicator,unit,target,actual"
	for (p = 1; p <= projects; p++) for (i = 1; i <= 3; i++)
		printf "B%d,D%d,P%d,I%d,x,%d,%d\n", p % 17, p % 211, p, i, 50 + p % 97, 20 + (p * 31 + i * 7) % 113
}' >"$work/data.csv"
cd "$work"
"$PERFEVAL" run rules/2019.lua --data data.csv --level department --format csv -o one.csv
# some seconds, so that the node dies with jobs on it
printf '#!/bin/sh\nsleep 4\nexec "%s" "$@"\n' "$PERFEVAL" >slow
chmod +x slow
last=$(PERFEVAL="$work/slow" sh scripts/cluster/slurm.sh rules/2019.lua "$parts" many.csv --data data.csv --level department --format csv)
sleep 3
echo "before: $(squeue -h -r -t R -o '%i on %N' | paste -sd, | cut -c1-200)"
# what runs on it: the steps that write to its own spool folder
# shellcheck disable=SC2010 # names of links, and what they lead to
steps=$(for process in /proc/[0-9]*; do
	{ tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null | grep -q '^slurmstepd' || continue
	ls -l "$process/fd" 2>/dev/null | grep -q "$work/.*n2" && echo "${process#/proc/}"
done || :)
# shellcheck disable=SC2154 # set above
kill -9 "$node2"
for child in $steps; do kill -9 "$child" 2>/dev/null || :; done
echo "slurm: node n2 killed"
tries=0
while squeue -h -j "$last" 2>/dev/null | grep -q .; do
	tries=$((tries + 1))
	state=$(squeue -h -j "$last" -o '%T' 2>/dev/null || :)
	case $state in "" | COMPLETED) break ;; FAILED | CANCELLED) break ;; esac
	[ $tries -lt 240 ] || { squeue >&2; sinfo >&2; exit 1; }
	sleep 0.5
done
echo "requeued: $(scontrol show job -o 2>/dev/null | grep -c 'Restarts=[1-9]' || :)"
cmp one.csv many.csv
echo "slurm: $parts parts of $projects projects, a node lost: the same bytes"
