"""Values and gradients of losses in float64 by another implementation, each written from its paper's formula.

How fixtures/reference-losses.json was made: python3 reference-losses.py > fixtures/reference-losses.json
"""
import torch
import torch.nn.functional as F
from references import params, write

labels = torch.tensor([2, 0, 3])
soft = torch.tensor([[0.1, 0.2, 0.3, 0.4], [1.0, 0.0, 0.0, 0.0], [0.25, 0.25, 0.25, 0.25]])
answers = torch.tensor([[2, 0], [1, 2], [0, 1]])
parts = torch.tensor([[1.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
rivals = torch.tensor([[1.0, 0.0, 1.0, 1.0], [1.0, 1.0, 1.0, 0.0], [0.0, 1.0, 1.0, 1.0]])
teacher = torch.tensor([[0.9, 0.6, 0.1, 0.0], [0.3, 0.8, 0.2, 0.7], [0.0, 0.2, 0.5, 0.31]])
relevant = torch.tensor([[1, 0, 1, 0], [0, 1, 0, 0]])
pooled = torch.tensor([[1, 1, 1, 0], [1, 1, 1, 1]])
old_units = torch.tensor([1.0, 1.0, 0.0, 1.0])
forgotten = torch.tensor([0, 1, 0, 2])


def chosen(x):
    return x.gather(-1, labels[:, None])[:, 0]


def z_loss(x, a, b):
    z = (chosen(x) - x.mean(-1)) / x.std(-1, unbiased=False)
    return F.softplus(a * (b - z)) / a


def spherical(terms):
    return terms.sum(-1).log() - chosen(terms).log()


def focal(x, gamma, alpha):
    log_p = chosen(x.log_softmax(-1))
    return -torch.tensor(alpha)[labels] * (1 - log_p.exp()) ** gamma * log_p


def info_nce(queries, docs, temp, keep):
    scores = queries @ docs.T / temp
    own = torch.eye(*scores.shape) > 0
    return scores.masked_fill(~own & (keep <= 0), float("-inf")).logsumexp(-1) - scores[own]


def sequence_log_prob(x, mask):
    return (x.log_softmax(-1).gather(-1, answers[..., None])[..., 0] * mask).sum(-1)


def dco(x, N, reduction, mask):
    log_p = sequence_log_prob(x, mask)
    # F is the slope of −log(1 − (1 − p)^N) along −log p: autograd's own, not the paper's formula for it.
    free = log_p.detach().requires_grad_()
    (weight,) = torch.autograd.grad(-(-torch.expm1(N * torch.log1p(-free.exp()))).log().sum(), free)
    nll = -log_p if reduction == "sum" else -log_p / mask.sum(-1)
    return -weight * nll


def lwf(old, new, temperature):
    p, q = (logits.div(temperature).log_softmax(-1) for logits in (old, new))
    return (F.kl_div(q, p, reduction="none", log_target=True) * old_units).sum(-1)


def contrast(features, temperature):
    unit = F.normalize(features, dim=-1)
    scores = (unit @ unit.T / temperature).masked_fill(torch.eye(len(features)) > 0, float("-inf"))
    other = forgotten[:, None] != forgotten[None, :]
    log_shares = scores.log_softmax(-1)
    return torch.stack([-row[is_other].mean() for row, is_other in zip(log_shares, other)])


def in_pool(queries, pool, mask):
    losses = []
    for scores, positive, inside in zip(queries @ pool.T, relevant, mask):
        worst = scores[positive > 0].min()
        contending = torch.cat([worst[None], scores[(positive == 0) & (inside > 0)]])
        losses.append(contending.logsumexp(0) - worst)
    return torch.stack(losses)


def comparative(losses):
    pairs = [(i, j) for i in range(losses.shape[1]) for j in range(i + 1, losses.shape[1])]
    return torch.stack([(losses[:, i] - losses[:, j]).relu() for i, j in pairs]).mean(0)


x34, pair = {"x": (3, 4)}, {"old": (2, 4), "new": (2, 4)}
trusted = rivals * (teacher <= 0.6 * teacher.diagonal()[:, None])

cases = {
    "crossEntropyIntegerLabels": (
        params(**x34),
        lambda p: F.cross_entropy(7 * p["x"], labels, reduction="none"),
    ),
    "crossEntropySoftLabels": (params(**x34), lambda p: F.cross_entropy(7 * p["x"], soft, reduction="none")),
    "crossEntropySmoothLabels": (
        params(**x34),
        lambda p: F.cross_entropy(3 * p["x"], labels, reduction="none", label_smoothing=0.2),
    ),
    "zLoss": (params(**x34), lambda p: z_loss(3 * p["x"], 0.7, 1.5)),
    "logTaylorSoftmax": (params(**x34), lambda p: spherical(1 + 3 * p["x"] + (3 * p["x"]) ** 2 / 2)),
    "logSphericalSoftmax": (params(**x34), lambda p: spherical((3 * p["x"]) ** 2 + 0.05)),
    "oneHotSquaredError": (params(**x34), lambda p: (3 * p["x"] - F.one_hot(labels, 4)).square().sum(-1) / 2),
    "focal": (params(**x34), lambda p: focal(3 * p["x"], 2, [0.5, 1, 2, 0.25])),
    "focalBroken": (params(**x34), lambda p: focal(3 * p["x"], 1.5, [1.0, 1, 1, 1])),
    "focalUnfocused": (params(**x34), lambda p: focal(3 * p["x"], 0, [0.5, 1, 2, 0.25])),
    "infoNce": (params(q=(3, 2), d=(4, 2)), lambda p: info_nce(p["q"], p["d"], 0.5, torch.ones(3, 4))),
    "infoNceMaskedTrusted": (
        params(q=(3, 2), d=(4, 2)),
        lambda p: info_nce(p["q"], p["d"], 0.5, trusted),
    ),
    "sequenceLogProb": (params(x=(3, 2, 3)), lambda p: sequence_log_prob(3 * p["x"], torch.ones(3, 2))),
    "sequenceLogProbMasked": (params(x=(3, 2, 3)), lambda p: sequence_log_prob(3 * p["x"], parts)),
    "dcoOneDraw": (params(x=(3, 2, 3)), lambda p: dco(3 * p["x"], 1, "sum", torch.ones(3, 2))),
    "dco": (params(x=(3, 2, 3)), lambda p: dco(3 * p["x"], 16, "sum", torch.ones(3, 2))),
    "dcoMaskedMean": (params(x=(3, 2, 3)), lambda p: dco(3 * p["x"], 4, "mean", parts)),
    "multiSampleLoss": (
        params(x=(2, 3, 4)),
        lambda p: torch.stack([F.cross_entropy(z, labels, reduction="none") for z in 3 * p["x"]]).mean(0),
    ),
    "multiSampleLossOfMeanLogits": (
        params(x=(2, 3, 4)),
        lambda p: F.cross_entropy((3 * p["x"]).mean(0), labels, reduction="none"),
    ),
    "listwiseKl": (
        params(s=(2, 4), r=(2, 4)),
        lambda p: F.kl_div(
            (p["s"] / 0.5).log_softmax(-1), (p["r"] / 0.3).log_softmax(-1), reduction="none", log_target=True
        ).sum(-1),
    ),
    "lwf": (params(**pair), lambda p: lwf(p["old"], p["new"], 2)),
    "ewcPenalty": (
        params(**{name: (2, 3) for name in ("w", "wAnchor", "wFisher")}, b=(2,), bAnchor=(2,), bFisher=(2,)),
        lambda p: 3 * sum((p[k + "Fisher"] * (p[k] - p[k + "Anchor"]) ** 2).sum() for k in ("w", "b")),
    ),
    "contrastiveUnlearning": (params(x=(4, 3)), lambda p: contrast(p["x"], 0.5)),
    "gradientAscent": (params(**x34), lambda p: -F.cross_entropy(3 * p["x"], soft, reduction="none")),
    "inPoolCrossEntropy": (params(q=(2, 3), d=(4, 3)), lambda p: in_pool(p["q"], p["d"], torch.ones(2, 4))),
    "inPoolCrossEntropyMasked": (params(q=(2, 3), d=(4, 3)), lambda p: in_pool(p["q"], p["d"], pooled)),
    "comparativeRegularization": (params(x=(3, 4)), lambda p: comparative(p["x"])),
}

write(cases)
