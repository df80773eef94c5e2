package dev.modelmill.powerloss;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a folder: those that the process sees, those that were forced, and the changes in between. The changes
 * of one folder reach the disk in their order, and a rename from folder to folder in both at once. Confined to one thread.
 */
final class DiskFolder implements DiskNode {

    private final Map<String, DiskNode> seen = new TreeMap<>();
    private final Map<String, DiskNode> forced = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();

    /**
     * An entry that is set or, without a node, removed.
     *
     * @param folder the folder that holds the entry
     */
    record Effect(DiskFolder folder, String name, @Nullable DiskNode node) {

        private void on(Map<String, DiskNode> entries) {
            if (node == null) {
                entries.remove(name);
            } else {
                entries.put(name, node);
            }
        }
    }

    /** What one call does to the entries of one or two folders: all of it or nothing. */
    private static final class Change {

        private final List<Effect> effects;

        private Change(List<Effect> effects) {
            this.effects = effects;
        }

        /** The changes before it in each of its folders go first. */
        private void reachDisk() {
            for (Effect effect : effects) {
                effect.folder().reachDiskUpTo(this);
            }
            for (Effect effect : effects) {
                effect.on(effect.folder().forced);
                effect.folder().pending.remove(this);
            }
        }
    }

    /** Changes entries as the process sees them. */
    static void change(Effect... effects) {
        Change change = new Change(List.of(effects));
        for (Effect effect : effects) {
            effect.on(effect.folder().seen);
            if (!effect.folder().pending.contains(change)) {
                effect.folder().pending.add(change);
            }
        }
    }

    private void reachDiskUpTo(Change change) {
        while (pending.indexOf(change) > 0) {
            pending.get(0).reachDisk();
        }
    }

    @Override
    public void force() {
        while (!pending.isEmpty()) {
            pending.get(0).reachDisk();
        }
    }

    @Override
    public void lose(Loss loss) {
        for (int kept = loss.changes(pending.size()); kept > 0 && !pending.isEmpty(); kept--) {
            pending.get(0).reachDisk();
        }
    }

    /** The entry that the process sees under a name. */
    @Nullable
    DiskNode seen(String name) {
        return seen.get(name);
    }

    /** The entries that were forced, or after a loss those that are left. */
    Map<String, DiskNode> entries() {
        return forced;
    }
}
