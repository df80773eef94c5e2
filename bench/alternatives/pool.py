"""multiprocessing.Pool whose children load the model once; file to file, results in input order.

Usage: pool.py MODEL INPUT OUTPUT BATCH WORKERS; prints rows a second."""
import itertools
import multiprocessing
import sys
import time

model_path, source, target, batch, workers = sys.argv[1:4] + [int(number) for number in sys.argv[4:6]]
model = None


def load():
    global model
    from common import Model

    model = Model(model_path)


def infer(lines):
    return len(lines), model.encode(model(model.decode(lines, source.endswith(".csv"))))


def batches(file):
    while lines := list(itertools.islice(file, batch)):
        yield lines


if __name__ == "__main__":
    begun = time.monotonic()
    rows = 0
    with open(source) as file, open(target, "w") as out, multiprocessing.Pool(workers, load) as pool:
        if source.endswith(".csv"):
            next(file)
        for count, text in pool.imap(infer, batches(file)):
            rows += count
            out.write(text)
    print(rows / (time.monotonic() - begun))
