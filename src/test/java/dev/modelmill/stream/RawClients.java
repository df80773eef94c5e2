package dev.modelmill.stream;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Many clients of one stream on one thread, which note the ids of what they get and little else, so that the test isn't
 * the slow part. They speak HTTP 1.0, where no chunks stand between the lines.
 */
final class RawClients implements AutoCloseable, Runnable {

    /** One client; its counts may be read by any thread. */
    static final class RawClient {

        private final StringBuilder line = new StringBuilder();
        private volatile int events;
        private volatile long lastId;
        private volatile String name = "";
        private volatile boolean ordered = true;
        private volatile boolean closed;

        private void read(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                char next = (char) bytes.get();
                if (next == '\n') {
                    take(line);
                    line.setLength(0);
                } else if (line.length() < 40) {
                    line.append(next);
                }
            }
        }

        private void take(StringBuilder taken) {
            if (startsWith(taken, "id: ")) {
                long id = Long.parseLong(taken, 4, taken.length(), 10);
                ordered &= lastId == 0 || id == lastId + 1;
                lastId = id;
                events++;
            } else if (startsWith(taken, "event: ")) {
                name = name(taken);
            }
        }

        private static boolean startsWith(StringBuilder line, String prefix) {
            return line.length() > prefix.length()
                    && CharSequence.compare(line.subSequence(0, prefix.length()), prefix) == 0;
        }

        private static String name(StringBuilder taken) {
            return taken.substring("event: ".length()).intern();
        }

        /** How many events with an id have arrived. */
        int events() {
            return events;
        }

        /** Whether each id followed the one before. */
        boolean isOrdered() {
            return ordered;
        }

        /** The id of the last event. */
        long lastId() {
            return lastId;
        }

        /** The name of the last event. */
        String lastName() {
            return name;
        }

        /** Whether the server closed the stream. */
        boolean isClosed() {
            return closed;
        }
    }

    private final Selector selector;
    private final List<RawClient> clients = new ArrayList<>();
    private volatile boolean closing;
    private final Thread thread = new Thread(this, "raw-clients");

    /** Connects so many clients, which begin to read. */
    RawClients(StreamServer server, int count) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < count; i++) {
            RawClient client = new RawClient();
            clients.add(client);
            SocketChannel channel = connect(server);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, client);
        }
        thread.start();
    }

    /** Opens a stream that nobody reads until the caller does. */
    static SocketChannel connect(StreamServer server) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 16 * 1024);
        channel.connect(new InetSocketAddress("127.0.0.1", server.port()));
        String request = "GET " + server.uri("").getPath() + " HTTP/1.0\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    List<RawClient> clients() {
        return clients;
    }

    @Override
    public void run() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (!closing) {
                selector.select(key -> read(key, buffer));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void read(SelectionKey key, ByteBuffer buffer) {
        RawClient client = (RawClient) key.attachment();
        try {
            buffer.clear();
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                client.closed = true;
                key.channel().close();
                return;
            }
            client.read(buffer.flip());
        } catch (IOException problem) {
            client.ordered = false;
            client.closed = true;
            key.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        await().until(() -> !thread.isAlive());
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
