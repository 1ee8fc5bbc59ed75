import sys

import torch
from torch import nn

layer, head = nn.LSTM(16, 64, batch_first=True), nn.Linear(64, 1)
x = torch.rand(32, 50, 16)
y = torch.rand(32, 1)
for _ in range(int(sys.argv[1])):
    layer.zero_grad()
    head.zero_grad()
    states, _ = layer(x)
    nn.functional.mse_loss(head(states[:, -1]), y).backward()
