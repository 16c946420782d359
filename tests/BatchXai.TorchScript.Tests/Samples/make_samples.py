"""Writes the samples beside this file. Ran with PyTorch 1.13; needed only to make other samples."""
import os
import zipfile

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c)
        self.relu = nn.ReLU(inplace=True)
        self.conv2, self.bn2 = nn.Conv2d(c, c, 3, padding=1, bias=False), nn.BatchNorm2d(c)

    # Not named self: the code of an archive keeps the name.
    def forward(s, x):
        y = s.bn2(s.conv2(s.relu(s.bn1(s.conv1(x)))))
        y += x
        return s.relu(y)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 6, 3, stride=2, padding=1), nn.BatchNorm2d(6), nn.ReLU6(inplace=True))
        self.layer1 = nn.Sequential(Block(6), Block(6))
        self.drop = nn.Dropout(0.2)
        self.fc = nn.Linear(6, 5)

    def forward(s, x):
        x = F.relu(s.layer1(s.stem(x)) - 0.1, inplace=True)
        return s.fc(s.drop(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1)))


def pack(name):
    """Deflated, and without the tables that map code to lines of this file: small enough for a repository."""
    with zipfile.ZipFile(name) as whole:
        entries = [(i.filename, whole.read(i)) for i in whole.infolist() if not i.filename.endswith(".debug_pkl")]
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, content in entries:
            packed.writestr(zipfile.ZipInfo(entry, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


os.chdir(os.path.dirname(os.path.abspath(__file__)))
torch.manual_seed(7)
net = Net().eval()
for norm in (m for m in net.modules() if isinstance(m, nn.BatchNorm2d)):
    norm.running_mean.normal_(0, 0.2)
    norm.running_var.uniform_(0.5, 1.5)
    norm.weight.data.uniform_(0.5, 1.5)
    norm.bias.data.normal_(0, 0.2)
image = torch.randn(1, 3, 16, 16)
samples = {"traced.pt": torch.jit.trace(net, image), "scripted.pt": torch.jit.script(net), "frozen.pt": torch.jit.freeze(torch.jit.trace(net, image))}
for name, model in samples.items():
    model.save(name)
    pack(name)
torch.save(net.state_dict(), "state.pth")
print(net(torch.full((1, 3, 16, 16), 0.5)))
