/* Reductions along an axis as trees over blocks; see tree.c. */
#ifndef NNS_TREE_H
#define NNS_TREE_H

#include <stddef.h>

enum {
  BLOCK = 4096,      /* elements of the reduced axis */
  LANES = 8,         /* accumulators within a block: element i goes to lane i % 8 */
  TILE = 256,        /* columns reduced side by side */
  MOST_SUBTREES = 16 /* subtrees of one reduction that threads may share */
};

typedef struct {
  /* Writes to out the partial results over elements from..<to, at most BLOCK of them. */
  void (*leaf)(const void *context, size_t from, size_t to, double *out);
  /* left[i] = left[i] joined with right[i] */
  void (*join)(double *left, const double *right, size_t width);
  const void *context;
  size_t width; /* results side by side, at most TILE */
} nns_tree;

/* Reduces n > 0 elements. The shape of the tree is a function of n alone. */
void nns_tree_reduce(const nns_tree *tree, size_t n, double *out);

#endif
