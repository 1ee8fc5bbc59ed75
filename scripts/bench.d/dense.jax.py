import jax
import jax.numpy as jnp

import jax_gradient

keys = jax.random.split(jax.random.key(0), 5)
initial = jax.nn.initializers.he_uniform()
layers = zip(keys, [(784, 256), (256, 128), (128, 10)])
net = [(initial(key, sizes), jnp.zeros(sizes[1])) for key, sizes in layers]
x = jax.random.uniform(keys[3], (128, 784))
y = jax.random.randint(keys[4], (128,), 0, 10)


def loss(net):
    h = x
    for w, b in net[:-1]:
        h = jax.nn.relu(h @ w + b)
    w, b = net[-1]
    scores = jax.nn.log_softmax(h @ w + b)
    return -jnp.mean(jnp.take_along_axis(scores, y[:, None], 1))


jax_gradient.repeat(loss, net)
