package dev.modelmill.powerloss;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The content of a file: what was forced of it, and what was done to it since. A loss takes each page of 4 KiB by itself,
 * may leave it as it was in between or torn, and leaves any size that the file had. Confined to one thread.
 */
final class DiskFile implements DiskNode {

    private static final int PAGE = 4096;
    private static final int SECTOR = 512;

    private byte[] forced = new byte[0];
    private int size;
    private final List<Edit> pending = new ArrayList<>();

    /** Bytes written at an offset, or a new size. */
    private record Edit(int at, ByteBuffer bytes, boolean resizes) {

        int pageFrom() {
            return at / PAGE;
        }

        int pageTo() {
            return (at + bytes.remaining() + PAGE - 1) / PAGE;
        }
    }

    void write(long offset, ByteBuffer bytes) {
        pending.add(new Edit(Math.toIntExact(offset), bytes, false));
    }

    void resize(long newSize) {
        pending.add(new Edit(Math.toIntExact(newSize), ByteBuffer.allocate(0), true));
    }

    @Override
    public void force() {
        pending.forEach(this::edit);
        pending.clear();
    }

    private void edit(Edit edit) {
        int end = edit.at() + edit.bytes().remaining();
        if (edit.resizes() && edit.at() < size) {
            Arrays.fill(forced, edit.at(), size, (byte) 0);
        }
        size = edit.resizes() ? edit.at() : Math.max(size, end);
        if (size > forced.length) {
            forced = Arrays.copyOf(forced, Math.max(pages(size) * PAGE, 2 * forced.length));
        }
        edit.bytes().duplicate().get(forced, edit.at(), edit.bytes().remaining());
    }

    private static int pages(int bytes) {
        return (bytes + PAGE - 1) / PAGE;
    }

    @Override
    public void lose(Loss loss) {
        if (pending.isEmpty()) {
            return;
        }
        byte[] before = Arrays.copyOf(forced, pages(size) * PAGE);
        List<Integer> sizes = new ArrayList<>(List.of(size));
        Map<Integer, List<byte[]>> states = states(before, sizes);
        int kept = sizeLeft(sizes, loss);
        byte[] after = Arrays.copyOf(before, Math.max(before.length, pages(kept) * PAGE));
        states.forEach((page, all) -> {
            if ((page + 1) * PAGE <= after.length) {
                System.arraycopy(pageLeft(all, loss), 0, after, page * PAGE, PAGE);
            }
        });
        Arrays.fill(after, kept, after.length, (byte) 0);
        forced = after;
        size = kept;
        pending.clear();
    }

    /** All that each page held since it was forced, the forced one first. Leaves the last state of all in this file. */
    private Map<Integer, List<byte[]>> states(byte[] before, List<Integer> sizes) {
        Map<Integer, List<byte[]>> states = new TreeMap<>();
        for (Edit edit : pending) {
            int cut = edit.resizes() ? pages(Math.max(size, edit.at())) : edit.pageTo();
            edit(edit);
            sizes.add(size);
            for (int page = edit.pageFrom(); page < cut; page++) {
                states.computeIfAbsent(page, number -> new ArrayList<>(List.of(page(before, number))))
                        .add(page(forced, page));
            }
        }
        return states;
    }

    private static byte[] page(byte[] content, int number) {
        int from = number * PAGE;
        return from >= content.length ? new byte[PAGE] : Arrays.copyOfRange(content, from, from + PAGE);
    }

    private static int sizeLeft(List<Integer> sizes, Loss loss) {
        int state = loss.state(sizes.size() - 1);
        int left = sizes.get(state);
        return state == 0 || state == sizes.size() - 1 ? left : loss.between(left, sizes.get(state - 1));
    }

    private static byte[] pageLeft(List<byte[]> states, Loss loss) {
        byte[] page = states.get(loss.state(states.size() - 1)).clone();
        byte[] rest = states.get(loss.state(states.size() - 1));
        int torn = loss.sectors(PAGE / SECTOR) * SECTOR;
        System.arraycopy(rest, torn, page, torn, PAGE - torn);
        return page;
    }

    /** What was forced, or after a loss what is left. */
    byte[] content() {
        return Arrays.copyOf(forced, size);
    }
}
