"""Writes the pickles beside it, with NumPy: python3 make_fixtures.py"""
import io
import os
import pickle

import numpy as np

shared = ["shared", None]
plain = {
    "none": None,
    "yes": True,
    "no": False,
    "zero": 0,
    "byte": 200,
    "short": 40000,
    "negative": -5,
    "int": 2**31 - 1,
    "large": 2**62 + 1,
    "smallest": -(2**63),
    "minus 129": -129 - 2**40,
    "real": 0.1,
    "tiny": -5e-324,
    "infinite": float("inf"),
    "not a number": float("nan"),
    "text": "na\u00efve\n snow \u2603 clef \U0001d11e back\\slash \\u0041 \x00 end",
    "long text": "0123456789" * 40,
    "bytes": bytes(range(256)) * 2,
    "list": [1, [2, []], (), {}],
    "tuples": ((1,), (1, "b"), (1, 2, 3), (1, 2, 3, 4)),
    "shared": [shared, shared],
    7: "seven",
    -3: [None] * 3,
}

grid = np.arange(6).reshape(2, 3)
numpy = {
    "f2": np.array([1, -0.5, 65504], "<f2"),
    "f4": np.array([[0.1, 2], [3, 4]], "<f4"),
    "f8 big-endian": np.array([0.1, -2], ">f8"),
    "i1": np.array([-128, 127], "i1"),
    "u1": np.array([0, 255], "u1"),
    "i2 big-endian": np.array([-2, 300], ">i2"),
    "u2": np.array([65535], "<u2"),
    "i4": np.array([-7], "<i4"),
    "u4": np.array([2**32 - 1], "<u4"),
    "i8": np.array([2**40, -1]),
    "bool": np.array([True, False, True]),
    "columns first": np.asfortranarray(grid.astype("<f4")),
    "cube": np.arange(8, dtype="<f4").reshape(2, 2, 2),
    "scalar array": np.array(2.5),
    "texts": np.array(["chair", "", "\U0001d11e\u2603"]),
    "objects": np.array(["a", None, 3], object),
    "float32": np.float32(0.1),
    "float64": np.float64(0.1),
    "int64": np.int64(-(2**63)),
    "uint8": np.uint8(255),
    "bool_": np.bool_(True),
    "str_": np.str_("word"),
    "same type": [np.zeros(2, "<f4"), np.ones(2, "<f4")],
}

for protocol in (0, 2, 3, 4, 5):
    with open(f"plain{protocol}.pkl", "wb") as file:
        pickle.dump(plain, file, protocol)
    with open(f"numpy{protocol}.pkl", "wb") as file:
        pickle.dump(numpy, file, protocol)


def features(first, prompts=True):
    made = {"original": (first + np.arange(4, dtype="<f4") / 8)[None]}
    if prompts:
        made["prompt_avg"] = -(first + np.arange(4, dtype="<f4") / 8)
    return made


points = np.arange(12, dtype="<f4").reshape(4, 3)
openshape = {
    "dataset": "Objaverse",
    "group": "000-001",
    "id": "0a1b2c",
    "xyz": points / 4,
    "rgb": points / 11,
    "image_feat": np.arange(8).reshape(2, 4).astype("<f2"),
    "thumbnail_feat": np.arange(4, dtype="<f4"),
    "text": ["a chair", "st\u00fchle"],
    "text_feat": [features(1), features(2)],
    "blip_caption": "a wooden chair",
    "blip_caption_feat": features(3),
    "msft_caption": "a chair on a floor",
    "msft_caption_feat": features(4),
    "retrieval_text": ["chair for sale"],
    "retrieval_text_feat": [features(5, prompts=False)],
}
np.save("openshape.npy", openshape)
np.save("bare.npy", {"xyz": points})
np.save("no_xyz.npy", {"rgb": points})


class Evil:
    def __reduce__(self):
        return os.system, ("echo gotcha",)


for protocol in (0, 4):
    with open(f"evil{protocol}.pkl", "wb") as file:
        pickle.dump({"fine": 1, "evil": Evil()}, file, protocol)
np.save("evil.npy", {"xyz": Evil()})
