package dev.modelmill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Many clients of one stream on one thread, that note when each event reaches them. How late a progress event is counts
 * from its arrival at the first client that got it, how late the end is from the time at which the job says it ended.
 */
final class Crowd implements AutoCloseable {

    private static final int BUFFER = 1 << 18;

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final Map<Long, Long> firstArrivals = new HashMap<>();
    private final List<Double> progressLate = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "crowd");
    private int open;
    private int broken;

    /** Opens so many streams and begins to read. */
    Crowd(URI stream, int clients) throws IOException {
        selector = Selector.open();
        byte[] request = ("GET " + stream.getPath() + " HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < clients; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(stream.getHost(), stream.getPort()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new EventReader(this::progress, this::end));
            open++;
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (open > 0) {
                selector.select(this::read);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void read(SelectionKey key) {
        try {
            buffer.clear();
            int read = ((SocketChannel) key.channel()).read(buffer);
            if (read >= 0) {
                ((EventReader) key.attachment()).read(buffer.flip());
                return;
            }
            key.channel().close();
        } catch (IOException reset) {
            key.cancel();
        }
        open--;
        broken += ((EventReader) key.attachment()).ended() ? 0 : 1;
    }

    private void progress(long content) {
        long now = System.nanoTime();
        Long first = firstArrivals.putIfAbsent(content, now);
        progressLate.add(first == null ? 0 : (now - first) / 1e9);
    }

    private void end() {
        ends.add(System.currentTimeMillis());
    }

    /** Waits until the server has closed all streams. */
    void awaitEnd() {
        try {
            thread.join(TimeUnit.MINUTES.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive() || broken > 0) {
            throw new AssertionError(open + " streams did not end, " + broken + " broke off");
        }
    }

    /** Seconds by which the progress events came late; to be asked after the end. */
    Sample progressLate() {
        return Sample.of(progressLate);
    }

    /** Seconds from a time to the arrival of the {@code end} events; to be asked after the end. */
    Sample endsLate(long epochMilliseconds) {
        return Sample.of(ends.stream()
                .map(arrival -> (arrival - epochMilliseconds) / 1e3)
                .toList());
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        open = 0;
        selector.close();
    }
}
