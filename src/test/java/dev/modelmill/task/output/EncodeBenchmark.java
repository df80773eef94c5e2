package dev.modelmill.task.output;

import dev.modelmill.model.ElementType;
import dev.modelmill.task.bytes.ByteBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Output buffers into lines of results; an operation is one task: a label and some float32, as the digits have 10 and the
 * encoder 128. With {@code -prof gc} the bytes allocated per task.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EncodeBenchmark {

    private static final int TASKS = 256;
    private static final byte[] ID = "\"task-17\"".getBytes(StandardCharsets.UTF_8);

    @Param({"10", "128"})
    int floats;

    private final ByteBuilder out = new ByteBuilder(1 << 20);
    private final TaskEcho echo = new TaskEcho(false);
    private TestOutputs outputs = TestOutputs.of(TASKS);
    private ResultEncoder encoder;

    /** Fills the output buffers. */
    @Setup
    public void fill() {
        Random random = new Random(7);
        ByteBuffer labels = direct(Long.BYTES);
        ByteBuffer values = direct(floats * Float.BYTES);
        while (labels.hasRemaining()) {
            labels.putLong(random.nextInt(10));
        }
        while (values.hasRemaining()) {
            values.putFloat(random.nextFloat());
        }
        outputs = TestOutputs.of(TASKS)
                .add("label", ElementType.INT64, new long[0], labels.flip(), null)
                .add("probabilities", ElementType.FLOAT32, new long[] {floats}, values.flip(), null);
        encoder = new ResultEncoder(outputs.specs());
    }

    private static ByteBuffer direct(int bytesPerTask) {
        return ByteBuffer.allocateDirect(TASKS * bytesPerTask).order(ByteOrder.nativeOrder());
    }

    /** Writes the lines of one batch. */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int batch() {
        out.clear();
        echo.at(ID, 0, ID.length, -1, -1);
        for (int task = 0; task < TASKS; task++) {
            encoder.encode(task, echo, outputs, task, out);
        }
        return out.length();
    }
}
