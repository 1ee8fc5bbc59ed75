# Times of the store beside those of the raw work, for scripts/bench.
#
# On the clock, because the disk decides. Needs room for three gigabytes in the folder for temporary files.

store_size=1000000000

# cell_times STORE PATTERN LESS SCALE: the median time from the start of a cell to that of the next, of those whose
# text is LIKE the pattern, as the store itself has it; LESS is `- seconds` to leave the evaluation out.
cell_times() {
  local next="(select min(started) from cell b where b.id > a.id)"
  "$product" --store "$1" \
    -e "print(median(sql(\"select $next - started $3 as t from cell a where source like '$2' and id < (select max(id) from cell)\").t) * $4)"
}

# Saving and loading a checkpoint; the log is folded between the line that is shown and the end.
measure_checkpoint() {
  local out start
  exec {out}< <("$product" --store "$1" "$programs/store-save.nns")
  read -r seconds <&"$out"
  start=$EPOCHREALTIME
  read -r _ <&"$out" || true
  exec {out}<&-
  printf '%s\n' "$seconds" >>"$scratch/nns.saves"
  awk -v start="$start" -v end="$EPOCHREALTIME" 'BEGIN { print end - start }' >>"$scratch/nns.folds"
  "$product" --store "$1" "$programs/store-load.nns" >>"$scratch/nns.loads"
}

# measure_store: all of it, `repeat` times in turn with the raw work.
measure_store() {
  local folder="$scratch/store" round
  mkdir -p "$folder"
  for ((round = 0; round < repeat; round++)); do
    if [[ -x $scratch/raw ]]; then
      "$scratch/raw" write "$folder/raw" $store_size >>"$scratch/c.saves"
      "$scratch/raw" read "$folder/raw" $store_size >>"$scratch/c.loads"
      "$scratch/raw" copy "$folder/raw" $store_size >>"$scratch/c.elements"
      rm "$folder/raw"
    fi
    measure_checkpoint "$folder/checkpoint.db"
    rm "$folder"/checkpoint.db*
    "$product" --store "$folder/cells.db" --session one "$programs/store-cells.nns" 2>"$scratch/errors"
    cell_times "$folder/cells.db" 'n = _%' '- seconds' 1e3 >>"$scratch/nns.cells"
    cell_times "$folder/cells.db" 'x[%' '' 1 >>"$scratch/nns.elements"
    rm "$folder"/cells.db*
    "$product" --store "$folder/runs.db" --session one "$programs/store-runs.nns" 2>"$scratch/errors"
    cell_times "$folder/runs.db" '%minimize%' '- seconds' 1e3 >>"$scratch/nns.rows"
    cell_times "$folder/runs.db" '%fit%' '' 1 >"$scratch/whole"
    cell_times "$folder/runs.db" '%fit%' '- seconds' 1 >"$scratch/saving"
    paste "$scratch/saving" "$scratch/whole" | awk '{ print 100 * $1 / $2 }' >>"$scratch/nns.recording"
    rm "$folder"/runs.db*
  done
}

# show_store TITLE UNIT KIND: a line of medians from the samples of a kind.
show_store() {
  local name
  for name in nns c; do
    rm -f "$scratch/$name.samples"
    [[ ! -s $scratch/$name.$3 ]] || cp "$scratch/$name.$3" "$scratch/$name.samples"
  done
  show "$1" "$2" nns c
}

bench_store() {
  [[ -z $has_c ]] || cc -O2 -o "$scratch/raw" "$programs/store.c" 2>/dev/null || true
  measure_store
  show_store "store: cell beside 1 GB" ms cells
  show_store "store: element of 1 GB, copying it" s elements
  show_store "store: checkpoint of 1 GB" s saves
  show_store "store: folding its log" s folds
  show_store "store: loading it" s loads
  show_store "store: 10^5 points of a run" ms rows
  show_store "store: recording a fit" "% of it" recording
}
