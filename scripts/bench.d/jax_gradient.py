"""What the JAX programs have in common."""

import sys

import jax


def repeat(loss, net):
    """Calculates the loss of a net and its gradient as often as the first argument says."""
    slope = jax.jit(jax.value_and_grad(loss))
    # The first call compiles, which is not part of the comparison.
    jax.block_until_ready(slope(net))
    for _ in range(int(sys.argv[1])):
        jax.block_until_ready(slope(net))
