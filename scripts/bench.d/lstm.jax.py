import jax
import jax.numpy as jnp
from jax import lax

import jax_gradient

keys = jax.random.split(jax.random.key(0), 5)
initial = jax.nn.initializers.lecun_uniform()
net = {
    "input": initial(keys[0], (16, 256)), "state": initial(keys[1], (64, 256)), "bias": jnp.zeros(256),
    "head": initial(keys[2], (64, 1)), "shift": jnp.zeros(1),
}
x = jax.random.uniform(keys[3], (32, 50, 16))
y = jax.random.uniform(keys[4], (32, 1))


def loss(net):
    # What the input adds to the gates is one product for all times.
    inputs = jnp.swapaxes(x @ net["input"] + net["bias"], 0, 1)

    def step(carry, input):
        h, c = carry
        i, f, g, o = jnp.split(input + h @ net["state"], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    (h, _), _ = lax.scan(step, (jnp.zeros((32, 64)), jnp.zeros((32, 64))), inputs)
    return jnp.mean((h @ net["head"] + net["shift"] - y) ** 2)


jax_gradient.repeat(loss, net)
