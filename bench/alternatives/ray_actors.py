"""Ray Data with a pool of actors that load the model once; file to a folder of files.

Usage: ray_actors.py MODEL INPUT OUTPUT BATCH WORKERS; prints rows a second without the start of Ray."""
import os
import shutil
import sys
import time

import numpy
import ray

model_path, source, target = (os.path.abspath(path) for path in sys.argv[1:4])
batch, workers = int(sys.argv[4]), int(sys.argv[5])
here = os.path.dirname(os.path.abspath(__file__))


class Actor:
    def __init__(self):
        sys.path.insert(0, here)
        from common import Model

        self.model = Model(model_path)

    def __call__(self, columns):
        name = self.model.input.name
        rows = columns[name] if name in columns else list(columns.values())
        return self.model(numpy.stack(rows, 0 if name in columns else 1))


ray.init(num_cpus=workers, include_dashboard=False, logging_level="ERROR", log_to_driver=False)
ray.data.DataContext.get_current().enable_progress_bars = False
shutil.rmtree(target, ignore_errors=True)
begun = time.monotonic()
rows = ray.data.read_csv(source) if source.endswith(".csv") else ray.data.read_json(source, lines=True)
pool = ray.data.ActorPoolStrategy(size=workers)
rows.map_batches(Actor, batch_size=batch, compute=pool, num_cpus=0.5).write_json(target)
seconds = time.monotonic() - begun
count = sum(sum(1 for _ in open(os.path.join(target, name))) for name in os.listdir(target))
print(count / seconds)
