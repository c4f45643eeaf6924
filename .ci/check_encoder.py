"""Holds the sentence encoder against a second implementation: tokenizers for the pieces, NumPy in double precision for the
layers, written from the formulas of the paper. Usage: check_encoder.py MODEL_FOLDER PROGRAM, where PROGRAM is the example
`encode_texts`. Needs tokenizers and NumPy."""

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

ODD = [
    "Zelenskyy: \u201cWe\u2019ll stay\u201d \u2014 he said\u2026",
    "Caf\u00e9 cre\u0301me na\u00efve \u0130stanbul STRASSE \u00df \ufb01nance",
    "\u6771\u4eac\u3067\u4f1a\u8ac7 \u0414\u043e\u043d\u0431\u0430\u0441 \u0639\u0631\u0628\u064a \u0928\u092e\u0938\u094d\u0924\u0947 \ud55c\uad6d",
    "soft\u00adhyphen zero\u200bwidth no\u00a0break \ufeffmark \ufffd",
    "$5.3bn +12% ~ ^ ` | <b>&amp; @user #tag https://a.b/c?d=e",
    "\U0001f600 \U0001f1fa\U0001f1e6 \u2122 \u00bd x\u00b2 \u2167 \u20ac",
    "a" * 101 + " " + "b" * 100,
    "x",
    "",
    "\u03a3\u0391\u03a3 \u039f\u0394\u039f\u03a3. \u1e9e \u01c5",
    "word " * 400,
    "tab\there\x07bell\x00nul",
]


def sentences():
    texts = []
    for path in sorted(Path("corpora/ukraine-crisis/articles").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            texts.extend(row["text"] for row in csv.DictReader(file))
    found = [part.strip() for text in texts for part in text.replace("\n", " ").split(". ") if part.strip()]
    return found[:: max(1, len(found) // 190)][:190]


def tensors(path):
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    start = 8 + length
    return {
        name: np.frombuffer(data[start + it["data_offsets"][0] : start + it["data_offsets"][1]], np.float32)
        .reshape(it["shape"])
        .astype(np.float64)
        for name, it in header.items()
        if it["dtype"] == "F32"
    }


class Reference:
    def __init__(self, folder):
        self.weights = tensors(folder / "model.safetensors")
        self.config = json.loads((folder / "config.json").read_text())
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        longest = json.loads((folder / "sentence_bert_config.json").read_text())["max_seq_length"]
        self.tokenizer.enable_truncation(longest)
        self.erf = np.vectorize(math.erf)

    def dense(self, rows, name):
        return rows @ self.weights[name + ".weight"].T + self.weights[name + ".bias"]

    def norm(self, rows, name):
        centred = rows - rows.mean(-1, keepdims=True)
        scaled = centred / np.sqrt(rows.var(-1, keepdims=True) + self.config["layer_norm_eps"])
        return scaled * self.weights[name + ".weight"] + self.weights[name + ".bias"]

    def attention(self, rows, name):
        query, key, value = (self.dense(rows, f"{name}.self.{part}") for part in ("query", "key", "value"))
        heads, taken = self.config["num_attention_heads"], np.zeros_like(rows)
        width = rows.shape[1] // heads
        for head in range(heads):
            part = slice(head * width, (head + 1) * width)
            shares = query[:, part] @ key[:, part].T / math.sqrt(width)
            shares = np.exp(shares - shares.max(-1, keepdims=True))
            taken[:, part] = shares / shares.sum(-1, keepdims=True) @ value[:, part]
        return self.norm(rows + self.dense(taken, name + ".output.dense"), name + ".output.LayerNorm")

    def encode(self, text):
        pieces = self.tokenizer.encode(text).ids
        table = {kind: self.weights[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")}
        rows = table["word"][pieces] + table["position"][: len(pieces)] + table["token_type"][0]
        rows = self.norm(rows, "embeddings.LayerNorm")
        for layer in range(self.config["num_hidden_layers"]):
            name = f"encoder.layer.{layer}"
            rows = self.attention(rows, name + ".attention")
            inner = self.dense(rows, name + ".intermediate.dense")
            inner = inner * (1 + self.erf(inner / math.sqrt(2))) / 2
            rows = self.norm(rows + self.dense(inner, name + ".output.dense"), name + ".output.LayerNorm")
        mean = rows.mean(0)
        return mean / np.linalg.norm(mean)


def main():
    folder, program = Path(sys.argv[1]), sys.argv[2]
    texts = ODD + sentences()
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    runs = [
        subprocess.run([program, folder], input=lines.encode(), stdout=subprocess.PIPE, check=True, env={"RAYON_NUM_THREADS": n})
        for n in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout, "one and two threads differ"
    found = np.frombuffer(runs[0].stdout, "<f4").reshape(len(texts), -1).astype(np.float64)
    reference = Reference(folder)
    worst = 0.0
    for text, vector in zip(texts, found):
        cosine = vector @ reference.encode(text) / np.linalg.norm(vector)
        worst = max(worst, 1 - cosine)
        if not cosine > 1 - 1e-6:
            print(f"cosine {cosine}: {text[:80]!r}")
    print(f"{len(texts)} sentences, cosine at least 1 - {worst:.1e}")
    sys.exit(0 if worst < 1e-6 else 1)


main()
