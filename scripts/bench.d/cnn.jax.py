import jax
import jax.numpy as jnp
from jax import lax

import jax_gradient

keys = jax.random.split(jax.random.key(0), 5)
initial = jax.nn.initializers.lecun_uniform()
kernel = jax.nn.initializers.lecun_uniform(in_axis=1, out_axis=0)
net = [
    (kernel(keys[0], (8, 1, 3, 3)), jnp.zeros(8)),
    (kernel(keys[1], (16, 8, 3, 3)), jnp.zeros(16)),
    (initial(keys[2], (400, 10)), jnp.zeros(10)),
]
x = jax.random.uniform(keys[3], (64, 1, 28, 28))
y = jax.random.randint(keys[4], (64,), 0, 10)


def convolution(x, w, b):
    y = lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=("NCHW", "OIHW", "NCHW"))
    y = jax.nn.relu(y + b[:, None, None])
    return lax.reduce_window(y, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


def loss(net):
    h = convolution(convolution(x, *net[0]), *net[1]).reshape(64, 400)
    scores = jax.nn.log_softmax(h @ net[2][0] + net[2][1])
    return -jnp.mean(jnp.take_along_axis(scores, y[:, None], 1))


jax_gradient.repeat(loss, net)
