"""What the reference scripts share: inputs made of waves, and values and gradients in float64 as JSON.

Needs PyTorch (Debian: python3-torch, 1.13). Every array starts as wave(shape, phase) = sin(phase + 0.37 i), i in row-major
order, so that inputs need no storing; the loss is the sum of the output times wave(its shape, 9).
"""
import json
import torch

torch.set_default_dtype(torch.float64)


def wave(shape, phase):
    size = 1
    for extent in shape:
        size *= extent
    return torch.sin(phase + 0.37 * torch.arange(size, dtype=torch.float64)).reshape(shape)


def params(**shapes):
    """Named arrays, each with a phase of its own: 1, 2, 3 … in the order given."""
    return {name: wave(shape, i + 1).requires_grad_() for i, (name, shape) in enumerate(shapes.items())}


def flat(array):
    return [float(f"{value:.12g}") for value in array.detach().reshape(-1).tolist()]


def reference(p, f):
    value = f(p)
    (value * wave(value.shape, 9)).sum().backward()
    gradients = {name: [list(array.shape), flat(array.grad)] for name, array in p.items()}
    return {"value": flat(value), "gradients": gradients}


def write(cases):
    """One line a case: its value, and the gradient of every array that it starts from."""
    rows = [f'"{name}": {json.dumps(reference(*case))}' for name, case in cases.items()]
    print("{\n" + ",\n".join(rows) + "\n}")
