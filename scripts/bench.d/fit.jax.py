import sys

import jax
import jax.numpy as jnp
import optax

x = jnp.linspace(-3, 3, 200)[:, None]
y = jnp.sin(x)
initial = jax.nn.initializers.lecun_uniform()
keys = jax.random.split(jax.random.key(0), 3)
net = [(initial(key, sizes), jnp.zeros(sizes[1])) for key, sizes in zip(keys, [(1, 32), (32, 32), (32, 1)])]
optimizer = optax.adam(0.01)


def loss(net):
    h = x
    for w, b in net[:-1]:
        h = jnp.tanh(h @ w + b)
    w, b = net[-1]
    return jnp.mean((h @ w + b - y) ** 2)


@jax.jit
def step(net, state):
    updates, state = optimizer.update(jax.grad(loss)(net), state)
    return optax.apply_updates(net, updates), state


state = optimizer.init(net)
# The first step compiles, which is not part of the comparison.
jax.block_until_ready(step(net, state))
for _ in range(int(sys.argv[1])):
    net, state = step(net, state)
jax.block_until_ready(net)
