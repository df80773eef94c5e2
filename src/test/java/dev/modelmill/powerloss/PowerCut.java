package dev.modelmill.powerloss;

import dev.modelmill.powerloss.DiskRecord.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A moment at which the power goes off.
 *
 * @param number from 0
 * @param position of the log; what lies before it was done
 * @param mode what is taken
 * @param seed of what is taken
 */
record PowerCut(int number, long position, Loss.Mode mode, long seed) {

    /**
     * Cuts at random: a third right behind an answer, a third anywhere outside the database, a third anywhere. One in five
     * takes everything that was not forced, one in ten nothing.
     */
    static List<PowerCut> cuts(Recording recording, int count, long seed) {
        Random random = new Random(seed);
        List<DiskRecord> after = recording.log().records().stream()
                .filter(each -> each.position() >= recording.begin())
                .toList();
        List<Long> answers = ends(after, Op.SENT);
        List<Long> names = ends(after, Op.CREATE, Op.MKDIR, Op.RENAME, Op.LINK, Op.UNLINK, Op.FORCE);
        List<Long> all = ends(after, Op.values());
        List<List<Long>> thirds = List.of(answers, names, all);
        List<PowerCut> cuts = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<Long> positions = thirds.get(number % thirds.size());
            long position = positions.get(random.nextInt(positions.size()));
            cuts.add(new PowerCut(number, position, mode(random), random.nextLong()));
        }
        return cuts;
    }

    private static List<Long> ends(List<DiskRecord> records, Op... ops) {
        return records.stream()
                .filter(each -> List.of(ops).contains(each.op()))
                .map(DiskRecord::end)
                .toList();
    }

    private static Loss.Mode mode(Random random) {
        int chance = random.nextInt(10);
        return chance < 2 ? Loss.Mode.DROPPED : chance < 3 ? Loss.Mode.KEPT : Loss.Mode.RANDOM;
    }

    /** What is left of the disk. */
    Disk of(DiskLog log) {
        return log.at(position).lose(new Loss(mode, seed));
    }
}
