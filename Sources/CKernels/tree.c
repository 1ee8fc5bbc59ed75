/* Every block of 4096 elements is a leaf. A range of more blocks splits after the largest power of
 * two of them that leaves something on the right, so the tree is the same whether it is walked by
 * one thread or its subtrees by several, and rounding errors grow with the logarithm of n. */
#include "tree.h"

#include "internal.h"

/* Blocks to the left of the split */
static size_t split(size_t blocks) {
  size_t left = 1;
  while (left * 2 < blocks) left *= 2;
  return left;
}

static void reduce_range(const nns_tree *tree, size_t from, size_t to, double *out) {
  if (to - from <= BLOCK) {
    tree->leaf(tree->context, from, to, out);
    return;
  }
  const size_t middle = from + split((to - from + BLOCK - 1) / BLOCK) * BLOCK;
  double right[TILE];
  reduce_range(tree, from, middle, out);
  if (nns_interrupted) return;
  reduce_range(tree, middle, to, right);
  tree->join(out, right, tree->width);
}

struct subtrees {
  const nns_tree *tree;
  size_t n, stride; /* elements in all, and in each subtree but the last */
  double (*results)[TILE];
};

static void reduce_subtree(void *context, size_t i) {
  const struct subtrees *s = context;
  const size_t from = i * s->stride, left = s->n - from;
  reduce_range(s->tree, from, from + (left < s->stride ? left : s->stride), s->results[i]);
}

/* The top of the same tree, over subtrees instead of blocks */
static void join_subtrees(const struct subtrees *s, size_t from, size_t to) {
  if (to - from == 1) return;
  const size_t middle = from + split(to - from);
  join_subtrees(s, from, middle);
  join_subtrees(s, middle, to);
  s->tree->join(s->results[from], s->results[middle], s->tree->width);
}

void nns_tree_reduce(const nns_tree *tree, size_t n, double *out) {
  if (n <= BLOCK || n * tree->width <= SHARED) {
    reduce_range(tree, 0, n, out);
    return;
  }
  double results[MOST_SUBTREES][TILE];
  size_t stride = BLOCK;
  while (stride * MOST_SUBTREES < n) stride *= 2;
  const struct subtrees s = {tree, n, stride, results};
  const size_t count = (n + stride - 1) / stride;
  nns_parallel(count, reduce_subtree, (void *)&s);
  if (nns_interrupted) return;
  join_subtrees(&s, 0, count);
  memcpy(out, results[0], tree->width * sizeof *out);
}
