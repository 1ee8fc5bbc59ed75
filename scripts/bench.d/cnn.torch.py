import sys

import torch
from torch import nn

net = nn.Sequential(
    nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    nn.Linear(400, 10))
x = torch.rand(64, 1, 28, 28)
y = torch.randint(0, 10, (64,))
for _ in range(int(sys.argv[1])):
    net.zero_grad()
    nn.functional.cross_entropy(net(x), y).backward()
