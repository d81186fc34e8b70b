"""Values and gradients of layers and models in float64 by another implementation.

How fixtures/reference-layers.json was made: python3 reference-layers.py > fixtures/reference-layers.json
"""
import torch
import torch.nn.functional as F
from references import params, write


def linear(p, name, x):
    bias = p.get(name + ".bias")
    y = x @ p[name + ".weight"]
    return y if bias is None else y + bias


def conv(p, name, x, stride=1, padding="valid"):
    weight = p[name + ".weight"].permute(3, 2, 0, 1)
    x = x.permute(0, 3, 1, 2)
    if padding == "same":
        around = []
        for extent, window in ((x.shape[3], weight.shape[3]), (x.shape[2], weight.shape[2])):
            total = max(0, (-(-extent // stride) - 1) * stride + window - extent)
            around += [total // 2, total - total // 2]
        x = F.pad(x, around)
    return F.conv2d(x, weight, p[name + ".bias"], stride).permute(0, 2, 3, 1)


def pool(kind, x, **options):
    return kind(x.permute(0, 3, 1, 2), **options).permute(0, 2, 3, 1)


def layer_norm(p, name, x):
    return F.layer_norm(x, x.shape[-1:], p[name + ".scale"], p[name + ".bias"])


def attention(p, name, x, heads, causal=True, bias=None, mask=None):
    batch, length, width = x.shape

    def per_head(part):
        return linear(p, f"{name}.{part}", x).reshape(batch, length, heads, -1).transpose(1, 2)

    query, key, value = per_head("query"), per_head("key"), per_head("value")
    scores = query @ key.transpose(2, 3) / (width // heads) ** 0.5
    if bias is not None:
        scores = scores + bias
    if mask is not None:
        scores = scores.masked_fill(mask <= 0, float("-inf"))
    if causal:
        scores = scores.masked_fill(torch.ones(length, length).triu(1) > 0, float("-inf"))
    mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, length, width)
    return linear(p, f"{name}.out", mixed)


def feed_forward(p, name, x):
    return linear(p, f"{name}.down", F.gelu(linear(p, f"{name}.up", x), approximate="tanh"))


def decoder(p, tokens, heads, layers):
    x = p["tokens.weight"][tokens] + p["positions"][: tokens.shape[1]]
    for i in range(layers):
        b = f"blocks.{i}"
        x = x + attention(p, f"{b}.attention", layer_norm(p, f"{b}.attentionNorm", x), heads)
        x = x + feed_forward(p, f"{b}.feedForward", layer_norm(p, f"{b}.feedForwardNorm", x))
    x = layer_norm(p, "norm", x)
    return x @ p["tokens.weight"].T if "head.weight" not in p else linear(p, "head", x)


def affine(name, n_in, n_out):
    return {f"{name}.weight": (n_in, n_out), f"{name}.bias": (n_out,)}


def attention_shapes(name, width):
    parts = [affine(f"{name}.{part}", width, width) for part in ("query", "key", "value", "out")]
    return {k: v for part in parts for k, v in part.items()}


def decoder_shapes(vocabulary, layers, width, context, hidden, tied):
    shapes = {"tokens.weight": (vocabulary, width), "positions": (context, width)}
    for i in range(layers):
        b = f"blocks.{i}"
        norm = {"scale": (width,), "bias": (width,)}
        shapes.update({f"{b}.attentionNorm.{k}": v for k, v in norm.items()})
        shapes.update(attention_shapes(f"{b}.attention", width))
        shapes.update({f"{b}.feedForwardNorm.{k}": v for k, v in norm.items()})
        shapes.update(affine(f"{b}.feedForward.up", width, hidden))
        shapes.update(affine(f"{b}.feedForward.down", hidden, width))
    shapes.update({"norm.scale": (width,), "norm.bias": (width,)})
    if not tied:
        shapes["head.weight"] = (width, vocabulary)
    return shapes


tokens = torch.tensor([[0, 3, 1, 4], [2, 2, 0, 1]])
# What the array library keeps for the keys 1 and 2, with rates of a quarter and a half.
kept = torch.tensor([[1, 1, 1, 1], [0, 1, 0, 0], [1, 1, 1, 1]])
kept_thrice = torch.tensor(
    [[[0, 0, 1, 0], [1, 1, 0, 1]], [[0, 0, 0, 1], [0, 1, 0, 0]], [[1, 0, 1, 1], [1, 1, 1, 1]]]
)
mask = torch.tensor([[1, 0, 1, 1], [1, 1, 0, 1], [0, 1, 1, 1], [1, 1, 1, 0]])
image, odd = (2, 6, 6, 2), (2, 5, 5, 2)


def cnn(p):
    x = p["x"]
    for i in range(2):
        x = pool(F.max_pool2d, conv(p, f"convolutions.{i}", x, padding="same").relu(), kernel_size=2)
    return linear(p, "head.layers.0", x.reshape(x.shape[0], -1))


cases = {
    "linear": (params(x=(2, 3, 4), **affine("l", 4, 5)), lambda p: linear(p, "l", p["x"])),
    "embedding": (params(**{"l.weight": (5, 3)}), lambda p: p["l.weight"][tokens]),
    "layerNorm": (params(x=(2, 3, 4), **{"l.scale": (4,), "l.bias": (4,)}), lambda p: layer_norm(p, "l", p["x"])),
    "rmsNorm": (
        params(x=(2, 3, 4), **{"l.scale": (4,)}),
        lambda p: p["l.scale"] * p["x"] / (p["x"].square().mean(-1, keepdim=True) + 1e-5).sqrt(),
    ),
    "attention": (
        params(x=(2, 4, 6), **attention_shapes("l", 6)),
        lambda p: attention(p, "l", p["x"], 2),
    ),
    "attentionMaskedBiased": (
        params(x=(2, 4, 6), bias=(1, 2, 4, 4), **attention_shapes("l", 6)),
        lambda p: attention(p, "l", p["x"], 2, False, p["bias"], mask),
    ),
    "feedForward": (
        params(x=(2, 3, 4), **affine("l.up", 4, 6), **affine("l.down", 6, 4)),
        lambda p: feed_forward(p, "l", p["x"]),
    ),
    "convolutionValid": (
        params(x=image, **{"l.weight": (3, 3, 2, 3), "l.bias": (3,)}),
        lambda p: conv(p, "l", p["x"]),
    ),
    "convolutionSameStrided": (
        params(x=odd, **{"l.weight": (3, 2, 2, 3), "l.bias": (3,)}),
        lambda p: conv(p, "l", p["x"], 2, "same"),
    ),
    "convolutionValidStrided": (
        params(x=image, **{"l.weight": (3, 3, 2, 3), "l.bias": (3,)}),
        lambda p: conv(p, "l", p["x"], 2),
    ),
    "maxPool": (params(x=odd), lambda p: pool(F.max_pool2d, p["x"], kernel_size=2)),
    "maxPoolOverlappingSame": (
        params(x=odd),
        lambda p: pool(F.max_pool2d, p["x"], kernel_size=3, stride=2, padding=1),
    ),
    "averagePool": (params(x=image), lambda p: pool(F.avg_pool2d, p["x"], kernel_size=2)),
    "averagePoolOverlappingSame": (
        params(x=odd),
        lambda p: pool(F.avg_pool2d, p["x"], kernel_size=3, stride=2, padding=1, count_include_pad=False),
    ),
    "globalAveragePool": (params(x=odd), lambda p: p["x"].mean((1, 2))),
    "relu": (params(x=(3, 4)), lambda p: p["x"].relu()),
    "dropout": (params(x=(3, 4)), lambda p: p["x"] * kept / 0.75),
    "multiSampleDropout": (
        params(x=(2, 4), **affine("l", 4, 3)),
        lambda p: torch.stack([linear(p, "l", p["x"] * each / 0.5) for each in kept_thrice]),
    ),
    "mlp": (
        params(x=(3, 4), **affine("layers.0", 4, 5), **affine("layers.1", 5, 3)),
        lambda p: linear(p, "layers.1", linear(p, "layers.0", p["x"]).relu()),
    ),
    "cnn": (
        params(
            x=(2, 8, 8, 1),
            **{"convolutions.0.weight": (3, 3, 1, 2), "convolutions.0.bias": (2,)},
            **{"convolutions.1.weight": (3, 3, 2, 3), "convolutions.1.bias": (3,)},
            **affine("head.layers.0", 12, 4),
        ),
        cnn,
    ),
    "decoderTied": (params(**decoder_shapes(5, 2, 4, 5, 6, True)), lambda p: decoder(p, tokens, 2, 2)),
    "decoderUntied": (params(**decoder_shapes(5, 1, 4, 5, 6, False)), lambda p: decoder(p, tokens, 2, 1)),
}


write(cases)
