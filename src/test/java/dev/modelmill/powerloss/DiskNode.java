package dev.modelmill.powerloss;

/** A file, folder or symbolic link on a simulated disk. */
sealed interface DiskNode permits DiskFile, DiskFolder, DiskNode.Symlink {

    /** What was done to it up to now survives a loss of power. */
    void force();

    /** Power is lost: what was not forced is kept or not. */
    void lose(Loss loss);

    /**
     * A symbolic link.
     *
     * @param target what it says
     */
    record Symlink(String target) implements DiskNode {

        @Override
        public void force() {}

        @Override
        public void lose(Loss loss) {}
    }
}
