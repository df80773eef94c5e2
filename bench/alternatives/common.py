"""What the alternatives share: a session of one thread, rows in, lines of JSON out."""
import json

import numpy
import onnxruntime


class Model:
    """A loaded model, one in each child or actor."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0]
        self.outputs = [output.name for output in self.session.get_outputs()]
        self.type = numpy.float32 if self.input.type == "tensor(float)" else numpy.int64

    def __call__(self, rows):
        return dict(zip(self.outputs, self.session.run(None, {self.input.name: rows.astype(self.type)})))

    def decode(self, lines, csv):
        if csv:
            values = numpy.array(",".join(lines).split(","), dtype=self.type)
            return values.reshape(len(lines), -1)
        return numpy.array([json.loads(line)[self.input.name] for line in lines], dtype=self.type)

    def encode(self, outputs):
        columns = [outputs[name].tolist() for name in self.outputs]
        return "".join(json.dumps(dict(zip(self.outputs, row))) + "\n" for row in zip(*columns))
