"""The reference models in PyTorch on one thread: reads a folder of training-torch.ts, steps whenever a line names a batch."""
import json
import os
import struct
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
folder = sys.argv[1]


def tensors(path):
    data = open(path, "rb").read()
    (length,) = struct.unpack("<Q", data[:8])
    dtypes = {"F32": torch.float32, "I32": torch.int32}
    found = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        begin, end = entry["data_offsets"]
        flat = torch.frombuffer(bytearray(data[8 + length + begin : 8 + length + end]), dtype=dtypes[entry["dtype"]])
        found[name] = flat.reshape(entry["shape"])
    return found


config = json.load(open(os.path.join(folder, "config.json")))
batches = tensors(os.path.join(folder, "batches.safetensors"))
# In PyTorch's own layouts: a linear weight is [out, in], a convolution's [out, in, height, width].
layouts = {2: (1, 0), 4: (3, 2, 0, 1)}
w = {}
for name, value in tensors(os.path.join(folder, "weights.safetensors")).items():
    is_kernel = name.endswith(".weight") and not name.startswith("tokens.")
    w[name] = (value.permute(layouts[value.dim()]).contiguous() if is_kernel else value).clone().requires_grad_()


def affine(name, x):
    return F.linear(x, w[name + ".weight"], w[name + ".bias"])


def mlp(x):
    return affine("layers.2", affine("layers.1", affine("layers.0", x).relu()).relu())


def cnn(x):
    x = x.permute(0, 3, 1, 2)
    for i in range(2):
        x = F.conv2d(x, w[f"convolutions.{i}.weight"], w[f"convolutions.{i}.bias"], padding=1)
        x = F.max_pool2d(x.relu(), 2)
    return affine("head.layers.0", x.permute(0, 2, 3, 1).reshape(x.shape[0], -1))


def norm(name, x):
    return F.layer_norm(x, x.shape[-1:], w[name + ".scale"], w[name + ".bias"])


def gpt(x):
    heads, width = config["heads"], w["tokens.weight"].shape[1]
    batch, length = x.shape
    future = torch.ones(length, length, dtype=torch.bool).triu(1)
    stream = F.embedding(x, w["tokens.weight"]) + w["positions"]
    for i in range(4):
        block = f"blocks.{i}"
        normed = norm(block + ".attentionNorm", stream)
        query, key, value = (
            affine(f"{block}.attention.{part}", normed).view(batch, length, heads, -1).transpose(1, 2)
            for part in ("query", "key", "value")
        )
        scores = (query @ key.transpose(2, 3) / (width // heads) ** 0.5).masked_fill(future, float("-inf"))
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
        stream = stream + affine(f"{block}.attention.out", mixed)
        up = affine(f"{block}.feedForward.up", norm(block + ".feedForwardNorm", stream))
        stream = stream + affine(f"{block}.feedForward.down", F.gelu(up, approximate="tanh"))
    return norm("norm", stream) @ w["tokens.weight"].T


logits = {"mlp": mlp, "gpt": gpt, "cnn": cnn}[config["model"]]
options = {"lr": config["learningRate"], "betas": (0.9, config["b2"])}
if config["model"] == "gpt":
    optimizer = torch.optim.AdamW(w.values(), weight_decay=config["weightDecay"], **options)
else:
    optimizer = torch.optim.Adam(w.values(), **options)


def product_gflops(size=512, rounds=5):
    """How fast this PyTorch multiplies matrices: its BLAS decides that, and with it the whole comparison."""
    a = torch.ones(size, size)
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        a @ a
        best = min(best, time.process_time() - began)
    return 2 * size**3 / best / 1e9


print(json.dumps({"version": torch.__version__, "productGflops": product_gflops()}), flush=True)
for line in sys.stdin:
    cpu, wall = time.process_time(), time.perf_counter()
    x, y = batches["x" + line.strip()], batches["y" + line.strip()]
    out = logits(x)
    loss = F.cross_entropy(out.reshape(-1, out.shape[-1]), y.long().reshape(-1))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    value = loss.item()
    took = {"cpuMs": 1000 * (time.process_time() - cpu), "wallMs": 1000 * (time.perf_counter() - wall)}
    print(json.dumps({"loss": value, **took}), flush=True)
