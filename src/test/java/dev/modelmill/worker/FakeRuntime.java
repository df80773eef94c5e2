package dev.modelmill.worker;

import dev.modelmill.model.Batch;
import dev.modelmill.model.CallTerminatedException;
import dev.modelmill.model.LoadedModel;
import dev.modelmill.model.ModelInstance;
import dev.modelmill.model.ModelRuntime;
import dev.modelmill.model.ModelVersion;
import dev.modelmill.model.Outputs;
import dev.modelmill.model.Signature;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A runtime whose loads and calls do what a test says, and which notes every breach of the contract of
 * {@link ModelInstance} and {@link LoadedModel}. Shared between threads.
 */
public final class FakeRuntime implements ModelRuntime {

    private static final Signature SIGNATURE = new Signature(List.of(), List.of(), Signature.Batching.DYNAMIC);

    private final String name;
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger warmUps = new AtomicInteger();
    private final AtomicInteger openModels = new AtomicInteger();
    private final AtomicInteger openInstances = new AtomicInteger();
    private final AtomicInteger openOutputs = new AtomicInteger();
    private final Queue<String> breaches = new ConcurrentLinkedQueue<>();
    private volatile Step onLoad = () -> {};
    private volatile Step onOpen = () -> {};
    private volatile Call onCall = (batch, stop) -> {};

    public FakeRuntime() {
        this("onnx");
    }

    public FakeRuntime(String name) {
        this.name = name;
    }

    /** What happens while a model is loaded or an instance opened; may block or throw. */
    @FunctionalInterface
    public interface Step {
        void run();
    }

    /** What happens in a call; may block or throw. */
    @FunctionalInterface
    public interface Call {

        /** Runs; {@code terminated} counts down when the call is told to stop. */
        void run(Batch batch, CountDownLatch terminated);
    }

    /** A call that does not end by itself. */
    public static final class Hang implements Call {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);
        private final boolean obedient;

        private Hang(boolean obedient) {
            this.obedient = obedient;
        }

        /** One that ends when it is told to. */
        public static Hang obedient() {
            return new Hang(true);
        }

        /** One that ends only by {@link #release}, and then well. */
        public static Hang stubborn() {
            return new Hang(false);
        }

        @Override
        public void run(Batch batch, CountDownLatch terminated) {
            entered.countDown();
            await(terminated);
            told.countDown();
            if (obedient) {
                throw new CallTerminatedException("terminated");
            }
            await(released);
        }

        /** Waits until the call is under way. */
        public void awaitCall() {
            await(entered);
        }

        /** Waits until the call has been told to stop. */
        public void awaitTerminate() {
            await(told);
        }

        /** Lets it end. */
        public void release() {
            released.countDown();
        }

        private static void await(CountDownLatch latch) {
            FakeRuntime.await(latch);
        }
    }

    /** Waits, deaf to interrupts. */
    public static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public FakeRuntime onLoad(Step step) {
        onLoad = step;
        return this;
    }

    public FakeRuntime onOpen(Step step) {
        onOpen = step;
        return this;
    }

    public FakeRuntime onCall(Call call) {
        onCall = call;
        return this;
    }

    public int loads() {
        return loads.get();
    }

    public int warmUps() {
        return warmUps.get();
    }

    /** Models in memory. */
    public int openModels() {
        return openModels.get();
    }

    public int openInstances() {
        return openInstances.get();
    }

    public int openOutputs() {
        return openOutputs.get();
    }

    /** What was done that the contract forbids. */
    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Signature inspect(ModelVersion model) {
        return SIGNATURE;
    }

    @Override
    public LoadedModel load(ModelVersion model) {
        loads.incrementAndGet();
        onLoad.run();
        return new Model();
    }

    private final class Model implements LoadedModel {

        private final AtomicInteger instances = new AtomicInteger();
        private boolean closed;

        private Model() {
            openModels.incrementAndGet();
        }

        @Override
        public Signature signature() {
            return SIGNATURE;
        }

        @Override
        public long memoryBytes() {
            return 1_000;
        }

        @Override
        public Optional<String> warmUp() {
            warmUps.incrementAndGet();
            return Optional.empty();
        }

        @Override
        public synchronized ModelInstance open(String worker) {
            if (closed) {
                breaches.add("opened after close");
            }
            onOpen.run();
            instances.incrementAndGet();
            return new Instance(this, Thread.currentThread());
        }

        @Override
        public synchronized void close() {
            if (instances.get() > 0) {
                breaches.add("model closed before its instances");
            }
            if (!closed) {
                closed = true;
                openModels.decrementAndGet();
            }
        }
    }

    private final class Instance implements ModelInstance {

        private final Model model;
        private final Thread owner;
        private @Nullable CountDownLatch call;
        private boolean closed;

        private Instance(Model model, Thread owner) {
            this.model = model;
            this.owner = owner;
            openInstances.incrementAndGet();
        }

        @Override
        public Outputs run(Batch batch) {
            CountDownLatch terminated = new CountDownLatch(1);
            begin(terminated);
            try {
                onCall.run(batch, terminated);
            } finally {
                end();
            }
            return new FakeOutputs(batch.size());
        }

        @Override
        public synchronized void terminate() {
            if (call != null) {
                call.countDown();
            }
        }

        @Override
        public synchronized void close() {
            check(call == null, "instance closed during a call");
            check(Thread.currentThread() == owner, "instance closed by a foreign thread");
            if (!closed) {
                closed = true;
                openInstances.decrementAndGet();
                model.instances.decrementAndGet();
            }
        }

        private synchronized void begin(CountDownLatch terminated) {
            check(!closed, "called after close");
            check(call == null, "two calls at a time");
            check(Thread.currentThread() == owner, "called by a foreign thread");
            call = terminated;
        }

        private synchronized void end() {
            call = null;
        }

        private void check(boolean right, String breach) {
            if (!right) {
                breaches.add(breach);
            }
        }
    }

    private final class FakeOutputs implements Outputs {

        private final int size;

        private FakeOutputs(int size) {
            this.size = size;
            openOutputs.incrementAndGet();
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public List<Column> columns() {
            return List.of();
        }

        @Override
        public void close() {
            openOutputs.decrementAndGet();
        }
    }
}
