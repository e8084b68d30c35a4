#!/bin/sh
# One evaluation as an array of N Slurm jobs, and a job behind them that joins their parts:
# slurm.sh RULES N OUTPUT [flags of run]. Prints the number of the joining job. SBATCH holds further words for both
# sbatch calls (--partition=…, --time=…). The folder must be seen by all nodes. A job whose node fails is queued again.
set -eu
[ $# -ge 3 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 64; }
rules=$1 parts=$2 output=$3
shift 3
perfeval=${PERFEVAL:-perfeval}
folder=${PARTS:-$output.parts}
mkdir -p "$folder"

# A word as the shell of the job reads it again.
quote() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

words=
for word in "$@"; do words="$words $(quote "$word")"; done
cat >"$folder/part.sh" <<END
#!/bin/sh
exec $(quote "$perfeval") run $(quote "$rules") --partial --partition "\$SLURM_ARRAY_TASK_ID/$parts" --threads 1$words \\
	-o $(quote "$folder")/"\$SLURM_ARRAY_TASK_ID.part"
END
cat >"$folder/merge.sh" <<END
#!/bin/sh
seq $parts | sed "s|.*|"$(quote "$folder")"/&.part|" | xargs $(quote "$perfeval") merge -o $(quote "$output")
END
# shellcheck disable=SC2086 # words of $SBATCH
array=$(sbatch --parsable --requeue --array="1-$parts" --output="$folder/%a.log" ${SBATCH:-} "$folder/part.sh")
# shellcheck disable=SC2086
sbatch --parsable --requeue --dependency="afterok:${array%%;*}" --output="$folder/merge.log" ${SBATCH:-} "$folder/merge.sh"
